import PlainText

/// Why a file of columns cannot be used; lines are counted from 1.
public enum CSVError: Error, Hashable, Sendable {
  /// It has more bytes, rows or columns than are read.
  case tooLarge(String)
  /// It has no heading.
  case empty
  /// A quoted field does not end; where it begins.
  case openQuote(line: Int)
  /// A row has more or fewer fields than the heading.
  case ragged(line: Int, fields: Int, expected: Int)
  /// It is no text.
  case noText
}

extension CSVError: CustomStringConvertible {
  /// A sentence for a person, safe to print.
  public var description: String {
    switch self {
    case .tooLarge(let what): "there are more than \(what)"
    case .empty: "it is empty: a heading with the names of columns is expected"
    case .openQuote(let line): "line \(line): the quoted field does not end"
    case .ragged(let line, let fields, let expected):
      "line \(line): \(NumberFormat.count(fields, "field")), the heading has \(expected)"
    case .noText: "it is no text"
    }
  }
}

/// Reads text with fields between commas, semicolons or tabs (RFC 4180), in linear time.
struct CSVReader {
  /// The most bytes of a file.
  static let byteLimit = 64 << 20
  /// The most rows.
  static let rowLimit = 1_000_000
  /// The most columns.
  static let columnLimit = 256
  /// The most fields of all rows.
  static let fieldLimit = 4_000_000

  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  private var line = 1

  /// A reader of bytes; what separates fields is told by the first line.
  init(_ bytes: [UInt8]) throws(CSVError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge("64 MiB") }
    guard !bytes.contains(0) else { throw .noText }
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    let heading = bytes.dropFirst(place).prefix { $0 != 0x0A && $0 != 0x0D }
    func count(_ byte: UInt8) -> Int { heading.count { $0 == byte } }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    separator = candidates.max { count($0) < count($1) } ?? UInt8(ascii: ",")
  }

  /// The rows with the lines they begin at; lines without anything are none.
  mutating func rows() throws(CSVError) -> [(line: Int, fields: [String])] {
    var rows: [(line: Int, fields: [String])] = []
    var fieldCount = 0
    while place < bytes.count {
      let first = line
      let fields = try row()
      if fields == [""] { continue }
      guard rows.count <= Self.rowLimit else { throw .tooLarge("1,000,000 rows") }
      fieldCount += fields.count
      guard fieldCount <= Self.fieldLimit else { throw .tooLarge("4,000,000 fields") }
      rows.append((first, fields))
    }
    return rows
  }

  private mutating func row() throws(CSVError) -> [String] {
    var fields: [String] = []
    while true {
      guard fields.count < Self.columnLimit else { throw .tooLarge("256 columns") }
      fields.append(try field())
      guard place < bytes.count else { return fields }
      let byte = bytes[place]
      place += 1
      if byte == separator { continue }
      if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
      line += 1
      return fields
    }
  }

  /// The field at the place; what follows it is a separator, the end of a line or that of the file.
  private mutating func field() throws(CSVError) -> String {
    var text: [UInt8] = []
    let first = line
    var isQuoted = false
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
      isQuoted = true
      place += 1
    }
    while place < bytes.count {
      let byte = bytes[place]
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          place += 1
          guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
            isQuoted = false
            continue
          }
        } else if byte == 0x0A {
          line += 1
        }
      } else if byte == separator || byte == 0x0A || byte == 0x0D {
        break
      }
      text.append(byte)
      place += 1
    }
    guard !isQuoted else { throw .openQuote(line: first) }
    return String(decoding: text, as: UTF8.self)
  }
}
