/// A colour that stands for a value, in terminals of 256 colours; the same in all themes, as it covers the ground.
public enum Shade: Hashable, Sendable {
  /// A step from least to greatest, 0 to 9.
  case ramp(UInt8)
  /// A step from −5 over 0 to 5.
  case diverging(Int8)
  /// No number.
  case nan
  /// Infinite, above or below.
  case infinite(negative: Bool)

  /// The step of a share, 0 to 1.
  public static func share(_ value: Double) -> Shade {
    .ramp(UInt8(max(0, min(9, (value * 10).rounded(.down)))))
  }

  /// The step of a value from −1 to 1; only 0 itself is in the middle of little ones.
  public static func signed(_ value: Double) -> Shade {
    let step = (value.magnitude * 5).rounded(.up)
    return .diverging(Int8(max(-5, min(5, value < 0 ? -step : step))))
  }

  /// From dark to light over blue and green, so that it reads in grey and without red.
  static let ramp: [UInt8] = [53, 54, 55, 25, 31, 37, 72, 78, 149, 191]
  /// Blue below, orange above, white between: told apart with every kind of colour blindness.
  static let diverging: [UInt8] = [25, 32, 74, 117, 195, 231, 223, 215, 208, 166, 130]

  /// The colour.
  var color: Color {
    switch self {
    case .ramp(let step): Color(Self.ramp[min(Int(step), Self.ramp.count - 1)])
    case .diverging(let step): Color(Self.diverging[max(0, min(10, Int(step) + 5))])
    case .nan: Color(201)
    case .infinite(negative: false): Color(196)
    case .infinite(negative: true): Color(21)
    }
  }
}
