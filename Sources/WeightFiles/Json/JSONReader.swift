/// Reads JSON (RFC 8259) from untrusted bytes: depth is limited to 64, the number of values to four million, names in an object
/// must differ, text must be UTF-8.
public struct JSONReader {
  private static let depthLimit = 64
  /// The most values: brackets cost one byte in the text and a hundred in memory.
  private static let valueLimit = 1 << 22

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var depth = 0
  private var values = 0

  /// The value that `bytes` spell; throws `JSONError`.
  ///
  /// Takes linear time.
  public static func value(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.index == bytes.endIndex else { throw reader.error("text after the end") }
    return value
  }

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  private func error(_ reason: String) -> JSONError {
    JSONError(reason: reason, offset: index - bytes.startIndex)
  }

  private var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { index += 1 }
  }

  private mutating func take(_ sign: UInt8) -> Bool {
    skipSpace()
    guard byte == sign else { return false }
    index += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    guard depth < Self.depthLimit else { throw error("too deep") }
    guard values < Self.valueLimit else { throw error("too many values") }
    depth += 1
    values += 1
    defer { depth -= 1 }
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .flag(true))
    case UInt8(ascii: "f"): return try word("false", .flag(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[index...].starts(with: word.utf8) else { throw error("unknown word") }
    index += word.utf8.count
    return value
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    index += 1
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw error("expected , or ]") }
    return .array(elements)
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    index += 1
    var members: [JSONMember] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipSpace()
      guard byte == UInt8(ascii: "\"") else { throw error("expected a name") }
      let name = try text()
      guard names.insert(name).inserted else { throw error("a name twice in one object") }
      guard take(UInt8(ascii: ":")) else { throw error("expected :") }
      members.append(JSONMember(name: name, value: try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw error("expected , or }") }
    return .object(members)
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = index
    if byte == UInt8(ascii: "-") { index += 1 }
    let leading = byte
    let whole = digits()
    guard whole > 0, leading != 0x30 || whole == 1 else { throw error("expected a value") }
    var isInteger = true
    if byte == UInt8(ascii: ".") {
      index += 1
      isInteger = false
      guard digits() > 0 else { throw error("expected a digit") }
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      index += 1
      isInteger = false
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { throw error("expected a digit") }
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    guard let value = Double(text) else { throw error("expected a number") }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = index
    while let byte, (0x30...0x39).contains(byte) { index += 1 }
    return index - start
  }

  private mutating func text() throws(JSONError) -> String {
    index += 1
    var result: [UInt8] = []
    while let byte {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: result, as: UTF8.self) else { throw error("no UTF-8") }
        return text
      case UInt8(ascii: "\\"): result.append(contentsOf: String(try escaped()).utf8)
      case 0..<0x20: throw error("a control character in text")
      default: result.append(byte)
      }
    }
    throw error("text is not closed")
  }

  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    guard let byte else { throw error("text is not closed") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw error("unknown escape")
    }
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[index...].starts(with: [0x5C, 0x75]) else {
      throw error("half of a surrogate pair")
    }
    index += 2
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error("half of a surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }
}
