import PlainText

/// A line of text in pieces of different style.
public struct StyledText: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// A piece of one style.
  public struct Span: Hashable, Sendable {
    /// The text.
    public var text: String
    /// Its look.
    public var style: Style

    /// Makes a piece.
    public init(_ text: String, _ style: Style = .normal) {
      self.text = text
      self.style = style
    }
  }

  /// The pieces, left to right.
  public var spans: [Span]

  /// Text of one style.
  public init(_ text: String = "", _ style: Style = .normal) {
    spans = text.isEmpty ? [] : [Span(text, style)]
  }

  /// Text of pieces.
  public init(spans: [Span]) { self.spans = spans }

  /// Plain text.
  public init(stringLiteral value: String) { self.init(value) }

  /// The text without styles.
  public var string: String { spans.map(\.text).joined() }

  /// Columns the text takes.
  public func width(_ glyphs: GlyphSet = .block) -> Int {
    spans.reduce(0) { $0 + CellText.width($1.text, glyphs: glyphs) }
  }

  /// Joins two lines.
  public static func + (left: StyledText, right: StyledText) -> StyledText {
    StyledText(spans: left.spans + right.spans)
  }

  /// Appends a line.
  public static func += (left: inout StyledText, right: StyledText) {
    left.spans += right.spans
  }

  /// Appends text of a style.
  public mutating func append(_ text: String, _ style: Style = .normal) {
    spans.append(Span(text, style))
  }

  /// The line with another highlight under all of it.
  public func on(_ highlight: Highlight) -> StyledText {
    StyledText(spans: spans.map { Span($0.text, $0.style.on(highlight)) })
  }

  /// The line cut to `width` columns, the last of them an ellipsis if anything was cut.
  public func truncated(to width: Int, _ glyphs: GlyphSet = .block) -> StyledText {
    guard self.width(glyphs) > width else { return self }
    guard width > 0 else { return StyledText() }
    var room = width - 1
    var result = StyledText()
    for span in spans {
      var kept = ""
      var full = false
      CellText.forEach(span.text, glyphs: glyphs) { cell, columns in
        guard columns <= room else {
          full = true
          return false
        }
        room -= columns
        kept += cell
        return true
      }
      if !kept.isEmpty { result.append(kept, span.style) }
      if full {
        result.append(glyphs.ellipsis, span.style)
        return result
      }
    }
    result.append(glyphs.ellipsis, spans.last?.style ?? .normal)
    return result
  }
}
