extension ElementType {
  /// Adds `values` to `bytes`, each rounded to the nearest element (to even between two), the least significant byte first; gives
  /// the number of values that the type cannot hold.
  ///
  /// What is too large becomes the greatest element, or infinity where the type has it; NaN of a type without NaN becomes 0. Both
  /// are counted. Elements that share bytes fill them from the lowest bits.
  public func append(_ values: [Double], to bytes: inout [UInt8]) -> Int {
    var lost = 0
    if isPacked {
      appendPacked(values, to: &bytes, &lost)
      return lost
    }
    bytes.reserveCapacity(bytes.count + values.count * size)
    for value in values {
      var code = code(value, &lost)
      for _ in 0..<size {
        bytes.append(UInt8(truncatingIfNeeded: code))
        code >>= 8
      }
    }
    return lost
  }

  private func appendPacked(_ values: [Double], to bytes: inout [UInt8], _ lost: inout Int) {
    var pending: UInt64 = 0
    var pendingBits = 0
    for value in values {
      pending |= code(value, &lost) << UInt64(pendingBits)
      pendingBits += bits
      while pendingBits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        pendingBits -= 8
      }
    }
    if pendingBits > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
  }

  /// The bits of the element that is nearest to `value`.
  private func code(_ value: Double, _ lost: inout Int) -> UInt64 {
    switch self {
    case .float64: return value.bitPattern
    case .float32:
      let rounded = Float(value)
      if rounded.isInfinite && value.isFinite { lost += 1 }
      return UInt64(rounded.bitPattern)
    case .bool:
      if value != 0 && value != 1 { lost += 1 }
      return value == 0 ? 0 : 1
    case .float8e8m0: return scale(value, &lost)
    default:
      if let form = smallFloat { return form.code(value, &lost) }
      return integer(value, &lost)
    }
  }

  /// The nearest power of two, as its exponent.
  private func scale(_ value: Double, _ lost: inout Int) -> UInt64 {
    guard value > 0, value.isFinite else {
      if !value.isNaN { lost += 1 }
      return 255
    }
    let isUpper = value.significand > 1.5
    let exponent = Int(value.exponent) + (isUpper ? 1 : 0)
    if !(-127...127).contains(exponent) { lost += 1 }
    return UInt64(min(max(exponent, -127), 127) + 127)
  }

  private func integer(_ value: Double, _ lost: inout Int) -> UInt64 {
    let isSigned: Bool
    switch self {
    case .uint2, .uint4, .uint8, .uint16, .uint32, .uint64: isSigned = false
    default: isSigned = true
    }
    let rounded = value.rounded(.toNearestOrEven)
    let mask = bits == 64 ? UInt64.max : (1 << UInt64(bits)) - 1
    let highest = isSigned ? mask >> 1 : mask
    guard !rounded.isNaN else {
      lost += 1
      return 0
    }
    if isSigned, rounded < 0 {
      let lowest = -Double(sign: .plus, exponent: bits - 1, significand: 1)
      if rounded < lowest { lost += 1 }
      let clamped = max(rounded, lowest)
      return UInt64(bitPattern: Int64(clamped)) & mask
    }
    if rounded < 0 {
      lost += 1
      return 0
    }
    // The greatest of 64 bits is no Float64, the power of two above it is.
    let limit = Double(sign: .plus, exponent: isSigned ? bits - 1 : bits, significand: 1)
    if rounded >= limit { lost += 1 }
    return rounded >= limit ? highest : UInt64(rounded)
  }

  private var smallFloat: SmallFloat? {
    switch self {
    case .float4e2m1: SmallFloat(exponentBits: 2, mantissaBits: 1, bias: 1, special: .none)
    case .float6e2m3: SmallFloat(exponentBits: 2, mantissaBits: 3, bias: 1, special: .none)
    case .float6e3m2: SmallFloat(exponentBits: 3, mantissaBits: 2, bias: 3, special: .none)
    case .float8e4m3: SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 7, special: .highest)
    case .float8e4m3fnuz:
      SmallFloat(exponentBits: 4, mantissaBits: 3, bias: 8, special: .negativeZero)
    case .float8e5m2: SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 15, special: .infinities)
    case .float8e5m2fnuz:
      SmallFloat(exponentBits: 5, mantissaBits: 2, bias: 16, special: .negativeZero)
    case .float16: SmallFloat(exponentBits: 5, mantissaBits: 10, bias: 15, special: .infinities)
    case .bfloat16: SmallFloat(exponentBits: 8, mantissaBits: 7, bias: 127, special: .infinities)
    default: nil
    }
  }
}

extension SmallFloat {
  /// The code of the number that is nearest to `value`; `lost` counts what has none.
  func code(_ value: Double, _ lost: inout Int) -> UInt64 {
    let magnitudeBits = UInt64(exponentBits + mantissaBits)
    let top: UInt64 = 1 << magnitudeBits
    let sign: UInt64 = value.sign == .minus ? top : 0
    if value.isNaN { return nan(top, &lost) }
    let greatest = greatest
    var magnitude = greatest
    if value.isFinite {
      let least = 1 - bias
      let exponent = value == 0 ? least : max(Int(value.exponent), least)
      let unit = Double(sign: .plus, exponent: exponent - mantissaBits, significand: 1)
      // Dividing by a power of two is exact, so this rounds once.
      let steps = UInt64((value.magnitude / unit).rounded(.toNearestOrEven))
      // A carry runs into the exponent, as it should; below the least exponent there is no leading one to take off.
      let code = UInt64(max(0, exponent + bias - 1)) << UInt64(mantissaBits) + steps
      magnitude = min(code, greatest + 1)
    } else {
      magnitude = greatest + 1
    }
    guard magnitude > greatest else {
      let isNegativeZero = special == .negativeZero && magnitude == 0
      return isNegativeZero ? 0 : sign | magnitude
    }
    if special == .infinities {
      if value.isFinite { lost += 1 }
      return sign | (greatest + 1)
    }
    lost += 1
    return sign | greatest
  }

  private func nan(_ top: UInt64, _ lost: inout Int) -> UInt64 {
    switch special {
    case .infinities:
      return (1 << UInt64(exponentBits + mantissaBits)) - (1 << UInt64(mantissaBits - 1))
    case .highest: return top - 1
    case .negativeZero: return top
    case .none:
      lost += 1
      return 0
    }
  }

  /// The code of the greatest number.
  private var greatest: UInt64 {
    let all: UInt64 = (1 << UInt64(exponentBits + mantissaBits)) - 1
    switch special {
    case .infinities: return all - (1 << UInt64(mantissaBits))
    case .highest: return all - 1
    case .negativeZero, .none: return all
    }
  }
}
