import NNRBits

/// What `torch.save` wrote before PyTorch 1.6, and still does if asked to: pickles one after the other, then the storages.
///
/// The pickles are a mark, the version, facts of the writer's machine, the object, and the keys of the storages in their order.
/// Each storage is the number of its elements and the elements.
enum TorchLegacyFile: WeightFormat {
  static let hasKeys = true
  static let name = "PyTorch (before 1.6)"

  /// The mark as it stands in the first pickle: 0x1950a86a20f9469cfc6c.
  static let mark: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]

  /// Whether a file that begins with `head` is of this format.
  static func recognises(_ head: [UInt8]) -> Bool {
    guard head.first == 0x80, head.count >= 32 else { return false }
    return (2...16).contains { head[$0..<$0 + mark.count].elementsEqual(mark) }
  }

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    var window = SourceWindow(file.source, 0..<file.source.count)
    _ = try PickleReader.graph(&window)
    let version = try PickleReader.graph(&window)
    guard version.integer(version.root) == 1001 else {
      throw .unsupported("this version of PyTorch's older format")
    }
    let isBigEndian = Self.isBigEndian(try PickleReader.graph(&window))
    let graph = try PickleReader.graph(&window)
    let order = try PickleReader.graph(&window)
    let state = try StateDict(graph, key: key)
    let places = try places(
      of: order, sizes: sizes(graph), window, file.source, isBigEndian: isBigEndian)
    var tensors = TorchTensors(isBigEndian: isBigEndian)
    for entry in state.entries {
      tensors.add(entry) { storage in
        places[storage.key].map { .success($0) }
          ?? .failure(.malformed("the file has no storage \(storage.key)"))
      }
    }
    return tensors.file(state)
  }

  private static func isBigEndian(_ facts: PickleGraph) -> Bool {
    let pairs = facts.items[facts.root] ?? []
    guard let pair = pairs.first(where: { facts.text($0.key) == "little_endian" }),
      case .flag(let isLittle) = facts.nodes[pair.value]
    else { return false }
    return !isLittle
  }

  /// The bytes of an element of each storage.
  private static func sizes(_ graph: PickleGraph) -> [String: Int] {
    var sizes: [String: Int] = [:]
    for node in graph.nodes {
      guard case .persistent(let id) = node, let storage = TorchStorage(id, in: graph) else {
        continue
      }
      sizes[storage.key] = storage.size
    }
    return sizes
  }

  private static func places(
    of order: PickleGraph, sizes: [String: Int], _ window: SourceWindow,
    _ source: any ByteSource, isBigEndian: Bool
  ) throws(TensorFileError) -> [String: ElementBytes] {
    var window = window
    var places: [String: ElementBytes] = [:]
    for key in order.elements[order.root] ?? [] {
      guard let name = order.text(key) ?? order.integer(key).map({ "\($0)" }),
        let size = sizes[name]
      else { throw .malformed("a storage that no tensor names") }
      // A file that was cut costs the tensors behind the cut.
      guard window.left >= 8 else { break }
      let written = try window.integer(UInt64.self)
      guard let count = Int(exactly: isBigEndian ? written.byteSwapped : written),
        case let (bytes, overflow) = count.multipliedReportingOverflow(by: size), !overflow,
        count >= 0
      else { throw .malformed("a storage of an impossible size") }
      let range = window.position..<window.position + min(bytes, window.left)
      places[name] = ElementBytes(source, range)
      guard bytes <= window.left else { break }
      try window.skip(bytes)
    }
    return places
  }
}
