extension NumberFormat {
  /// The shortest text that reads back as `value`: `0.1`, `1e-07`, `-3`, `-0.0`; `nan`, `inf`, `-inf`.
  public static func shortest(_ value: Double) -> String {
    value == 0 && value.sign == .minus ? "-0.0" : Decimal(value).map(\.plain) ?? words(value)
  }

  /// The shortest text that reads back as `value` in Float32.
  public static func shortest(_ value: Float) -> String {
    value == 0 && value.sign == .minus
      ? "-0.0" : Decimal(description: value.description).map(\.plain) ?? words(Double(value))
  }

  /// `value` with that many leading digits (1 to 17), rounded half away from zero, for people: `0.0713`, `1,020`, `1.5e-09`.
  ///
  /// Zeros at the end of the fraction are left out unless `keepsZeros`.
  public static func significant(_ value: Double, digits: Int = 4, keepsZeros: Bool = false)
    -> String
  {
    guard var decimal = Decimal(value) else { return words(value) }
    let wanted = max(1, min(digits, 17))
    decimal.round(toDigits: wanted)
    if keepsZeros && !decimal.isZero {
      while decimal.digits.count < wanted && decimal.point < decimal.digits.count + 1 {
        decimal.digits.append(0)
      }
    }
    return decimal.grouped
  }

  /// `value` with exactly `decimals` (0 to 17) digits after the point: `1,864.25`.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard var decimal = Decimal(value) else { return words(value) }
    let places = max(0, min(decimals, 17))
    // Beyond 10^21 the digits after the point say nothing.
    guard decimal.point <= 21 else { return decimal.plain }
    decimal.round(toDigits: decimal.point + places)
    return decimal.positional(decimals: places, grouped: true)
  }

  private static func words(_ value: Double) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }
}

/// A decimal number as digits and a place for the point: 0.d₁d₂… · 10^point.
private struct Decimal {
  var isNegative = false
  var digits: [UInt8] = []
  var point = 0

  var isZero: Bool { digits.isEmpty }

  /// The shortest decimal that reads back as `value`; nil if it is not finite.
  init?(_ value: Double) { self.init(description: value.description) }

  /// From Swift's description of a number, which is the shortest that reads back.
  init?(description: String) {
    var exponent = 0
    var seenPoint = false
    var mantissa = description[...]
    if let mark = mantissa.firstIndex(of: "e") {
      guard let parsed = Int(mantissa[mantissa.index(after: mark)...]) else { return nil }
      exponent = parsed
      mantissa = mantissa[..<mark]
    }
    for byte in mantissa.utf8 {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): seenPoint = true
      case 0x30...0x39:
        if !seenPoint { point += 1 }
        digits.append(byte - 0x30)
      default: return nil
      }
    }
    point += exponent
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return trim()
    }
    let up = digits[count] >= 5
    digits.removeLast(digits.count - count)
    guard up else { return trim() }
    var index = count - 1
    while index >= 0 && digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
    trim()
  }

  private var usesExponent: Bool { !isZero && (point < -3 || point > 15) }
  var plain: String { usesExponent ? scientific : positional(decimals: nil, grouped: false) }
  var grouped: String { usesExponent ? scientific : positional(decimals: nil, grouped: true) }

  private var scientific: String {
    var text = (isNegative ? "-" : "") + String(digits[0])
    if digits.count > 1 { text += "." + digits[1...].map { String($0) }.joined() }
    let exponent = point - 1
    return text + (exponent < 0 ? "e-" : "e+") + (abs(exponent) < 10 ? "0" : "")
      + String(abs(exponent))
  }

  /// With as many `decimals` as given, or as needed if nil.
  func positional(decimals: Int?, grouped: Bool) -> String {
    var whole = ""
    for index in 0..<max(point, 1) {
      let digit = point > 0 && index < digits.count ? digits[index] : 0
      if grouped && index > 0 && (max(point, 1) - index) % 3 == 0 { whole += "," }
      whole += String(digit)
    }
    var fraction = ""
    let places = decimals ?? max(0, digits.count - point)
    for index in 0..<places {
      let place = point + index
      fraction += String(place >= 0 && place < digits.count ? digits[place] : 0)
    }
    let sign = isNegative && !isZero ? "-" : ""
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction)
  }
}
