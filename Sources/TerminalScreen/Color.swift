/// A colour of the terminal's palette.
public struct Color: Hashable, Sendable {
  /// Index in the 256-colour palette; 0…7 are the eight basic colours.
  public let index: UInt8

  /// Makes a colour from its palette index.
  public init(_ index: UInt8) { self.index = index }

  /// Basic colours.
  public static let black = Color(0)
  /// Basic red.
  public static let red = Color(1)
  /// Basic green.
  public static let green = Color(2)
  /// Basic yellow.
  public static let yellow = Color(3)
  /// Basic magenta.
  public static let magenta = Color(5)
  /// Basic cyan.
  public static let cyan = Color(6)
  /// Basic white.
  public static let white = Color(7)

  /// Red, green and blue (0…255) in xterm's default palette.
  public var rgb: (red: Int, green: Int, blue: Int) {
    let value = Int(index)
    if value < 16 { return Self.basic[value] }
    if value < 232 {
      let levels = [0, 95, 135, 175, 215, 255]
      let cube = value - 16
      return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    }
    let grey = 8 + 10 * (value - 232)
    return (grey, grey, grey)
  }

  private static let basic: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  /// Relative luminance (0…1) as WCAG 2 defines it.
  public var luminance: Double {
    func linear(_ value: Int) -> Double {
      // (x + 0.055) / 1.055 to the power 2.4, by its polynomial fit; no C library is needed for it.
      let s = Double(value) / 255
      return s <= 0.04045 ? s / 12.92 : s * (s * (s * 0.305306011 + 0.682171111) + 0.012522878)
    }
    let (red, green, blue) = rgb
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio (1…21) as WCAG 2 defines it.
  public func contrast(with other: Color) -> Double {
    let (a, b) = (luminance, other.luminance)
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }

  /// The nearest of the eight basic colours.
  public var nearestBasic: Color {
    if index < 8 { return self }
    let (red, green, blue) = rgb
    func distance(_ candidate: UInt8) -> Int {
      let (r, g, b) = Color(candidate).rgb
      return (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue)
    }
    return Color((0..<8).min { distance($0) < distance($1) } ?? 7)
  }
}

/// How many colours a terminal has.
public enum ColorDepth: Sendable, CaseIterable {
  /// None, or colour was refused.
  case monochrome
  /// The eight basic ones.
  case basic
  /// The 256-colour palette.
  case palette
}

/// What a terminal is told to show for a style.
public struct Appearance: Hashable, Sendable {
  /// Colour of the text; nil is the terminal's own.
  public var foreground: Color?
  /// Colour behind the text; nil is the terminal's own.
  public var background: Color?
  /// Attributes.
  public var attributes: Attributes

  /// Makes an appearance.
  public init(
    _ foreground: Color? = nil, on background: Color? = nil, _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
