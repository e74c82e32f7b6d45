import PlainText

/// A tensor read from a file: its elements as bytes, little-endian, C order.
public struct TensorData: Hashable, Sendable {
  /// The sides; empty for a scalar.
  public let shape: [Int]
  /// The type of the elements.
  public let element: ElementType
  /// The elements, the least significant byte first.
  public let bytes: [UInt8]

  /// A tensor of `bytes`; throws if they do not fill the shape exactly.
  init(shape: [Int], element: ElementType, bytes: [UInt8]) throws(TensorFileError) {
    guard let count = ElementCount.of(shape) else {
      throw TensorFileError.malformed("impossible shape")
    }
    let (size, overflow) = count.multipliedReportingOverflow(by: element.size)
    guard !overflow, size <= bytes.count else { throw TensorFileError.truncated }
    guard size == bytes.count else {
      throw TensorFileError.malformed("more data than the shape holds")
    }
    self.shape = shape
    self.element = element
    self.bytes = bytes
  }

  /// The number of elements.
  public var count: Int { bytes.count / element.size }

  /// The elements as Float64; integers beyond 2^53 are rounded.
  public var doubles: [Double] { (0..<count).map { double(at: $0) } }

  /// The elements as Float32, rounded to nearest.
  public var floats: [Float] { (0..<count).map { Float(double(at: $0)) } }

  /// The elements as Int32; nil if they are no integers or one is out of range.
  public var int32s: [Int32]? {
    guard ![.float16, .bfloat16, .float32, .float64].contains(element) else { return nil }
    var result: [Int32] = []
    result.reserveCapacity(count)
    for index in 0..<count {
      let isUnsigned = [.bool, .uint8, .uint16, .uint32, .uint64].contains(element)
      let raw = raw(at: index)
      let value =
        isUnsigned ? Int32(exactly: raw) : Int32(exactly: Self.signed(raw, size: element.size))
      guard let value else { return nil }
      result.append(value)
    }
    return result
  }

  private func raw(at index: Int) -> UInt64 {
    var value: UInt64 = 0
    let start = index * element.size
    for place in (0..<element.size).reversed() { value = value << 8 | UInt64(bytes[start + place]) }
    return value
  }

  private static func signed(_ raw: UInt64, size: Int) -> Int64 {
    let shift = UInt64(64 - 8 * size)
    return Int64(bitPattern: raw << shift) >> Int64(shift)
  }

  private func double(at index: Int) -> Double {
    let raw = raw(at: index)
    switch element {
    case .bool: return raw == 0 ? 0 : 1
    case .uint8, .uint16, .uint32, .uint64: return Double(raw)
    case .int8, .int16, .int32, .int64: return Double(Self.signed(raw, size: element.size))
    case .bfloat16: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw) << 16))
    case .float32: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: raw)))
    case .float64: return Double(bitPattern: raw)
    case .float16: return Self.half(UInt16(truncatingIfNeeded: raw))
    }
  }

  /// A binary16 as Float64, by hand: not every machine has the type.
  private static func half(_ bits: UInt16) -> Double {
    let sign: Double = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF) / 1024
    switch exponent {
    case 0: return sign * fraction * 0x1p-14
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default:
      return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
    }
  }
}

/// Why a tensor file could not be read.
public enum TensorFileError: Error, Hashable, Sendable {
  /// The bytes are no file of that format.
  case notThisFormat(String)
  /// The file ends too early.
  case truncated
  /// The file contradicts itself; how.
  case malformed(String)
  /// The file uses something that is not read here.
  case unsupported(String)
  /// The file asks for more memory than is allowed.
  case tooLarge
}

extension TensorFileError: CustomStringConvertible {
  /// A sentence for a person, safe to print.
  public var description: String {
    switch self {
    case .notThisFormat(let format): "not a file of the format \(format)"
    case .truncated: "the file ends too early"
    case .malformed(let how): "the file is damaged: " + SafeText.line(how, limit: 200)
    case .unsupported(let what): "not supported: " + SafeText.line(what, limit: 200)
    case .tooLarge: "the file asks for more memory than is allowed"
    }
  }
}

/// Checked reads at places of untrusted bytes.
struct ByteCursor {
  private let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  var count: Int { bytes.count }

  func byte(at offset: Int) -> UInt8? { slice(offset, count: 1)?.first }

  /// `count` bytes from `offset`; nil if they are not all there.
  func slice(_ offset: Int, count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
      return nil
    }
    let start = bytes.startIndex + offset
    return bytes[start..<start + count]
  }

  /// A little-endian integer at `offset`; nil if it is not all there.
  func integer<Value: FixedWidthInteger & UnsignedInteger>(_: Value.Type, at offset: Int) -> Value?
  {
    guard let slice = slice(offset, count: Value.bitWidth / 8) else { return nil }
    return slice.reversed().reduce(0) { $0 << 8 | Value($1) }
  }
}
