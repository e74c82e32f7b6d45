/// Reads the `.npz` format of numpy: a zip archive of `.npy` files, stored or deflated.
///
/// Every size and offset is checked against the bytes there are. What a member claims to unpack to counts against a limit
/// before anything is unpacked, so an archive of a few bytes cannot fill the memory.
public struct NumpyArchive: Sendable {
  /// A file of the archive.
  private struct Entry: Sendable {
    var name: String
    var isDeflated: Bool
    var checksum: UInt32
    var packed: Int
    var unpacked: Int
    var headerOffset: Int
  }

  private let bytes: [UInt8]
  private let entries: [Entry]

  /// The names of the tensors (without `.npy`), in the order of the archive.
  public var names: [String] { entries.map(\.name) }

  /// An archive of `bytes`; throws `TensorFileError` if its directory is damaged, or if it would unpack to more than `limit`
  /// bytes.
  public init(_ bytes: [UInt8], limit: Int = 1 << 32) throws(TensorFileError) {
    self.bytes = bytes
    let reader = ByteCursor(bytes[...])
    // The end record is the last thing, but for a comment of at most 65,535 bytes.
    var end: Int?
    var place = bytes.count - 22
    while place >= max(0, bytes.count - 22 - 65_535) {
      if reader.integer(UInt32.self, at: place) == 0x0605_4B50,
        let comment = reader.integer(UInt16.self, at: place + 20),
        place + 22 + Int(comment) == bytes.count
      {
        end = place
        break
      }
      place -= 1
    }
    guard let end, let count = reader.integer(UInt16.self, at: end + 10),
      let size = reader.integer(UInt32.self, at: end + 12),
      let start = reader.integer(UInt32.self, at: end + 16)
    else { throw TensorFileError.notThisFormat("npz") }
    guard count < 0xFFFF, start < 0xFFFF_FFFF else {
      throw TensorFileError.unsupported("a zip64 directory")
    }
    guard Int(start) + Int(size) <= end else {
      throw TensorFileError.malformed("the directory of the archive lies outside the file")
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    var total = 0
    var offset = Int(start)
    for _ in 0..<count {
      let entry = try Self.entry(reader, at: &offset, end: end)
      guard names.insert(entry.name).inserted else {
        throw TensorFileError.malformed("two members of one name")
      }
      // Deflate cannot do better than 1032 to 1.
      guard entry.unpacked <= limit - total, entry.unpacked / 1033 <= entry.packed else {
        throw TensorFileError.tooLarge
      }
      total += entry.unpacked
      entries.append(entry)
    }
    self.entries = entries
  }

  private static func entry(
    _ reader: ByteCursor, at offset: inout Int, end: Int
  ) throws(TensorFileError) -> Entry {
    guard reader.integer(UInt32.self, at: offset) == 0x0201_4B50,
      let flags = reader.integer(UInt16.self, at: offset + 8),
      let method = reader.integer(UInt16.self, at: offset + 10),
      let checksum = reader.integer(UInt32.self, at: offset + 16),
      let packed = reader.integer(UInt32.self, at: offset + 20),
      let unpacked = reader.integer(UInt32.self, at: offset + 24),
      let nameCount = reader.integer(UInt16.self, at: offset + 28),
      let extraCount = reader.integer(UInt16.self, at: offset + 30),
      let commentCount = reader.integer(UInt16.self, at: offset + 32),
      let header = reader.integer(UInt32.self, at: offset + 42),
      let nameBytes = reader.slice(offset + 46, count: Int(nameCount))
    else { throw TensorFileError.truncated }
    guard flags & 1 == 0 else { throw TensorFileError.unsupported("an encrypted archive") }
    guard method == 0 || method == 8 else {
      throw TensorFileError.unsupported("compression method \(method)")
    }
    guard packed < .max, unpacked < .max, header < .max else {
      throw TensorFileError.unsupported("a member beyond 4 GiB")
    }
    guard method == 8 || packed == unpacked else {
      throw TensorFileError.malformed("a stored member of two sizes")
    }
    offset += 46 + Int(nameCount) + Int(extraCount) + Int(commentCount)
    guard offset <= end else { throw TensorFileError.truncated }
    var name = String(decoding: nameBytes, as: UTF8.self)
    if name.hasSuffix(".npy") { name.removeLast(4) }
    return Entry(
      name: name, isDeflated: method == 8, checksum: checksum, packed: Int(packed),
      unpacked: Int(unpacked), headerOffset: Int(header))
  }

  /// The tensor `name`; nil if there is none; throws `TensorFileError` if it is damaged.
  public func tensor(named name: String) throws(TensorFileError) -> TensorData? {
    guard let entry = entries.first(where: { $0.name == name }) else { return nil }
    let reader = ByteCursor(bytes[...])
    // The local header has a name and an extra field of lengths of its own; its sizes may be missing.
    guard reader.integer(UInt32.self, at: entry.headerOffset) == 0x0403_4B50,
      let nameCount = reader.integer(UInt16.self, at: entry.headerOffset + 26),
      let extraCount = reader.integer(UInt16.self, at: entry.headerOffset + 28),
      let data = reader.slice(
        entry.headerOffset + 30 + Int(nameCount) + Int(extraCount), count: entry.packed)
    else { throw TensorFileError.truncated }
    let content = entry.isDeflated ? Inflate.bytes(data, size: entry.unpacked) : Array(data)
    guard let content, Inflate.checksum(content) == entry.checksum else {
      throw TensorFileError.malformed("the data of a member is damaged")
    }
    return try NumpyReader.tensor(content)
  }
}
