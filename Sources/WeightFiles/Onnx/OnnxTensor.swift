import NNRBits

/// A `TensorProto` of ONNX: numbers in one of seven places.
struct OnnxTensor {
  /// Where its numbers are.
  private enum Content {
    case raw(Range<Int>)
    case floats(Range<Int>)
    case doubles(Range<Int>)
    case varints(Range<Int>)
    case unpacked
  }

  private(set) var name = ""
  private(set) var shape: [Int] = []
  private var type: UInt64 = 0
  private var content: Content?
  private var isExternal = false
  private var isSegment = false
  /// What external data says of itself: location, offset, length.
  private var external: [String: String] = [:]
  private let model: OnnxSource

  /// The most bytes of a name.
  private static let nameLimit = 1 << 16

  /// Reads the tensor that fills `range`.
  init(_ model: OnnxSource, _ range: Range<Int>) throws(TensorFileError) {
    self.model = model
    var message = WireMessage(model.source, range)
    while let field = try message.next() {
      switch (field.number, field.value) {
      case (1, .varint(let side)): try append(side)
      case (1, .bytes(let sides)):
        var window = SourceWindow(model.source, sides)
        while window.left > 0 { try append(window.varint()) }
      case (2, .varint(let value)): type = value
      case (3, .bytes): isSegment = true
      case (4, .bytes(let range)): content = .floats(range)
      case (5, .bytes(let range)), (7, .bytes(let range)), (11, .bytes(let range)):
        content = .varints(range)
      case (4...5, _), (7, _), (10...11, .varint), (10, .fixed64): content = .unpacked
      case (8, .bytes(let range)): name = try model.text(range, limit: Self.nameLimit)
      case (9, .bytes(let range)): content = .raw(range)
      case (10, .bytes(let range)): content = .doubles(range)
      case (13, .bytes(let range)): try addExternal(range)
      case (14, .varint(let value)): isExternal = value == 1
      default: break
      }
    }
  }

  private mutating func append(_ side: UInt64) throws(TensorFileError) {
    guard shape.count < 64, let side = Int(exactly: side) else {
      throw .malformed("an impossible shape")
    }
    shape.append(side)
  }

  private mutating func addExternal(_ range: Range<Int>) throws(TensorFileError) {
    var message = WireMessage(model.source, range)
    var (key, value) = ("", "")
    while let field = try message.next() {
      guard let range = field.range else { continue }
      if field.number == 1 { key = try model.text(range, limit: Self.nameLimit) }
      if field.number == 2 { value = try model.text(range, limit: Self.nameLimit) }
    }
    external[key] = value
  }

  /// The tensor under `name`, or under its own.
  func tensor(named name: String? = nil) -> WeightTensor {
    let (element, parts, called) = kind
    let sides = parts == 1 ? shape : shape + [parts]
    let layout: Result<TensorLayout, TensorFileError>
    do throws(TensorFileError) {
      guard let element else { throw .unsupported("elements of type \(called)") }
      layout = .success(try self.layout(element, sides))
    } catch {
      layout = .failure(error)
    }
    return WeightTensor(
      name ?? self.name, shape: sides, type: called, isComplex: parts == 2, layout)
  }

  private var kind: (element: ElementType?, parts: Int, name: String) {
    switch type {
    case 8: (nil, 1, "string")
    case 14: (.float32, 2, "complex64")
    case 15: (.float64, 2, "complex128")
    default:
      ElementType(onnx: type).map { ($0, 1, $0.name) } ?? (nil, 1, "number \(type)")
    }
  }

  private func layout(_ element: ElementType, _ shape: [Int]) throws(TensorFileError)
    -> TensorLayout
  {
    guard !isSegment else { throw .unsupported("a tensor in segments") }
    guard let count = ElementCount.of(shape), let size = element.bytes(of: count) else {
      throw .malformed("an impossible shape")
    }
    let bytes: ElementBytes
    if isExternal {
      bytes = try externalBytes(size)
    } else {
      switch content {
      case .raw(let range): bytes = ElementBytes(model.source, range)
      case .floats(let range) where element == .float32: bytes = ElementBytes(model.source, range)
      case .doubles(let range) where element == .float64: bytes = ElementBytes(model.source, range)
      case .varints(let range):
        // Small types stand in fields of larger ones; each number has a byte at least.
        guard element != .float32, element != .float64, size / element.size <= range.count else {
          throw .truncated
        }
        bytes = ElementBytes(model.source, range, .varints(width: element.size), count: size)
      case .unpacked: throw .unsupported("numbers that are not packed")
      case nil where size == 0: bytes = ElementBytes(model.source, 0..<0)
      case nil: throw .malformed("a tensor without values")
      default: throw .malformed("values in a field of another type")
      }
    }
    guard bytes.count == size else {
      throw .malformed("a tensor whose shape does not fit its data")
    }
    return try TensorLayout(bytes, element, shape: shape)
  }

  private func externalBytes(_ size: Int) throws(TensorFileError) -> ElementBytes {
    guard let location = external["location"] else { throw .malformed("no place of external data") }
    let source = try model.sibling(location)
    let offset = external["offset"].map { Int($0) } ?? 0
    let length = external["length"].map { Int($0) } ?? size
    guard let offset, let length, offset >= 0, length >= 0 else {
      throw .malformed("no place of external data")
    }
    guard offset <= source.count, length <= source.count - offset else { throw .truncated }
    return ElementBytes(source, offset..<offset + length)
  }
}

/// The file of a model, and the files beside it that hold external data.
final class OnnxSource {
  let source: any ByteSource
  private let file: OpenedFile
  private var siblings: [String: Result<any ByteSource, TensorFileError>] = [:]

  init(_ file: OpenedFile) {
    self.file = file
    source = file.source
  }

  /// The text of `range`, at most `limit` bytes.
  func text(_ range: Range<Int>, limit: Int) throws(TensorFileError) -> String {
    guard range.count <= limit else { throw .tooLarge }
    return String(decoding: try source.bytes(range), as: UTF8.self)
  }

  /// A file below the folder of the model; each is opened once.
  func sibling(_ name: String) throws(TensorFileError) -> any ByteSource {
    if let known = siblings[name] { return try known.get() }
    let found: Result<any ByteSource, TensorFileError>
    do throws(TensorFileError) {
      found = .success(try file.sibling(name).source)
    } catch {
      found = .failure(error)
    }
    siblings[name] = found
    return try found.get()
  }
}
