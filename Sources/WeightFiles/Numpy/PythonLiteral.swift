/// Reads the dictionary of Python values that a `.npy` header is; only what numpy writes.
struct PythonLiteral {
  enum Value {
    case text(String)
    case flag(Bool)
    case tuple([Int])
    /// A list: the fields of a structured array, which nothing more is asked of.
    case list
  }

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  mutating func dictionary() throws(TensorFileError) -> [String: Value] {
    var result: [String: Value] = [:]
    try expect("{")
    while !take("}") {
      let key = try text()
      try expect(":")
      result[key] = try value()
      if !take(",") {
        try expect("}")
        break
      }
    }
    return result
  }

  private mutating func value() throws(TensorFileError) -> Value {
    skipSpace()
    guard index < bytes.endIndex else { throw broken }
    switch bytes[index] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "T"): return try word("True", .flag(true))
    case UInt8(ascii: "F"): return try word("False", .flag(false))
    case UInt8(ascii: "("):
      index += 1
      var sides: [Int] = []
      while !take(")") {
        sides.append(try integer())
        if !take(",") {
          try expect(")")
          break
        }
      }
      return .tuple(sides)
    case UInt8(ascii: "["):
      try skipList()
      return .list
    default: throw broken
    }
  }

  /// Passes over a list, whatever it holds; brackets in texts do not count.
  private mutating func skipList() throws(TensorFileError) {
    var depth = 0
    repeat {
      guard index < bytes.endIndex else { throw broken }
      switch bytes[index] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        _ = try text()
        continue
      default: break
      }
      index += 1
    } while depth > 0
  }

  private mutating func word(_ word: String, _ value: Value) throws(TensorFileError) -> Value {
    guard bytes[index...].starts(with: word.utf8) else { throw broken }
    index += word.utf8.count
    return value
  }

  private mutating func text() throws(TensorFileError) -> String {
    skipSpace()
    guard index < bytes.endIndex,
      bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\"")
    else { throw broken }
    let mark = bytes[index]
    let start = index + 1
    guard let end = bytes[start...].firstIndex(of: mark) else { throw broken }
    index = end + 1
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func integer() throws(TensorFileError) -> Int {
    skipSpace()
    let start = index
    while index < bytes.endIndex, (0x30...0x39).contains(bytes[index]) { index += 1 }
    guard let value = Int(String(decoding: bytes[start..<index], as: UTF8.self)) else {
      throw broken
    }
    // Python 2 wrote long integers with an L.
    if index < bytes.endIndex, bytes[index] == UInt8(ascii: "L") { index += 1 }
    return value
  }

  private mutating func take(_ sign: Character) -> Bool {
    skipSpace()
    guard index < bytes.endIndex, bytes[index] == sign.asciiValue else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ sign: Character) throws(TensorFileError) {
    guard take(sign) else { throw broken }
  }

  private mutating func skipSpace() {
    while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x0A { index += 1 }
  }

  private var broken: TensorFileError { .malformed("the header is no dictionary of numpy") }
}
