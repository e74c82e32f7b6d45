import NNRBits

/// A file of a zip archive.
struct ZipMember: Sendable {
  /// The name, with `/` between folders.
  var name: String
  var isDeflated: Bool
  var checksum: UInt32
  /// The bytes in the archive.
  var packed: Int
  /// The bytes that it unpacks to.
  var unpacked: Int
  /// Where its own header begins.
  var headerOffset: Int
  /// Why it cannot be unpacked; nil if it can.
  var problem: TensorFileError?
}

/// The directory of a zip archive, zip64 included.
///
/// Every size and offset is checked against the bytes there are, members must not overlap, and what a member claims to unpack to
/// must be possible for deflate: an archive of a few bytes cannot fill the memory. Nothing is unpacked before it is asked for.
struct ZipArchive: Sendable {
  /// The source of the archive.
  let source: any ByteSource
  /// The files in the order of the directory.
  let members: [ZipMember]
  private let places: [String: Int]

  /// The most bytes of a directory: a million members with long names.
  private static let directoryLimit = 1 << 26

  /// An archive of `source`; throws `TensorFileError` if its directory is damaged.
  init(_ source: any ByteSource) throws(TensorFileError) {
    self.source = source
    let end = try ZipEnd(source)
    guard end.size <= Self.directoryLimit else { throw .tooLarge }
    let reader = ByteCursor(try source.bytes(end.start..<end.start + end.size))
    var members: [ZipMember] = []
    var places: [String: Int] = [:]
    var offset = 0
    // An entry has 46 bytes at least, so the count needs no trust.
    for _ in 0..<min(end.count, end.size / 46) {
      let member = try ZipMember(reader, at: &offset, limit: end.start)
      guard places.updateValue(members.count, forKey: member.name) == nil else {
        throw .malformed("two members of one name")
      }
      members.append(member)
    }
    guard members.count == end.count else { throw .truncated }
    self.members = members
    self.places = places
    try Self.checkOverlaps(members, end: end.start)
  }

  private static func checkOverlaps(_ members: [ZipMember], end: Int) throws(TensorFileError) {
    var free = 0
    for member in members.sorted(by: { $0.headerOffset < $1.headerOffset }) {
      guard member.headerOffset >= free else { throw .malformed("two members share bytes") }
      free = member.headerOffset + 30 + member.packed
    }
    guard free <= end else { throw .malformed("a member lies outside the file") }
  }

  /// The member `name`; nil if there is none.
  subscript(name: String) -> ZipMember? { places[name].map { members[$0] } }

  /// The bytes of a member.
  func bytes(of member: ZipMember) throws(TensorFileError) -> ElementBytes {
    if let problem = member.problem { throw problem }
    let header = ByteCursor(try source.bytes(member.headerOffset..<member.headerOffset + 30))
    // The local header has a name and an extra field of lengths of its own; its sizes may be missing.
    guard header.integer(UInt32.self, at: 0) == 0x0403_4B50,
      let nameCount = header.integer(UInt16.self, at: 26),
      let extraCount = header.integer(UInt16.self, at: 28)
    else { throw .malformed("a member without a header") }
    let start = member.headerOffset + 30 + Int(nameCount) + Int(extraCount)
    guard start <= source.count, member.packed <= source.count - start else { throw .truncated }
    let range = start..<start + member.packed
    return member.isDeflated
      ? ElementBytes(
        source, range, .deflated(checksum: member.checksum), count: member.unpacked)
      : ElementBytes(source, range, checksum: member.checksum)
  }

  /// All bytes of a member of at most `limit` bytes.
  func content(of member: ZipMember, limit: Int) throws(TensorFileError) -> [UInt8] {
    guard member.unpacked <= limit else { throw .tooLarge }
    return try bytes(of: member).run(from: 0).next(member.unpacked)
  }
}

/// Where the directory of an archive is.
private struct ZipEnd {
  var count: Int
  var size: Int
  var start: Int

  /// Finds the end record: the last thing in the file, but for a comment of at most 65,535 bytes.
  init(_ source: any ByteSource) throws(TensorFileError) {
    let from = max(0, source.count - 22 - 65_535)
    let tail = ByteCursor(try source.bytes(from..<source.count))
    var found: Int?
    var place = tail.count - 22
    while place >= 0 {
      if tail.integer(UInt32.self, at: place) == 0x0605_4B50,
        let comment = tail.integer(UInt16.self, at: place + 20),
        place + 22 + Int(comment) == tail.count
      {
        found = place
        break
      }
      place -= 1
    }
    guard let found, let count = tail.integer(UInt16.self, at: found + 10),
      let size = tail.integer(UInt32.self, at: found + 12),
      let start = tail.integer(UInt32.self, at: found + 16)
    else { throw .notThisFormat("zip") }
    self.count = Int(count)
    self.size = Int(size)
    self.start = Int(start)
    var end = from + found
    if count == .max || size == .max || start == .max,
      tail.integer(UInt32.self, at: found - 20) == 0x0706_4B50
    {
      guard let place = tail.integer(UInt64.self, at: found - 12).flatMap({ Int(exactly: $0) }),
        place >= 0, place <= source.count - 56
      else { throw .malformed("the directory of the archive lies outside the file") }
      let record = ByteCursor(try source.bytes(place..<place + 56))
      guard record.integer(UInt32.self, at: 0) == 0x0606_4B50,
        let count = record.integer(UInt64.self, at: 32).flatMap({ Int(exactly: $0) }),
        let size = record.integer(UInt64.self, at: 40).flatMap({ Int(exactly: $0) }),
        let start = record.integer(UInt64.self, at: 48).flatMap({ Int(exactly: $0) })
      else { throw .malformed("the directory of the archive is damaged") }
      self.count = count
      self.size = size
      self.start = start
      end = place
    }
    guard start <= end, self.size <= end - self.start else {
      throw .malformed("the directory of the archive lies outside the file")
    }
  }
}

extension ZipMember {
  /// The entry at `offset` of the directory, which moves on; what it describes must lie before `limit`.
  fileprivate init(_ reader: ByteCursor, at offset: inout Int, limit: Int) throws(TensorFileError) {
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
      let nameBytes = reader.slice(offset + 46, count: Int(nameCount)),
      let extra = reader.slice(offset + 46 + Int(nameCount), count: Int(extraCount)),
      reader.slice(
        offset + 46 + Int(nameCount) + Int(extraCount), count: Int(commentCount)) != nil
    else { throw .truncated }
    offset += 46 + Int(nameCount) + Int(extraCount) + Int(commentCount)
    var wide = Zip64Extra(ByteCursor(extra))
    guard let unpacked = wide.value(unpacked), let packed = wide.value(packed),
      let header = wide.value(header)
    else { throw .malformed("a member without its sizes") }
    guard header <= limit, limit - header >= 30, packed <= limit - header - 30 else {
      throw .malformed("a member lies outside the file")
    }
    self.init(
      name: String(decoding: nameBytes, as: UTF8.self), isDeflated: method == 8,
      checksum: checksum, packed: packed, unpacked: unpacked, headerOffset: header)
    if flags & 1 != 0 {
      problem = .unsupported("an encrypted archive")
    } else if method != 0 && method != 8 {
      problem = .unsupported("compression method \(method)")
    } else if method == 0 && packed != unpacked {
      problem = .malformed("a stored member of two sizes")
    } else if unpacked / 1033 > packed {
      // Deflate cannot do better than 1032 to 1.
      problem = .tooLarge
    }
  }
}

/// The sizes that did not fit the 32 bits of an entry, in their order.
private struct Zip64Extra {
  private var values: [UInt64] = []

  init(_ extra: ByteCursor) {
    var place = 0
    while let id = extra.integer(UInt16.self, at: place),
      let size = extra.integer(UInt16.self, at: place + 2)
    {
      if id == 1 {
        values = (0..<Int(size) / 8).compactMap {
          extra.integer(UInt64.self, at: place + 4 + 8 * $0)
        }
      }
      place += 4 + Int(size)
    }
    values.reverse()
  }

  /// The value itself, or the next one of 64 bits where it has no room.
  mutating func value(_ short: UInt32) -> Int? {
    guard short == .max else { return Int(short) }
    return values.popLast().flatMap { Int(exactly: $0) }
  }
}
