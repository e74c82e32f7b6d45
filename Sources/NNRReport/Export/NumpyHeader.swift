/// The header of a `.npy` file: shape, element type and order.
struct NumpyHeader: Hashable {
  var shape: [Int]
  var element: ElementType
  var isBigEndian = false
  var isFortranOrder = false
  /// Where the elements begin.
  var dataOffset = 0

  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// The bytes of a header, up to the first element: version 1, or 2 if the header is long; a multiple of 64 bytes.
  static func bytes(shape: [Int], element: ElementType) throws(ExportError) -> [UInt8] {
    guard let code = element.numpyCode else { throw ExportError.unsupportedType(element) }
    let order = element.size == 1 ? "|" : "<"
    let sides = shape.map { String($0) }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = Array(
      "{'descr': '\(order)\(code)', 'fortran_order': False, 'shape': (\(sides)), }".utf8)
    let isLong = text.count + 11 > 65_000
    let prefix = isLong ? 12 : 10
    while (prefix + text.count + 1) % 64 != 0 { text.append(0x20) }
    text.append(0x0A)
    var bytes = magic + [isLong ? 2 : 1, 0]
    if isLong {
      bytes.append(littleEndian: UInt32(text.count))
    } else {
      bytes.append(littleEndian: UInt16(text.count))
    }
    return bytes + text
  }

  /// Reads the header at the start of `bytes`.
  init(parsing bytes: ArraySlice<UInt8>) throws(TensorFileError) {
    let reader = ByteCursor(bytes)
    guard bytes.starts(with: Self.magic) else { throw TensorFileError.notThisFormat("npy") }
    guard let version = reader.byte(at: 6) else { throw TensorFileError.truncated }
    let length: Int
    switch version {
    case 1:
      guard let value = reader.integer(UInt16.self, at: 8) else { throw TensorFileError.truncated }
      length = Int(value)
      dataOffset = 10 + length
    case 2, 3:
      guard let value = reader.integer(UInt32.self, at: 8) else { throw TensorFileError.truncated }
      length = Int(value)
      dataOffset = 12 + length
    default: throw TensorFileError.unsupported("npy version \(version)")
    }
    guard length <= 1 << 20 else { throw TensorFileError.tooLarge }
    guard let text = reader.slice(dataOffset - length, count: length) else {
      throw TensorFileError.truncated
    }
    var parser = PythonLiteral(text)
    let members = try parser.dictionary()
    guard case .text(let descr)? = members["descr"] else {
      throw TensorFileError.malformed("the header has no descr")
    }
    guard case .flag(let fortran)? = members["fortran_order"] else {
      throw TensorFileError.malformed("the header has no fortran_order")
    }
    guard case .tuple(let sides)? = members["shape"], sides.count <= 64 else {
      throw TensorFileError.malformed("the header has no shape")
    }
    let code = descr.dropFirst()
    guard let order = descr.first, "<>|=".contains(order),
      let type = ElementType.allCases.first(where: { $0.numpyCode.map { $0 == code } ?? false })
    else { throw TensorFileError.unsupported("elements of type \(descr.prefix(16))") }
    shape = sides
    element = type
    isBigEndian = order == ">"
    isFortranOrder = fortran
  }
}

/// Reads the dictionary of Python values that a `.npy` header is; only what numpy writes.
private struct PythonLiteral {
  enum Value {
    case text(String)
    case flag(Bool)
    case tuple([Int])
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
    default: throw broken
    }
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
