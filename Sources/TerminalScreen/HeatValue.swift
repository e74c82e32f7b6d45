/// What a cell of a heat map shows.
public enum HeatValue: Hashable, Sendable {
  /// Nothing is known.
  case unknown
  /// A share of the scale, 0 to 1.
  case share(Double)
  /// A share of the scale on either side of 0, −1 to 1.
  case signed(Double)
  /// Something in it is no number.
  case nan
  /// Something in it is infinite.
  case infinite(negative: Bool)

  /// Its colour; nil where there is nothing to colour.
  public var shade: Shade? {
    switch self {
    case .unknown: nil
    case .share(let value): .share(value)
    case .signed(let value): .signed(value)
    case .nan: .nan
    case .infinite(let negative): .infinite(negative: negative)
    }
  }

  /// Its character where it cannot be coloured, and the look of it.
  public func glyph(_ glyphs: GlyphSet) -> (text: String, style: Style) {
    switch self {
    case .unknown: ("?", .tentative)
    case .share(let value): (glyphs.shade(value), Style(.heat(value)))
    // Blue and yellow are told apart by everyone.
    case .signed(let value): (glyphs.shade(value.magnitude), value < 0 ? .info : .warning)
    case .nan: ("N", .error)
    case .infinite(let negative): (negative ? "v" : "^", .error)
    }
  }
}
