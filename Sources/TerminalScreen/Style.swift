/// What a piece of text is; a theme turns it into a colour and attributes.
public enum Role: UInt8, CaseIterable, Sendable {
  case normal, dim, heading, title, link, keyHint
  case error, warning, info, success
  case coded, inferred, derived, tentative
  case name, number, string, descriptor
  case frame, frameFocused, bar, barTrack
  case series0, series1, series2, series3, series4, series5, series6, series7
  case heat0, heat1, heat2, heat3, heat4, heat5, heat6, heat7

  /// The colour of series `index` in stacked bars; repeats after eight.
  public static func series(_ index: Int) -> Role {
    let slot = UInt8(truncatingIfNeeded: ((index % 8) + 8) % 8)
    return Role(rawValue: Role.series0.rawValue + slot) ?? .series0
  }

  /// The heat-map colour of a value in 0…1; values outside are clamped, NaN is the lowest.
  public static func heat(_ value: Double) -> Role {
    let level = UInt8(max(0, min(7, value.isNaN ? 0 : max(0, min(1, value)) * 8)))
    return Role(rawValue: Role.heat0.rawValue + min(7, level)) ?? .heat0
  }

  /// One character for the role in annotated dumps.
  public var letter: Character {
    switch self {
    case .normal: "."
    case .dim: "d"
    case .heading: "H"
    case .title: "T"
    case .link: "L"
    case .keyHint: "K"
    case .error: "E"
    case .warning: "W"
    case .info: "I"
    case .success: "O"
    case .coded: "c"
    case .inferred: "i"
    case .derived: "v"
    case .tentative: "t"
    case .name: "n"
    case .number: "#"
    case .string: "s"
    case .descriptor: "r"
    case .frame: "f"
    case .frameFocused: "F"
    case .bar: "b"
    case .barTrack: "_"
    case .series0, .series1, .series2, .series3, .series4, .series5, .series6, .series7:
      Character(Unicode.Scalar(UInt8(ascii: "0") + rawValue - Role.series0.rawValue))
    case .heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6, .heat7:
      Character(Unicode.Scalar(UInt8(ascii: "0") + rawValue - Role.heat0.rawValue))
    }
  }
}

/// What lies under a piece of text: selection bars, search matches, marked bits.
public enum Highlight: UInt8, CaseIterable, Sendable {
  case none, selection, selectionInactive, match, element, enclosing, strip

  /// One character for the highlight in annotated dumps.
  public var letter: Character {
    switch self {
    case .none: " "
    case .selection: "S"
    case .selectionInactive: "s"
    case .match: "m"
    case .element: "e"
    case .enclosing: "n"
    case .strip: "="
    }
  }
}

/// Attributes that a terminal may show beside colour.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// Bits of the set.
  public let rawValue: UInt8

  /// Makes a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Bold or bright.
  public static let bold = Attributes(rawValue: 1)
  /// Underlined.
  public static let underline = Attributes(rawValue: 2)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 4)
  /// Faint.
  public static let dim = Attributes(rawValue: 8)
}

/// The look of a cell by meaning: role, highlight under it, extra attributes.
public struct Style: Hashable, Sendable {
  /// What the text is.
  public var role: Role
  /// What lies under it.
  public var highlight: Highlight
  /// Attributes added to those that the theme gives the role.
  public var attributes: Attributes
  /// A colour in place of the role's, where there are many.
  public var shade: Shade?
  /// A colour behind the text, where there are many.
  public var ground: Shade?

  /// Makes a style.
  public init(
    _ role: Role = .normal, on highlight: Highlight = .none, _ attributes: Attributes = []
  ) {
    self.role = role
    self.highlight = highlight
    self.attributes = attributes
  }

  /// A cell in colours that stand for values: of the text, and behind it.
  public init(_ shade: Shade?, over ground: Shade?) {
    self.init()
    (self.shade, self.ground) = (shade, ground)
  }

  /// Plain text.
  public static let normal = Style(.normal)
  /// Text of lesser weight.
  public static let dim = Style(.dim)
  /// Column and section headings.
  public static let heading = Style(.heading)
  /// Pane and screen titles.
  public static let title = Style(.title)
  /// Text that leads elsewhere.
  public static let link = Style(.link)
  /// Names of keys in hints.
  public static let keyHint = Style(.keyHint)
  /// Errors; always with the letter `E` or a word.
  public static let error = Style(.error)
  /// Warnings; always with the letter `W` or a word.
  public static let warning = Style(.warning)
  /// Notes; always with the letter `I` or a word.
  public static let info = Style(.info)
  /// Good outcomes; always with a word.
  public static let success = Style(.success)
  /// Elements that stand in the bitstream.
  public static let coded = Style(.coded)
  /// Elements that are absent and inferred.
  public static let inferred = Style(.inferred)
  /// Values computed from others.
  public static let derived = Style(.derived)
  /// Values that may still change.
  public static let tentative = Style(.tentative)
  /// Names of elements and tensors.
  public static let name = Style(.name)
  /// Numbers.
  public static let number = Style(.number)
  /// Text out of the bitstream.
  public static let string = Style(.string)
  /// Descriptors such as `u(8)`.
  public static let descriptor = Style(.descriptor)
  /// Filled part of bars.
  public static let bar = Style(.bar)
  /// Empty part of bars.
  public static let barTrack = Style(.barTrack)

  /// The same style on another highlight.
  public func on(_ highlight: Highlight) -> Style {
    var style = self
    style.highlight = highlight
    return style
  }
  /// The same style with attributes added.
  public func adding(_ more: Attributes) -> Style {
    var style = self
    style.attributes.formUnion(more)
    return style
  }
}
