/// Which characters the screen may be drawn with.
public enum GlyphSet: String, CaseIterable, Sendable {
  /// ASCII only.
  case ascii
  /// Box drawing and eighth blocks.
  case block
  /// As `block`, with braille dots in plots.
  case braille

  /// Whether nothing beyond ASCII may be drawn.
  public var isASCII: Bool { self == .ascii }

  /// The mark that text was cut off.
  public var ellipsis: String { isASCII ? "~" : "…" }
  /// The mark of an open tree row.
  public var open: String { isASCII ? "v" : "▾" }
  /// The mark of a closed tree row.
  public var closed: String { isASCII ? ">" : "▸" }
  /// The mark of a tree row without children.
  public var leaf: String { isASCII ? "." : "·" }
  /// The mark beside the selected row.
  public var pointer: String { isASCII ? ">" : "▶" }
  /// The mark of a column sorted from small to large.
  public var ascending: String { isASCII ? "^" : "▲" }
  /// The mark of a column sorted from large to small.
  public var descending: String { isASCII ? "v" : "▼" }
  /// The mark of an element that is absent and inferred.
  public var inferred: String { isASCII ? "o" : "○" }
  /// The mark of a value computed from others.
  public var derived: String { isASCII ? "~" : "◇" }
  /// The mark of a value that may still change.
  public var tentative: String { "?" }
  /// The vertical rule between columns, and scroll tracks.
  public var vertical: String { isASCII ? "|" : "│" }
  /// The horizontal rule.
  public var horizontal: String { isASCII ? "-" : "─" }
  /// The thumb of a scroll bar.
  public var thumb: String { isASCII ? "#" : "█" }

  /// The corners and junctions of frames.
  public enum Junction: Sendable {
    case topLeft, topRight, bottomLeft, bottomRight, left, right, top, bottom, cross
  }

  /// The character of a junction.
  public func junction(_ junction: Junction) -> String {
    if isASCII { return "+" }
    return switch junction {
    case .topLeft: "┌"
    case .topRight: "┐"
    case .bottomLeft: "└"
    case .bottomRight: "┘"
    case .left: "├"
    case .right: "┤"
    case .top: "┬"
    case .bottom: "┴"
    case .cross: "┼"
    }
  }
}
