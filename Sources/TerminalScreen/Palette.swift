/// The colours of one theme.
struct Palette: Sendable {
  /// Text and ground of a highlight.
  struct Pair: Sendable {
    /// Colour of the text.
    var text: Color
    /// Colour behind it.
    var ground: Color
  }

  /// Ground of everything; nil is the terminal's own.
  var ground: Color?
  /// Plain text; nil is the terminal's own.
  var plain: Color?
  /// Text of lesser weight, frames.
  var faint: Color?
  /// Headings and titles.
  var heading: Color?
  /// Keys, links, bars.
  var key: Color?
  /// Errors.
  var error: Color?
  /// Warnings and tentative values.
  var warning: Color?
  /// Notes.
  var info: Color?
  /// Good outcomes and strings.
  var success: Color?
  /// Computed values.
  var derived: Color?
  /// Numbers.
  var number: Color?
  /// Series of stacked bars.
  var series: [Color]
  /// Ramp of the heat map, low to high.
  var heat: [Color]
  /// Highlights that have colours of their own; the others use attributes.
  var pairs: [Highlight: Pair]

  /// Colours of a highlight, if it has its own.
  func pair(_ highlight: Highlight) -> Pair? { pairs[highlight] }

  /// Colour of a role's text; nil is the terminal's own.
  func text(_ role: Role, _ depth: ColorDepth) -> Color? {
    switch role {
    case .normal, .coded, .name: plain
    case .title: heading
    case .dim, .inferred, .frame, .barTrack, .descriptor: faint
    case .heading, .frameFocused: heading
    case .keyHint, .link: key
    case .error: error
    case .warning, .tentative: warning
    case .info: info
    case .success: success
    case .derived: derived
    case .number: number
    case .string: success
    case .bar: key
    case .series0, .series1, .series2, .series3, .series4, .series5, .series6, .series7:
      series[Int(role.rawValue - Role.series0.rawValue) % series.count]
    case .heat0, .heat1, .heat2, .heat3, .heat4, .heat5, .heat6, .heat7:
      // Eight colours are no ramp: the shades of the glyphs carry the value there.
      depth == .basic ? plain : heat[Int(role.rawValue - Role.heat0.rawValue) % heat.count]
    }
  }

  /// The palette of a theme.
  static func of(_ name: Theme.Name) -> Palette {
    switch name {
    case .terminal: terminal
    case .dark: dark
    case .light: light
    case .contrast: contrast
    }
  }

  private static func colors(_ indices: [UInt8]) -> [Color] { indices.map { Color($0) } }

  /// Basic colours only, chosen by the user in the terminal; selections are reversed.
  private static let terminal = Palette(
    ground: nil, plain: nil, faint: nil, heading: nil, key: .cyan, error: .red, warning: .yellow,
    info: .cyan, success: .green, derived: .magenta, number: nil,
    series: colors([4, 2, 3, 5, 6, 1, 7, 4]), heat: colors([4, 4, 6, 6, 2, 3, 3, 1]),
    pairs: [
      .match: Pair(text: .black, ground: .yellow), .element: Pair(text: .black, ground: .cyan),
    ])

  private static let dark = Palette(
    ground: Color(234), plain: Color(252), faint: Color(247), heading: Color(231), key: Color(117),
    error: Color(210), warning: Color(221), info: Color(117), success: Color(114),
    derived: Color(183), number: Color(223),
    series: colors([75, 114, 221, 176, 80, 210, 252, 141]),
    heat: colors([67, 74, 79, 114, 149, 185, 215, 210]),
    pairs: [
      .selection: Pair(text: Color(16), ground: Color(153)),
      .selectionInactive: Pair(text: Color(231), ground: Color(239)),
      .match: Pair(text: Color(16), ground: Color(221)),
      .element: Pair(text: Color(16), ground: Color(80)),
      .enclosing: Pair(text: Color(231), ground: Color(238)),
      .strip: Pair(text: Color(231), ground: Color(237)),
    ])

  private static let light = Palette(
    ground: Color(231), plain: Color(235), faint: Color(241), heading: Color(16), key: Color(25),
    error: Color(124), warning: Color(94), info: Color(25), success: Color(22), derived: Color(90),
    number: Color(58), series: colors([25, 28, 130, 90, 30, 124, 240, 55]),
    heat: colors([67, 31, 30, 28, 64, 94, 130, 124]),
    pairs: [
      .selection: Pair(text: Color(231), ground: Color(25)),
      .selectionInactive: Pair(text: Color(16), ground: Color(252)),
      .match: Pair(text: Color(16), ground: Color(221)),
      .element: Pair(text: Color(16), ground: Color(116)),
      .enclosing: Pair(text: Color(16), ground: Color(254)),
      .strip: Pair(text: Color(16), ground: Color(253)),
    ])

  private static let contrast = Palette(
    ground: Color(16), plain: Color(231), faint: Color(252), heading: Color(231), key: Color(51),
    error: Color(217), warning: Color(226), info: Color(51), success: Color(120),
    derived: Color(225), number: Color(231),
    series: colors([123, 120, 226, 219, 51, 217, 231, 189]),
    heat: colors([117, 123, 121, 120, 190, 226, 222, 217]),
    pairs: [
      .selection: Pair(text: Color(16), ground: Color(226)),
      .selectionInactive: Pair(text: Color(231), ground: Color(18)),
      .match: Pair(text: Color(16), ground: Color(51)),
      .element: Pair(text: Color(16), ground: Color(231)),
      .enclosing: Pair(text: Color(231), ground: Color(18)),
      .strip: Pair(text: Color(16), ground: Color(252)),
    ])
}
