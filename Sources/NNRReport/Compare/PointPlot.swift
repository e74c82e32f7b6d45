import NNRAnalysis
import PlainText

/// Points over two axes as lines of text.
public struct PointPlot: Sendable {
  /// Points that are marked by one letter.
  public struct Series: Sendable {
    /// The letter.
    public let mark: Character
    /// What it stands for; not safe to print.
    public let name: String
    /// The points, as they stand on the axes.
    public let points: [(x: Double, y: Double)]

    /// Points under a mark.
    public init(_ mark: Character, _ name: String, _ points: [(x: Double, y: Double)]) {
      self.mark = mark
      self.name = name
      self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    }
  }

  /// An axis: what it says, and how its ends are written.
  public struct Axis: Sendable {
    let title: String
    let text: @Sendable (Double) -> String

    /// An axis whose values `text` writes.
    public init(_ title: String, text: @escaping @Sendable (Double) -> String) {
      self.title = title
      self.text = text
    }
  }

  private let series: [Series]
  private let (x, y): (Axis, Axis)

  /// A plot of `series` over the axes `x` and `y`.
  public init(_ series: [Series], x: Axis, y: Axis) {
    self.series = series
    (self.x, self.y) = (x, y)
  }

  /// The letter of the series of a number: a to z, then `*`.
  public static func mark(_ number: Int) -> Character {
    number < 26 ? Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(number))) : "*"
  }

  /// The lines of a plot of so many columns and rows, axes and legend included; none without points.
  ///
  /// Where points of several series fall into one cell there is a `+`.
  public func lines(width: Int, height: Int) -> [String] {
    let all = series.flatMap(\.points)
    guard let left = all.map(\.x).min(), let right = all.map(\.x).max(),
      let low = all.map(\.y).min(), let high = all.map(\.y).max()
    else { return [] }
    let labels = (y.text(high), y.text(low))
    let margin = max(CellText.width(labels.0), CellText.width(labels.1))
    let columns = max(8, width - margin - 3)
    let rows = max(3, height - 4)
    var cells = [[Character]](repeating: [Character](repeating: " ", count: columns), count: rows)
    func place(_ value: Double, _ from: Double, _ to: Double, _ count: Int) -> Int {
      to > from ? Int(((value - from) / (to - from) * Double(count - 1)).rounded()) : count / 2
    }
    for series in series {
      for point in series.points {
        let column = place(point.x, left, right, columns)
        let row = rows - 1 - place(point.y, low, high, rows)
        let there = cells[row][column]
        cells[row][column] = there == " " || there == series.mark ? series.mark : "+"
      }
    }
    var lines = [y.title]
    for (row, line) in cells.enumerated() {
      let label = row == 0 ? labels.0 : row == rows - 1 ? labels.1 : ""
      let room = String(repeating: " ", count: margin - CellText.width(label))
      lines.append(trimmed("\(room)\(label) \(label.isEmpty ? "│" : "┤")" + String(line)))
    }
    lines.append(
      String(repeating: " ", count: margin + 1) + "└" + String(repeating: "─", count: columns))
    let ends = (x.text(left), x.text(right))
    let middle = x.title.isEmpty ? "" : "  \(x.title)  "
    let room = columns - [ends.0, ends.1, middle].reduce(0) { $0 + CellText.width($1) }
    lines.append(
      String(repeating: " ", count: margin + 2) + ends.0
        + String(repeating: " ", count: max(1, room / 2)) + middle
        + String(repeating: " ", count: max(1, room - room / 2)) + ends.1)
    if series.count > 1 {
      lines.append(
        series.map { "\($0.mark) \(SafeText.line($0.name, limit: 60))" }.joined(separator: "   "))
    }
    return lines
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
}

extension PointPlot {
  /// The error of whole runs over their bits; all runs are one series where none is named.
  public static func rates(_ comparison: RunComparison, _ series: [RateSeries]) -> PointPlot {
    let shown = series.isEmpty ? [RateSeries("runs", runs: Array(comparison.runs.indices))] : series
    return PointPlot(
      shown.enumerated().map { number, series in
        Series(
          mark(number), series.name,
          series.points(comparison).points.map { (x: $0.logBits, y: $0.snr) })
      },
      x: Axis("bits, logarithmic") { log in
        NumberFormat.grouped(Int(power(log).rounded()))
      }, y: Axis("SNR dB") { NumberFormat.significant($0, digits: 3) })
  }

  /// How many percent more bits a series takes than another along the SNR that both reach.
  public static func course(_ difference: RateDifference) -> PointPlot {
    PointPlot(
      [Series("a", "difference", difference.course.map { (x: $0.snr, y: $0.ratePercent) })],
      x: Axis("SNR dB") { NumberFormat.significant($0, digits: 3) },
      y: Axis("% bits") { NumberFormat.significant($0, digits: 3) })
  }

  /// 10 to the power of a logarithm, within what an `Int` holds.
  private static func power(_ log: Double) -> Double {
    RatePoint.bits(log: min(max(log, 0), 18))
  }
}
