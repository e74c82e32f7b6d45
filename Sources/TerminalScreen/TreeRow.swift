/// The left part of a tree row: indent, open or closed mark, label.
public enum TreeRow {
  /// Whether a row has children and shows them.
  public enum State: Hashable, Sendable {
    case open, closed, leaf
  }

  /// The row's text; indents beyond `indentLimit` columns show the depth as a number instead.
  public static func text(
    depth: Int, _ state: State, _ label: StyledText, glyphs: GlyphSet, indentLimit: Int = 24
  ) -> StyledText {
    let indent = 2 * max(0, depth)
    let lead: String
    if indent <= indentLimit {
      lead = String(repeating: " ", count: indent)
    } else {
      let mark = "\(depth)"
      lead = String(repeating: " ", count: max(0, indentLimit - mark.count - 1)) + mark + " "
    }
    let mark =
      switch state {
      case .open: glyphs.open
      case .closed: glyphs.closed
      case .leaf: glyphs.leaf
      }
    return StyledText(lead, .dim) + StyledText(mark + " ", state == .leaf ? .dim : .normal) + label
  }
}
