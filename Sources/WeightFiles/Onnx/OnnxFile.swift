import NNRBits

/// A model of ONNX: its initializers, those of graphs within it, and the tensors of its constants.
enum OnnxFile: WeightFormat {
  static let name = "ONNX"

  /// How deep graphs may be.
  private static let depthLimit = 16
  /// The most tensors.
  private static let tensorLimit = 1 << 20

  /// Whether a file that begins with `head` is a model: the version of the format and a field that may follow it.
  static func recognises(_ head: [UInt8]) -> Bool {
    guard head.count > 2, head[0] == 0x08, (1...64).contains(head[1]) else { return false }
    return [0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42].contains(head[2])
  }

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    let model = OnnxSource(file)
    var reading = Reading(model)
    var message = WireMessage(file.source, 0..<file.source.count)
    var writer: [String] = []
    while let field = try message.next() {
      guard let range = field.range else { continue }
      if field.number == 7 { try reading.addGraph(range, depth: 0) }
      if field.number == 2 || field.number == 3 { writer.append(try model.text(range, limit: 256)) }
    }
    let metadata =
      writer.isEmpty ? [] : [(key: "producer", text: writer.joined(separator: " "))]
    return WeightFile(format: name, reading.tensors, metadata: metadata)
  }

  /// The tensors of graphs while they are read.
  private struct Reading {
    private(set) var tensors: [WeightTensor] = []
    private let model: OnnxSource

    init(_ model: OnnxSource) { self.model = model }

    private mutating func add(_ range: Range<Int>, named name: String? = nil)
      throws(TensorFileError)
    {
      guard tensors.count < tensorLimit else { throw .tooLarge }
      tensors.append(try OnnxTensor(model, range).tensor(named: name))
    }

    mutating func addGraph(_ range: Range<Int>, depth: Int) throws(TensorFileError) {
      guard depth < depthLimit else { throw .tooLarge }
      var message = WireMessage(model.source, range)
      while let field = try message.next() {
        guard let range = field.range else { continue }
        switch field.number {
        case 1: try addNode(range, depth: depth)
        case 5: try add(range)
        case 15: try addSparse(range)
        default: break
        }
      }
    }

    private mutating func addNode(_ range: Range<Int>, depth: Int) throws(TensorFileError) {
      var message = WireMessage(model.source, range)
      var output: String?
      var attributes: [Range<Int>] = []
      var isConstant = false
      while let field = try message.next() {
        guard let range = field.range else { continue }
        switch field.number {
        case 2 where output == nil: output = try model.text(range, limit: 1 << 16)
        case 4 where range.count == 8:
          isConstant = try model.text(range, limit: 8) == "Constant"
        case 5 where attributes.count < 256: attributes.append(range)
        default: break
        }
      }
      for attribute in attributes {
        var message = WireMessage(model.source, attribute)
        while let field = try message.next() {
          guard let range = field.range else { continue }
          switch field.number {
          case 5 where isConstant: try add(range, named: output)
          case 6, 11: try addGraph(range, depth: depth + 1)
          default: break
          }
        }
      }
    }

    /// A sparse tensor is told, not read: its values have its name.
    private mutating func addSparse(_ range: Range<Int>) throws(TensorFileError) {
      var message = WireMessage(model.source, range)
      while let field = try message.next() {
        guard field.number == 1, let range = field.range else { continue }
        let values = try OnnxTensor(model, range).tensor()
        guard tensors.count < tensorLimit else { throw .tooLarge }
        tensors.append(
          WeightTensor(
            values.name, shape: [], type: values.type, .failure(.unsupported("a sparse tensor"))))
      }
    }
  }
}
