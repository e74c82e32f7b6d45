import NNRAnalysis
import NNRReport
import Ordering
import PlainText
import TerminalScreen

/// How often each value of a column occurs: value by value where they are few, by intervals of one width where they are many
/// numbers.
struct ColumnDistribution {
  /// The most values that have lines of their own.
  static let mostValues = 24
  /// The number of intervals of numbers.
  static let intervals = 16

  /// What occurs, and how often.
  let entries: [(label: String, count: Int)]

  /// The distribution of some values of a column.
  init(_ values: [CellValue], in column: Column) {
    var counts: [CellValue: Int] = [:]
    for value in values { counts[value, default: 0] += 1 }
    let finite = values.compactMap(\.number).filter(\.isFinite)
    if column.kind.isNumeric, counts.count > Self.mostValues, let low = finite.min(),
      let high = finite.max()
    {
      var histogram = Histogram(
        lower: low, upper: high, bins: [UInt64](repeating: 0, count: Self.intervals))
      for value in finite {
        if let bin = histogram.bin(of: value) { histogram.bins[bin] += 1 }
      }
      let edges = (0...Self.intervals).map { low + Double($0) * histogram.binWidth }
      var entries = zip(histogram.bins, zip(edges, edges.dropFirst())).map { count, ends in
        let (from, to) = NumberFormat.pair(ends.0, ends.1)
        return ("\(from) … \(to)", Int(count))
      }
      for (value, count) in counts.sorted(by: { CellValue.compare($0.key, $1.key) < 0 })
      where value.number?.isFinite != true {
        entries.append((ValueText.human(value, in: column), count))
      }
      self.entries = entries
      return
    }
    let inOrder = counts.sorted { CellValue.compare($0.key, $1.key) < 0 }
    let sorted = column.kind.isNumeric ? inOrder : inOrder.sorted { $0.value > $1.value }
    var entries = sorted.prefix(Self.mostValues).map {
      (ValueText.human($0.key, in: column), $0.value)
    }
    let rest = sorted.dropFirst(Self.mostValues)
    if !rest.isEmpty {
      entries.append(
        ("\(NumberText.grouped(rest.count)) other values", rest.reduce(0) { $0 + $1.value }))
    }
    self.entries = entries
  }

  /// A line for each entry, with a bar, that fits in `width` cells.
  func lines(_ width: Int) -> [StyledText] {
    let room = max(8, width - 32)
    let labels = entries.map { SafeText.line($0.label, limit: room) }
    let widest = labels.map(\.count).max() ?? 0
    let most = entries.map(\.count).max() ?? 1
    let bar = Column("", kind: .bar, width: 20)
    return zip(entries, labels).map { entry, label in
      let pad = String(repeating: " ", count: widest - label.count)
      let share = ValueText.human(.number(Double(entry.count) / Double(max(1, most))), in: bar)
      return StyledText(label + pad, .name) + StyledText("  \(share)", .bar)
        + StyledText("  \(NumberText.grouped(entry.count))", .number)
    }
  }
}
