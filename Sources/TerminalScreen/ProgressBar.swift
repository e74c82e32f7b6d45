import PlainText

/// A labelled progress bar: label, bar, percentage.
public struct ProgressBar: Widget, Sendable {
  /// Part done, 0…1.
  public var fraction: Double
  /// Shown before the bar.
  public var label: StyledText

  /// Makes a bar.
  public init(_ fraction: Double, label: StyledText = "") {
    self.fraction = fraction.isNaN ? 0 : min(1, max(0, fraction))
    self.label = label
  }

  /// Draws into the first row; the percentage stays when the bar no longer fits.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let line = rect.row(0)
    let percent = NumberFormat.progress(fraction)
    let used = label.width(grid.glyphs)
    let lead = used > 0 ? used + 1 : 0
    let room = line.width - lead - percent.count - 1
    guard room >= 4 else {
      grid.write(fitting: StyledText(percent), align: .right, in: line)
      return
    }
    grid.write(label, in: line)
    let bar = line.columns(from: lead, count: room)
    grid.drawBar(fraction, in: bar)
    grid.write(fitting: StyledText(percent), align: .right, in: line)
  }
}

extension Grid {
  /// Draws one bar over its track in the first row of `rect`.
  public mutating func drawBar(_ fraction: Double, in rect: Rect, style: Style = .bar) {
    let line = rect.row(0)
    fill(line, with: glyphs.isASCII ? "." : "░", style: .barTrack)
    let bar = glyphs.bar(fraction, width: line.width)
    write(bar, in: line, style: style)
  }
}
