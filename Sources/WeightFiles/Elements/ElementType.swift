/// The type of the elements of a tensor in a file.
public enum ElementType: Hashable, Sendable, CaseIterable {
  /// True or false, one byte.
  case bool
  /// Signed integer of 2 bits, four to a byte.
  case int2
  /// Signed integer of 4 bits, two to a byte.
  case int4
  /// Signed integer of 8 bits.
  case int8
  /// Signed integer of 16 bits.
  case int16
  /// Signed integer of 32 bits.
  case int32
  /// Signed integer of 64 bits.
  case int64
  /// Unsigned integer of 2 bits, four to a byte.
  case uint2
  /// Unsigned integer of 4 bits, two to a byte.
  case uint4
  /// Unsigned integer of 8 bits.
  case uint8
  /// Unsigned integer of 16 bits.
  case uint16
  /// Unsigned integer of 32 bits.
  case uint32
  /// Unsigned integer of 64 bits.
  case uint64
  /// Sign, 2 bits of exponent, 1 of mantissa; neither infinity nor NaN; two to a byte.
  case float4e2m1
  /// Sign, 2 bits of exponent, 3 of mantissa; neither infinity nor NaN; four to three bytes.
  case float6e2m3
  /// Sign, 3 bits of exponent, 2 of mantissa; neither infinity nor NaN; four to three bytes.
  case float6e3m2
  /// Sign, 4 bits of exponent, 3 of mantissa; NaN but no infinity.
  case float8e4m3
  /// The same with a bias of 8, and NaN in place of the negative zero.
  case float8e4m3fnuz
  /// Sign, 5 bits of exponent, 2 of mantissa, as IEEE 754 would have it.
  case float8e5m2
  /// The same with a bias of 16, neither infinity nor negative zero.
  case float8e5m2fnuz
  /// A power of two, 2^−127 to 2^127, or NaN: a scale.
  case float8e8m0
  /// IEEE 754 binary16.
  case float16
  /// The upper half of a binary32.
  case bfloat16
  /// IEEE 754 binary32.
  case float32
  /// IEEE 754 binary64.
  case float64

  /// The size of one element in bits.
  public var bits: Int {
    switch self {
    case .int2, .uint2: 2
    case .int4, .uint4, .float4e2m1: 4
    case .float6e2m3, .float6e3m2: 6
    case .bool, .int8, .uint8: 8
    case .float8e4m3, .float8e4m3fnuz, .float8e5m2, .float8e5m2fnuz, .float8e8m0: 8
    case .int16, .uint16, .float16, .bfloat16: 16
    case .int32, .uint32, .float32: 32
    case .int64, .uint64, .float64: 64
    }
  }

  /// Whether several elements share a byte.
  public var isPacked: Bool { bits < 8 }

  /// The size of one element in bytes; a part of a byte counts as one.
  public var size: Int { max(1, bits / 8) }

  /// The bytes of `count` elements, the last one filled up; nil if they cannot be counted.
  public func bytes(of count: Int) -> Int? {
    guard isPacked else {
      let (size, overflow) = count.multipliedReportingOverflow(by: size)
      return overflow ? nil : size
    }
    let (bits, overflow) = count.multipliedReportingOverflow(by: bits)
    return overflow ? nil : bits / 8 + (bits % 8 == 0 ? 0 : 1)
  }

  /// Whether its numbers are whole ones.
  public var isInteger: Bool {
    switch self {
    case .bool, .int2, .int4, .int8, .int16, .int32, .int64: true
    case .uint2, .uint4, .uint8, .uint16, .uint32, .uint64: true
    default: false
    }
  }

  /// The name that numpy uses, such as `float32`.
  public var name: String { String(describing: self) }
}
