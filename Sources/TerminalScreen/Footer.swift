import PlainText

/// A key and what it does.
public struct KeyHint: Hashable, Sendable {
  /// Spelling of the key.
  public var key: String
  /// What it does.
  public var label: String
  /// Hints of low priority are dropped first.
  public var priority: Int

  /// Makes a hint.
  public init(_ key: String, _ label: String, priority: Int = 0) {
    self.key = key
    self.label = label
    self.priority = priority
  }
}

/// The line of key hints; hints that do not fit are dropped whole.
public struct Footer: Widget, Sendable {
  /// Hints in reading order.
  public var hints: [KeyHint]

  /// Makes a footer.
  public init(_ hints: [KeyHint]) { self.hints = hints }

  /// Draws into the first row.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let line = rect.row(0)
    grid.clear(line)
    for (index, x) in placement(width: line.width, glyphs: grid.glyphs) {
      let after = grid.write(hints[index].key, at: Point(x, 0), in: line, style: .keyHint)
      grid.write(hints[index].label, at: Point(after + 1, 0), in: line)
    }
  }

  /// The hint at a screen position, for the mouse.
  public func hint(at point: Point, in rect: Rect, glyphs: GlyphSet = .block) -> KeyHint? {
    guard rect.row(0).contains(point) else { return nil }
    let x = point.x - rect.x
    return placement(width: rect.width, glyphs: glyphs)
      .first { x >= $0.x && x < $0.x + width(hints[$0.index], glyphs) }
      .map { hints[$0.index] }
  }

  private func width(_ hint: KeyHint, _ glyphs: GlyphSet) -> Int {
    CellText.width(hint.key, glyphs: glyphs) + 1 + CellText.width(hint.label, glyphs: glyphs)
  }

  /// Which hints fit, and where: one blank before the first, two between.
  private func placement(width total: Int, glyphs: GlyphSet) -> [(index: Int, x: Int)] {
    let order = hints.indices.sorted {
      (hints[$0].priority, -$0) > (hints[$1].priority, -$1)
    }
    var kept: Set<Int> = []
    var used = 1
    for index in order {
      let needed = width(hints[index], glyphs) + (kept.isEmpty ? 0 : 2)
      guard used + needed <= total else { continue }
      used += needed
      kept.insert(index)
    }
    var x = 1
    return kept.sorted().map { index in
      defer { x += width(hints[index], glyphs) + 2 }
      return (index, x)
    }
  }
}
