import WeightFiles

/// A tensor that a safetensors file is to hold.
public struct SafetensorsEntry: Hashable, Sendable {
  /// The name; unique in the file, not `__metadata__`.
  public var name: String
  /// The sides; empty for a scalar.
  public var shape: [Int]
  /// The type of the elements.
  public var element: ElementType

  /// An entry for a tensor.
  public init(name: String, shape: [Int], element: ElementType) {
    self.name = name
    self.shape = shape
    self.element = element
  }
}

/// Writes a safetensors file: the header is written at once from the entries, then the tensors follow in their order, each in
/// C order, by portions of any length.
public final class SafetensorsWriter {
  private let file: AtomicFile
  private let entries: [SafetensorsEntry]
  private let counts: [Int]
  private var current = 0
  private var written = 0

  /// A writer of `entries` into a new file at `path`, with `metadata` for people; throws `ExportError`.
  public init(
    path: String, entries: [SafetensorsEntry], metadata: [String: String] = [:]
  ) throws(ExportError) {
    self.entries = entries
    var counts: [Int] = []
    for entry in entries {
      guard let count = ElementCount.of(entry.shape) else {
        throw ExportError.invalidShape(entry.shape)
      }
      counts.append(count)
    }
    self.counts = counts
    let header = try Self.header(entries, counts: counts, metadata: metadata)
    file = try AtomicFile(path: path)
    try file.write(header)
  }

  private static func header(
    _ entries: [SafetensorsEntry], counts: [Int], metadata: [String: String]
  ) throws(ExportError) -> [UInt8] {
    var writer = JSONWriter()
    var names: Set<String> = ["__metadata__"]
    var offset = 0
    try writer.object { (writer) throws(ExportError) in
      if !metadata.isEmpty {
        writer.key("__metadata__")
        writer.object { writer in
          for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
        }
      }
      for (entry, count) in zip(entries, counts) {
        guard names.insert(entry.name).inserted else { throw ExportError.invalidName(entry.name) }
        guard let size = entry.element.bytes(of: count),
          case let (end, overflow) = offset.addingReportingOverflow(size), !overflow
        else { throw ExportError.invalidShape(entry.shape) }
        guard let code = entry.element.safetensorsCode else {
          throw ExportError.unsupportedType(entry.element)
        }
        writer.key(entry.name)
        writer.object { writer in
          writer.member("dtype", code)
          writer.member("shape", entry.shape)
          writer.member("data_offsets", [offset, end])
        }
        offset = end
      }
    }
    var text = writer.takeBytes()
    // Spaces up to a multiple of 8: the elements are aligned when the file is mapped.
    while text.count % 8 != 0 { text.append(0x20) }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(text.count))
    return bytes + text
  }

  /// Adds elements to the first tensor that is not complete; a portion must not reach into the next tensor.
  public func append<Element: ExportElement>(_ elements: ArraySlice<Element>) throws(ExportError) {
    guard !elements.isEmpty else { return }
    skipComplete()
    guard current < entries.count else {
      throw ExportError.wrongCount(expected: 0, got: elements.count)
    }
    guard entries[current].element == Element.elementType else {
      throw ExportError.wrongType(expected: entries[current].element, got: Element.elementType)
    }
    guard elements.count <= counts[current] - written else {
      throw ExportError.wrongCount(expected: counts[current], got: written + elements.count)
    }
    try file.write(elements: elements)
    written += elements.count
  }

  /// Adds the first tensor that is not complete as the bytes of all its elements.
  func append(encoded bytes: [UInt8]) throws(ExportError) {
    skipComplete()
    guard current < entries.count else {
      if bytes.isEmpty { return }
      throw ExportError.wrongCount(expected: 0, got: bytes.count)
    }
    // Tensors without elements are complete before they come.
    if bytes.isEmpty { return }
    guard written == 0, entries[current].element.bytes(of: counts[current]) == bytes.count else {
      throw ExportError.wrongCount(expected: counts[current], got: bytes.count)
    }
    try file.write(bytes)
    written = counts[current]
  }

  private func skipComplete() {
    while current < entries.count && written == counts[current] {
      current += 1
      written = 0
    }
  }

  /// Completes the file; throws `ExportError.wrongCount` if a tensor is not complete.
  public func finish() throws(ExportError) {
    skipComplete()
    guard current == entries.count else {
      throw ExportError.wrongCount(expected: counts[current], got: written)
    }
    try file.commit()
  }
}
