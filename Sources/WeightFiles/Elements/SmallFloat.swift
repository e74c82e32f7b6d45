/// A float of at most eight bits: where its fields are and what its highest codes mean.
struct SmallFloat {
  /// What the codes beyond the numbers mean.
  enum Special {
    /// The highest exponent is infinity or NaN.
    case infinities
    /// All bits but the sign set are NaN.
    case highest
    /// The negative zero is NaN.
    case negativeZero
    /// Every code is a number.
    case none
  }

  var exponentBits: Int
  var mantissaBits: Int
  var bias: Int
  var special: Special

  /// The number that a code stands for.
  func value(_ code: Int) -> Double {
    let magnitudeBits = exponentBits + mantissaBits
    let isNegative = code >> magnitudeBits & 1 == 1
    let magnitude = code & (1 << magnitudeBits - 1)
    let mantissa = magnitude & (1 << mantissaBits - 1)
    let exponent = magnitude >> mantissaBits
    switch special {
    case .infinities where exponent == 1 << exponentBits - 1:
      return mantissa != 0 ? .nan : isNegative ? -.infinity : .infinity
    case .highest where magnitude == 1 << magnitudeBits - 1: return .nan
    case .negativeZero where isNegative && magnitude == 0: return .nan
    default: break
    }
    let fraction = Double(mantissa) / Double(1 << mantissaBits)
    let size =
      exponent == 0
      ? Double(sign: .plus, exponent: 1 - bias, significand: fraction)
      : Double(sign: .plus, exponent: exponent - bias, significand: 1 + fraction)
    return isNegative ? -size : size
  }

  /// The numbers of all codes.
  var values: [Double] { (0..<1 << (1 + exponentBits + mantissaBits)).map(value) }
}

extension ElementType {
  /// The numbers that the codes of a type of at most eight bits stand for; nil for wider types.
  var codeValues: [Double]? {
    switch self {
    case .bool: CodeValues.bool
    case .int2: CodeValues.int2
    case .int4: CodeValues.int4
    case .int8: CodeValues.int8
    case .uint2: CodeValues.uint2
    case .uint4: CodeValues.uint4
    case .uint8: CodeValues.uint8
    case .float4e2m1: CodeValues.e2m1
    case .float6e2m3: CodeValues.e2m3
    case .float6e3m2: CodeValues.e3m2
    case .float8e4m3: CodeValues.e4m3
    case .float8e4m3fnuz: CodeValues.e4m3fnuz
    case .float8e5m2: CodeValues.e5m2
    case .float8e5m2fnuz: CodeValues.e5m2fnuz
    case .float8e8m0: CodeValues.e8m0
    default: nil
    }
  }
}

/// The numbers of small codes, computed once.
private enum CodeValues {
  static let bool = (0..<256).map { $0 == 0 ? 0.0 : 1.0 }
  static let uint2 = unsigned(2)
  static let uint4 = unsigned(4)
  static let uint8 = unsigned(8)
  static let int2 = signed(2)
  static let int4 = signed(4)
  static let int8 = signed(8)
  static let e2m1 = SmallFloat(exponentBits: 2, mantissaBits: 1, bias: 1, special: .none).values
  static let e2m3 = SmallFloat(exponentBits: 2, mantissaBits: 3, bias: 1, special: .none).values
  static let e3m2 = SmallFloat(exponentBits: 3, mantissaBits: 2, bias: 3, special: .none).values
  static let e4m3 = SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 7, special: .highest).values
  static let e4m3fnuz =
    SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 8, special: .negativeZero).values
  static let e5m2 =
    SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 15, special: .infinities).values
  static let e5m2fnuz =
    SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 16, special: .negativeZero).values
  static let e8m0 = (0..<256).map {
    $0 == 255 ? Double.nan : Double(sign: .plus, exponent: $0 - 127, significand: 1)
  }

  private static func unsigned(_ bits: Int) -> [Double] { (0..<1 << bits).map(Double.init) }

  private static func signed(_ bits: Int) -> [Double] {
    (0..<1 << bits).map { Double($0 < 1 << (bits - 1) ? $0 : $0 - 1 << bits) }
  }
}
