import NNRAnalysis
import NNRModel
import NNRReport
import PlainText

/// What decoding found, as the pane shows it.
extension TensorView {
  /// The figures of a unit's tensors as far as they are decoded; those of the largest come first.
  init(_ key: Key, _ tensors: [TensorFigures], of total: Int, seconds: Double) {
    self.init(key)
    self.tensors = tensors
    let decoded = tensors.reduce(0) { $0 + $1.decoded }
    fraction = total > 0 ? min(1, Double(decoded) / Double(total)) : 0
    if seconds > 0.01 {
      rate = "\(NumberFormat.fixed(Double(decoded) / seconds / 1e6, decimals: 1)) M weights/s"
    }
    guard let main = tensors.max(by: { $0.count < $1.count }) else { return }
    if tensors.count > 1 {
      figures.append(Figure("of", SafeText.line(main.start.tensor.name, limit: 60)))
    }
    figures += Self.figures(main)
    findings = main.findings.map { "\($0)" }
    if main.start.levelsOrigin != .payload {
      findings.insert("the integers are those of the \(main.start.levelsOrigin.rawValue)", at: 0)
    }
    if main.end?.entryPointsAgree == false { findings.append("an entry point is wrong") }
    bins = Self.bins(main)
    chain = Self.chain(main)
    for other in tensors where other.start.tensor.place != main.start.tensor.place {
      chain.append(Self.line(other))
    }
    values = main.grid.map { grid in
      let dequantizer = main.start.dequantizer
      return Values(rows: grid.rows, columns: grid.width) { row, column in
        guard let level = grid[row, column] else { return "" }
        let value = dequantizer.value(level).map { NumberFormat.significant($0, digits: 4) } ?? "?"
        return value
      }
    }
  }

  private static func figures(_ tensor: TensorFigures) -> [Figure] {
    let (values, levels) = (tensor.values, tensor.levels)
    func real(_ value: Double?) -> String {
      value.map { NumberFormat.significant($0, digits: 4) } ?? "-"
    }
    var figures = [
      Figure("zeros", NumberFormat.percent(values.zeroFraction)),
      Figure("σ", real(values.standardDeviation)),
      Figure("mean", real(values.mean)), Figure("min", real(values.min)),
      Figure("max", real(values.max)), Figure("L2", real(values.l2Norm)),
    ]
    if let bits = tensor.bits, tensor.count > 0 {
      figures.append(
        Figure("bit/weight", NumberFormat.fixed(bits / Double(tensor.count), decimals: 3)))
    }
    if tensor.start.tensor.quantizer != .raw {
      figures.append(Figure("entropy", NumberFormat.fixed(levels.entropy, decimals: 3)))
      figures.append(Figure("levels", "\(NumberFormat.grouped(levels.distinct)) distinct"))
    }
    if levels.skippedRows > 0 {
      figures.append(Figure("rows skipped", "\(levels.skippedRows) of \(tensor.start.tensor.rows)"))
    }
    if !values.isFinite {
      figures.append(Figure("not finite", "\(values.count - values.finiteCount)"))
    }
    if let qp = tensor.start.dequantizer.qp { figures.append(Figure("QP", "\(qp)")) }
    if let step = tensor.start.dequantizer.stepSize { figures.append(Figure("step", real(step))) }
    if tensor.start.historyFlag == true { figures.append(Figure("contexts", "history")) }
    return figures
  }

  private static func bins(_ tensor: TensorFigures) -> Bins? {
    let histogram = tensor.sketch.histogram(bins: 64)
    guard histogram.total > 0 else { return nil }
    let ends = NumberFormat.pair(histogram.lower, histogram.upper)
    return Bins(
      histogram.bins.map { Double($0) },
      below: histogram.underflow > 0 ? Double(histogram.underflow) : nil,
      above: histogram.overflow > 0 ? Double(histogram.overflow) : nil,
      low: ends.0,
      high: ends.1)
  }

  /// The first level that is not zero, on its way to a weight.
  private static func chain(_ tensor: TensorFigures) -> [String] {
    guard let grid = tensor.grid, tensor.start.tensor.quantizer != .raw else { return [] }
    guard let place = (0..<min(grid.count, 4096)).first(where: { grid[$0] != 0 }),
      let level = grid[place], let value = tensor.start.dequantizer.value(level)
    else { return [] }
    let weight = NumberFormat.significant(value, digits: 6)
    switch tensor.start.tensor.quantizer {
    case .uniform:
      let step = NumberFormat.significant(tensor.start.dequantizer.stepSize ?? 1, digits: 6)
      return ["weight \(place): level \(level) × step \(step) = \(weight)"]
    case .codebook: return ["weight \(place): level \(level) → codebook entry → \(weight)"]
    default: return []
    }
  }

  private static func line(_ tensor: TensorFigures) -> String {
    let values = tensor.values
    let ends = values.min.flatMap { low in
      values.max.map { NumberFormat.pair(low, $0, least: 4) }
    }
    let (low, high) = ends ?? ("-", "-")
    return
      "\(SafeText.line(tensor.start.tensor.name, limit: 60)): \(NumberFormat.grouped(values.count)) values, \(low) … \(high)"
  }
}
