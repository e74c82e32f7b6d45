/// The header of a `.npy` file: shape, element type and order.
package struct NumpyHeader: Hashable {
  /// Elements that are read: a type, or two of it for a complex number.
  struct Kind: Hashable {
    var element: ElementType
    var parts = 1
  }

  var shape: [Int]
  /// The type as the header writes it, such as `<f4`.
  var type: String
  /// The type in terms of ours; nil if its elements are not read.
  var kind: Kind?
  /// Why its elements are not read.
  var reason = ""
  var isBigEndian = false
  var isFortranOrder = false
  /// Where the elements begin.
  var dataOffset = 0

  private static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

  /// The bytes of the header from the first of the file to the first element, told from the first twelve.
  static func length(_ start: [UInt8]) throws(TensorFileError) -> Int {
    let reader = ByteCursor(start)
    guard start.starts(with: magic) else { throw .notThisFormat("npy") }
    guard let version = reader.byte(at: 6) else { throw .truncated }
    let length: Int
    switch version {
    case 1:
      guard let value = reader.integer(UInt16.self, at: 8) else { throw .truncated }
      length = 10 + Int(value)
    case 2, 3:
      guard let value = reader.integer(UInt32.self, at: 8) else { throw .truncated }
      length = 12 + Int(value)
    default: throw .unsupported("npy version \(version)")
    }
    guard length <= 1 << 20 else { throw .tooLarge }
    return length
  }

  /// Reads the header at the start of `bytes`.
  init(parsing bytes: ArraySlice<UInt8>) throws(TensorFileError) {
    dataOffset = try Self.length(Array(bytes.prefix(12)))
    let prefix = bytes[bytes.startIndex + 6] == 1 ? 10 : 12
    guard let text = ByteCursor(bytes).slice(prefix, count: dataOffset - prefix) else {
      throw .truncated
    }
    var parser = PythonLiteral(text)
    let members = try parser.dictionary()
    guard case .flag(let fortran)? = members["fortran_order"] else {
      throw .malformed("the header has no fortran_order")
    }
    guard case .tuple(let sides)? = members["shape"], sides.count <= 64 else {
      throw .malformed("the header has no shape")
    }
    shape = sides
    isFortranOrder = fortran
    switch members["descr"] {
    case .text(let descr)?:
      type = descr
      isBigEndian = descr.first == ">"
      kind = Self.kind(descr)
      reason = "elements of type \(descr.prefix(16))"
    case .list?:
      type = "structured"
      reason = "a structured array"
    default: throw .malformed("the header has no descr")
    }
  }

  private static func kind(_ descr: String) -> Kind? {
    guard let order = descr.first, "<>|=".contains(order) else { return nil }
    switch descr.dropFirst() {
    case "c8": return Kind(element: .float32, parts: 2)
    case "c16": return Kind(element: .float64, parts: 2)
    case let code:
      return ElementType.allCases.first { $0.numpyCode.map { $0 == code } ?? false }
        .map { Kind(element: $0) }
    }
  }

  /// The sides, with the parts of complex numbers as the last, and the strides of Fortran order.
  func shapeAndStrides(of kind: Kind) -> ([Int], [Int]?) {
    let sides = kind.parts == 1 ? shape : shape + [kind.parts]
    guard isFortranOrder, shape.count > 1 else { return (sides, nil) }
    var strides: [Int] = []
    var stride = kind.parts
    for side in shape {
      strides.append(stride)
      let (next, overflow) = stride.multipliedReportingOverflow(by: max(side, 1))
      // Such a shape is refused by its layout.
      stride = overflow ? .max : next
    }
    return (sides, kind.parts == 1 ? strides : strides + [1])
  }

  /// The bytes of a header of `shape`, up to the first element: version 1, or 2 if the header is long; a multiple of 64 bytes.
  ///
  /// Nil if numpy has no such elements.
  package static func bytes(shape: [Int], element: ElementType) -> [UInt8]? {
    guard let code = element.numpyCode else { return nil }
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
}
