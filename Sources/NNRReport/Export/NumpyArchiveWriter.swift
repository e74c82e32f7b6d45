import CZlib
import NNRModel
import WeightFiles

/// Writes a `.npz` file of numpy: a zip archive of `.npy` members, stored as they are, one for each tensor.
public final class NumpyArchiveWriter {
  private struct Member {
    let name: [UInt8]
    let offset: UInt32
    let size: UInt32
    let checksum: UInt32
  }

  private let file: AtomicFile
  private var members: [Member] = []

  /// A writer of a new file at `path`; throws `ExportError`.
  public init(path: String) throws(ExportError) { file = try AtomicFile(path: path) }

  /// Adds a tensor of `shape`; throws `ExportError`, also where the archive would grow beyond 4 GiB.
  public func append<Element: ExportElement>(
    _ name: String, shape: [Int], _ elements: ArraySlice<Element>
  ) throws(ExportError) {
    guard let count = ElementCount.of(shape) else { throw ExportError.invalidShape(shape) }
    guard count == elements.count else {
      throw ExportError.wrongCount(expected: count, got: elements.count)
    }
    guard let header = NumpyHeader.bytes(shape: shape, element: Element.elementType) else {
      throw ExportError.invalidShape(shape)
    }
    try begin(
      name, header, count * Element.elementType.size,
      checksum: Self.checksum(header, elements))
    try file.write(elements: elements)
  }

  /// Adds a tensor whose elements stand in `bytes` as its type has them; throws `ExportError`.
  public func append(_ entry: SafetensorsEntry, encoded bytes: [UInt8]) throws(ExportError) {
    guard let header = NumpyHeader.bytes(shape: entry.shape, element: entry.element) else {
      throw ExportError.unsupportedType(entry.element)
    }
    let checksum = UInt32(
      truncatingIfNeeded: Self.add(bytes, to: Self.add(header, to: crc32(0, nil, 0))))
    try begin(entry.name, header, bytes.count, checksum: checksum)
    try file.write(bytes)
  }

  /// Writes what stands in front of the elements of a tensor.
  private func begin(_ name: String, _ header: [UInt8], _ bytes: Int, checksum: UInt32)
    throws(ExportError)
  {
    let size = header.count + bytes
    let title = Array((name + ".npy").utf8)
    guard let length = UInt32(exactly: size), let offset = UInt32(exactly: file.count),
      title.count <= 0xffff, members.count < 0xffff
    else { throw ExportError.tooLarge(".npz") }
    let member = Member(name: title, offset: offset, size: length, checksum: checksum)
    try file.write(Self.local(member))
    try file.write(header)
    members.append(member)
  }

  /// Completes the file; throws `ExportError`.
  public func finish() throws(ExportError) {
    guard let start = UInt32(exactly: file.count) else { throw ExportError.tooLarge(".npz") }
    for member in members { try file.write(Self.central(member)) }
    guard let end = UInt32(exactly: file.count) else { throw ExportError.tooLarge(".npz") }
    var bytes: [UInt8] = Array("PK".utf8) + [5, 6, 0, 0, 0, 0]
    for _ in 0..<2 { bytes.append(littleEndian: UInt16(members.count)) }
    bytes.append(littleEndian: end - start)
    bytes.append(littleEndian: start)
    try file.write(bytes + [0, 0])
    try file.commit()
  }

  /// CRC-32 of a header and elements, by portions.
  private static func checksum<Element: ExportElement>(
    _ header: [UInt8], _ elements: ArraySlice<Element>
  ) -> UInt32 {
    var result = add(header, to: crc32(0, nil, 0))
    var rest = elements
    var bytes: [UInt8] = []
    while !rest.isEmpty {
      bytes.removeAll(keepingCapacity: true)
      Element.append(rest.prefix(1 << 15), to: &bytes)
      result = add(bytes, to: result)
      rest = rest.dropFirst(1 << 15)
    }
    return UInt32(truncatingIfNeeded: result)
  }

  private static func add(_ bytes: [UInt8], to checksum: UInt) -> UInt {
    bytes.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
  }

  /// What both headers of a member have: version, flags (names are UTF-8), no compression, 1 January 1980, sizes.
  private static func common(_ member: Member) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in [20, 0x800, 0, 0, 0x21] as [UInt16] { bytes.append(littleEndian: number) }
    for number in [member.checksum, member.size, member.size] { bytes.append(littleEndian: number) }
    bytes.append(littleEndian: UInt16(member.name.count))
    bytes.append(littleEndian: 0 as UInt16)
    return bytes
  }

  private static func local(_ member: Member) -> [UInt8] {
    Array("PK".utf8) + [3, 4] + common(member) + member.name
  }

  private static func central(_ member: Member) -> [UInt8] {
    var bytes = Array("PK".utf8) + [1, 2, 20, 0] + common(member)
    // No comment, first disk, no attributes.
    bytes += [UInt8](repeating: 0, count: 10)
    bytes.append(littleEndian: member.offset)
    return bytes + member.name
  }
}

extension TensorExport {
  /// Writes all tensors to one `.npz` file, or to standard output for `-`; a name that comes again gets a number behind it.
  public static func archive(
    _ session: Session, _ request: ExportRequest, to path: String
  ) throws(ExportError) -> ExportOutcome {
    var outcome = ExportOutcome()
    var names = ExportNames()
    let writer = try NumpyArchiveWriter(path: path)
    var failed: ExportError?
    outcome.failures = request.visit(session) { tensor in
      guard request.content != .levels || tensor.hasLevels else {
        outcome.withoutLevels.append(tensor.name)
        return true
      }
      let name = names.unique(tensor.name)
      do throws(ExportError) {
        switch tensor.values {
        case .float32(let values): try writer.append(name, shape: tensor.shape, values[...])
        case .float64(let values): try writer.append(name, shape: tensor.shape, values[...])
        case .int32(let values): try writer.append(name, shape: tensor.shape, values[...])
        }
      } catch {
        failed = error
        return false
      }
      outcome.add(tensor, target: name)
      return true
    }
    if let failed { throw failed }
    try writer.finish()
    return outcome
  }
}
