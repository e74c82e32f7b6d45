/// A line of single bits in groups of eight, each with the style of its mark.
public struct BitStrip: Widget, Sendable {
  /// First bit shown, counted from the start of the stream.
  public var first: UInt64
  /// Bits from `first` on.
  public var bits: [Bool]
  /// Highlights; later ones win.
  public var marks: [BitMark]
  /// The bit under the cursor.
  public var cursor: UInt64?

  /// Makes a strip.
  public init(first: UInt64, bits: [Bool], marks: [BitMark] = [], cursor: UInt64? = nil) {
    self.first = first
    self.bits = bits
    self.marks = marks
    self.cursor = cursor
  }

  /// Columns before bit `index`: groups follow the stream's bytes.
  private func column(_ index: Int) -> Int {
    let lead = Int(first % 8)
    return index + (index + lead) / 8
  }

  /// Draws into the first row.
  public func draw(on grid: inout Grid, in rect: Rect) {
    let line = rect.row(0)
    grid.clear(line)
    for (index, bit) in bits.enumerated() {
      let x = column(index)
      guard x < line.width else { break }
      let position = first + UInt64(index)
      var style = HexView.style(of: position..<position + 1, marks)
      if position == cursor { style = style.on(.selection) }
      grid.write(bit ? "1" : "0", at: Point(x, 0), in: line, style: style)
      if position == cursor { grid.placeCursor(Point(x, 0), in: line) }
    }
  }
}
