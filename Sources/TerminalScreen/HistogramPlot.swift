import PlainText

/// A column plot of counts with bins for what lies outside the range.
public struct HistogramPlot: Widget, Sendable {
  /// Counts of the bins inside the range.
  public var bins: [Double]
  /// Count below the range; drawn apart at the left if not nil.
  public var below: Double?
  /// Count above the range; drawn apart at the right if not nil.
  public var above: Double?
  /// Label of the low end.
  public var low: String
  /// Label of the high end.
  public var high: String

  /// Makes a histogram.
  public init(
    _ bins: [Double], below: Double? = nil, above: Double? = nil, low: String = "",
    high: String = ""
  ) {
    self.bins = bins
    self.below = below
    self.above = above
    self.low = low
    self.high = high
  }

  /// Draws columns over a line of labels (if there is more than one row).
  public func draw(on grid: inout Grid, in rect: Rect) {
    let labelled = rect.height > 1 && !(low.isEmpty && high.isEmpty)
    let plot = rect.rows(from: 0, count: rect.height - (labelled ? 1 : 0))
    let edge = (below == nil ? 0 : 2)
    let right = (above == nil ? 0 : 2)
    let middle = plot.columns(from: edge, count: plot.width - edge - right)
    let shown = Self.resample(bins, to: middle.width * (grid.glyphs == .braille ? 2 : 1))
    // Overflow bins are scaled like the others, so that an outlier mass is seen as such.
    let peak = max(shown.max() ?? 0, below ?? 0, above ?? 0)
    draw(shown, peak, on: &grid, in: middle)
    if let below { draw([below], peak, on: &grid, in: plot.columns(from: 0, count: 1)) }
    if let above { draw([above], peak, on: &grid, in: plot.columns(from: plot.width - 1)) }
    guard labelled else { return }
    let labels = rect.row(rect.height - 1)
    grid.write(fitting: StyledText((below == nil ? "" : "<") + low, .dim), in: labels)
    grid.write(
      fitting: StyledText(high + (above == nil ? "" : ">"), .dim), align: .right,
      in: labels.columns(from: CellText.width(low, glyphs: grid.glyphs) + 2))
  }

  private func draw(_ values: [Double], _ peak: Double, on grid: inout Grid, in rect: Rect) {
    guard peak > 0, !rect.isEmpty else { return }
    let height = Double(rect.height)
    let braille = grid.glyphs == .braille && values.count > 1
    for (index, value) in values.enumerated() where value > 0 {
      if braille && index % 2 == 1 && values[index - 1] > 0 { continue }
      let x = braille ? index / 2 : index
      for line in 0..<rect.height {
        let base = height - 1 - Double(line)
        func fill(_ value: Double) -> Double {
          // The least value still shows in the lowest row.
          let level = max(value > 0 ? 0.25 : 0, value / peak * height)
          return min(1, max(0, level - base))
        }
        let text: String
        if braille {
          let left = values[index - index % 2]
          let right = index - index % 2 + 1 < values.count ? values[index - index % 2 + 1] : 0
          text = grid.glyphs.brailleColumns(fill(left), fill(right))
        } else {
          text = grid.glyphs.column(fill(value))
        }
        grid.write(text, at: Point(x, line), in: rect, style: .bar)
      }
    }
  }

  /// Bins fitted to `count` columns: shared out by overlap when there are more, repeated when fewer.
  static func resample(_ bins: [Double], to count: Int) -> [Double] {
    guard count > 0, !bins.isEmpty else { return [] }
    let bins = bins.map { $0.isFinite ? max(0, $0) : 0 }
    if bins.count <= count { return (0..<count).map { bins[$0 * bins.count / count] } }
    // Whole bins per column would differ by one from column to column and draw a saw.
    let width = Double(bins.count) / Double(count)
    return (0..<count).map { column in
      let start = Double(column) * width
      let end = start + width
      var sum = 0.0
      for index in Int(start)..<min(bins.count, Int(end.rounded(.up))) {
        let overlap = min(end, Double(index + 1)) - max(start, Double(index))
        sum += bins[index] * max(0, overlap)
      }
      return sum
    }
  }
}
