/// How roles and highlights look.
public struct Theme: Hashable, Sendable {
  /// The themes there are.
  public enum Name: String, CaseIterable, Sendable {
    /// The terminal's own colours, with basic colours for accents.
    case terminal
    /// Light text on a dark ground.
    case dark
    /// Dark text on a light ground.
    case light
    /// Strongest contrast.
    case contrast
  }

  /// Which theme.
  public let name: Name
  /// Colours available.
  public let depth: ColorDepth

  /// Makes a theme for a terminal.
  public init(_ name: Name = .terminal, depth: ColorDepth = .palette) {
    self.name = name
    self.depth = depth
  }

  /// The look of a style.
  public func appearance(_ style: Style) -> Appearance {
    var look = Appearance(nil, on: nil, style.attributes.union(Self.attributes(style.role)))
    if depth != .monochrome {
      look.foreground = foreground(style.role)
      look.background = ground
    }
    if depth == .palette {
      look.foreground = style.shade?.color ?? look.foreground
      look.background = style.ground?.color ?? look.background
    }
    apply(style.highlight, to: &look)
    if depth == .basic {
      look.foreground = look.foreground?.nearestBasic
      look.background = look.background?.nearestBasic
      if let text = look.foreground, text == look.background {
        look.foreground = text == .black ? .white : .black
      }
    }
    return look
  }

  /// Attributes of a role, enough to tell it apart without colour where that matters.
  static func attributes(_ role: Role) -> Attributes {
    switch role {
    case .heading, .title, .error, .warning, .keyHint, .frameFocused: .bold
    case .link: .underline
    case .dim, .inferred, .barTrack: .dim
    default: []
    }
  }

  private func apply(_ highlight: Highlight, to look: inout Appearance) {
    switch highlight {
    case .none: return
    // Text on a highlight is never faint: it is what the eye looks for.
    case .selection:
      look.attributes = look.attributes.subtracting(.dim).union(.reverse)
    case .selectionInactive:
      look.attributes = look.attributes.subtracting(.dim).union([.underline, .bold])
    case .match:
      look.attributes = look.attributes.subtracting(.dim).union([.underline, .reverse, .bold])
    case .element:
      look.attributes = look.attributes.subtracting(.dim).union(.reverse)
    case .enclosing:
      look.attributes = look.attributes.subtracting(.dim).union(.underline)
    case .strip:
      look.attributes = look.attributes.union(.reverse).subtracting(.dim)
    }
    guard depth != .monochrome, let pair = Palette.of(name).pair(highlight) else { return }
    look.foreground = pair.text
    look.background = pair.ground
    look.attributes = look.attributes.subtracting(.reverse)
  }

  private var ground: Color? { Palette.of(name).ground }

  private func foreground(_ role: Role) -> Color? { Palette.of(name).text(role, depth) }
}
