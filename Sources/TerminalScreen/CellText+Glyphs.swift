import PlainText

extension CellText {
  /// Columns the text takes when it is drawn with `glyphs`.
  public static func width(_ text: String, glyphs: GlyphSet) -> Int {
    width(text, ascii: glyphs.isASCII)
  }

  /// Calls `body` with the content and width (1 or 2) of each cell drawn with `glyphs` until it returns false.
  public static func forEach(
    _ text: String, glyphs: GlyphSet, _ body: (_ cell: String, _ width: Int) -> Bool
  ) {
    forEach(text, ascii: glyphs.isASCII, body)
  }
}
