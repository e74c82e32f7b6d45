/// A part of a stacked bar.
public struct BarPart: Hashable, Sendable {
  /// Size of the part, not negative.
  public var value: Double
  /// Number of the series, which gives colour and fill.
  public var series: Int

  /// Makes a part.
  public init(_ value: Double, series: Int) {
    self.value = value.isFinite ? max(0, value) : 0
    self.series = series
  }
}

/// A horizontal bar of parts, scaled to a whole.
public struct StackedBar: Widget, Sendable {
  /// Parts from left to right.
  public var parts: [BarPart]
  /// What the full width stands for; the sum of the parts if nil.
  public var whole: Double?

  /// Makes a bar.
  public init(_ parts: [BarPart], whole: Double? = nil) {
    self.parts = parts
    self.whole = whole
  }

  /// Columns of each part; they sum to the rounded length of the bar (largest remainders).
  public func columns(width: Int) -> [Int] {
    let sum = parts.reduce(0) { $0 + $1.value }
    let scale = max(whole ?? sum, sum)
    guard width > 0, scale > 0 else { return parts.map { _ in 0 } }
    let exact = parts.map { $0.value / scale * Double(width) }
    var columns = exact.map { Int($0) }
    var rest = min(width, Int((sum / scale * Double(width)).rounded())) - columns.reduce(0, +)
    let order = exact.indices.sorted {
      (exact[$0] - Double(columns[$0]), -$0) > (exact[$1] - Double(columns[$1]), -$1)
    }
    for index in order where rest > 0 && exact[index] > 0 {
      columns[index] += 1
      rest -= 1
    }
    return columns
  }

  /// Draws into the first row.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let line = rect.row(0)
    var x = 0
    for (part, width) in zip(parts, columns(width: line.width)) {
      grid.fill(
        line.columns(from: x, count: width), with: grid.glyphs.seriesFill(part.series),
        style: Style(.series(part.series)))
      x += width
    }
  }
}
