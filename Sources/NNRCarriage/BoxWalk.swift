import NNRBits
import NNRSyntax

/// A box of an ISOBMFF file (format reference 13.6).
struct Box {
  /// The four characters.
  let type: String
  /// The bytes of the box.
  let bytes: Range<Int>
  /// The bytes behind its header.
  let body: Range<Int>
}

/// Reads boxes, within limits, and notes what is wrong with them.
struct BoxWalk {
  /// How deep boxes are followed.
  static let depthLimit = 16
  /// The most boxes of a level.
  static let levelLimit = 10_000
  /// The most boxes of a file.
  static let boxLimit = 100_000
  /// The most bytes of a box that are read at once.
  static let bodyLimit = 64 << 20

  /// The file.
  let file: any ByteSource
  /// What is wrong.
  private(set) var findings: [CarriageFinding] = []
  private var count = 0

  /// Reads boxes of `file`.
  init(_ file: any ByteSource) { self.file = file }

  /// Notes what is wrong.
  mutating func note(_ rule: Rule, _ offset: Int, _ message: String) {
    guard findings.count < 1_000 else { return }
    findings.append(CarriageFinding(rule, at: offset, message))
  }

  /// The boxes that fill `range`; those behind one whose size cannot be are not found.
  mutating func boxes(in range: Range<Int>, isTopLevel: Bool = false) throws(SourceError) -> [Box] {
    var found: [Box] = []
    var place = range.lowerBound
    while range.upperBound - place >= 8 {
      count += 1
      guard found.count < Self.levelLimit, count < Self.boxLimit else {
        note(.c19, place, "more boxes than are listed")
        break
      }
      let head = try file.read(place..<min(place + 16, range.upperBound))
      guard head.count >= 8 else { break }
      let type = String(decoding: head[4..<8], as: UTF8.self)
      var size = number(head[0..<4])
      var header = 8
      if size == 1 {
        header = 16
        guard head.count == 16 else {
          note(.c06, place, "the box \(shown(type)) is cut in its size")
          break
        }
        size = number(head[8..<16])
      } else if size == 0 {
        guard isTopLevel else {
          note(
            .c06, place,
            "the box \(shown(type)) has size 0, which only the last box of a file may have")
          break
        }
        size = range.upperBound - place
      }
      if type == "uuid" { header += 16 }
      guard size >= header else {
        note(.c06, place, "the box \(shown(type)) has size \(size), below its header")
        break
      }
      let left = range.upperBound - place
      if size > left {
        note(
          .c06, place,
          "the box \(shown(type)) of \(size) bytes runs past the end of \(isTopLevel ? "the file" : "the box around it"), \(left) bytes are left"
        )
        // What is there of media data, and of the boxes in a cut file, can still be read.
        if isTopLevel {
          found.append(
            Box(
              type: type, bytes: place..<range.upperBound,
              body: min(place + header, range.upperBound)..<range.upperBound))
        }
        break
      }
      found.append(
        Box(type: type, bytes: place..<place + size, body: place + header..<place + size))
      place += size
    }
    return found
  }

  /// The same boxes, looked at once more: what is wrong with them was said the first time.
  mutating func quietBoxes(in range: Range<Int>) throws(SourceError) -> [Box] {
    let (before, counted) = (findings, count)
    defer { (findings, count) = (before, counted) }
    return try boxes(in: range)
  }

  /// The bytes of a box behind its header, at most `bodyLimit`.
  mutating func body(_ box: Box) throws(SourceError) -> BoxBytes {
    guard box.body.count <= Self.bodyLimit else {
      note(.c19, box.bytes.lowerBound, "the box \(shown(box.type)) has \(box.body.count) bytes")
      return BoxBytes([])
    }
    return BoxBytes(try file.read(box.body))
  }

  /// The characters of a type, without those that cannot be shown.
  func shown(_ type: String) -> String {
    String(type.unicodeScalars.map { (32..<127).contains($0.value) ? Character($0) : "?" })
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> Int {
    Int(clamping: bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

/// The body of a box, read from its front; zeros are read behind its end, and `isCut` says so.
struct BoxBytes {
  private let bytes: [UInt8]
  /// The next byte.
  private(set) var place = 0
  /// Whether more was read than there is.
  private(set) var isCut = false

  /// Reads `bytes`.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The bytes that are left.
  var left: Int { bytes.count - place }

  /// An unsigned number of `size` bytes (0…8), cut to what an Int holds.
  mutating func number(_ size: Int) -> Int {
    guard left >= size else {
      isCut = true
      place = bytes.count
      return 0
    }
    defer { place += size }
    return Int(clamping: bytes[place..<place + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }

  /// A signed number of 32 bits.
  mutating func signed() -> Int { Int(Int32(truncatingIfNeeded: number(4))) }

  /// Version and flags of a full box.
  mutating func versionAndFlags() -> (version: Int, flags: Int) { (number(1), number(3)) }

  /// Four characters.
  mutating func fourCharacters() -> String { String(decoding: take(4), as: UTF8.self) }

  /// Text up to a zero byte, which is consumed.
  mutating func text() -> String {
    let text = bytes[place...].prefix { $0 != 0 }
    place = min(place + text.count + 1, bytes.count)
    return String(decoding: text, as: UTF8.self)
  }

  /// The next bytes, fewer at the end.
  mutating func take(_ count: Int) -> [UInt8] {
    guard left >= count else {
      isCut = true
      defer { place = bytes.count }
      return Array(bytes[place...])
    }
    defer { place += count }
    return Array(bytes[place..<place + count])
  }

  /// Steps over bytes.
  mutating func skip(_ count: Int) { _ = take(count) }

  /// Whether `count` entries of `size` bytes are there.
  func holds(_ count: Int, of size: Int) -> Bool { size == 0 || count <= left / size }
}
