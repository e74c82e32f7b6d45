/// What is known about a tensor when findings are drawn; leave out what is not.
public struct FindingsInput: Sendable {
  /// Figures of the levels.
  public var levels: LevelStatistics?
  /// Figures of the values.
  public var values: ValueStatistics?
  /// The value of level 1, for tensors with a uniform quantizer.
  public var stepSize: Double?
  /// The value of each codebook entry, already multiplied by the step, for tensors with a codebook.
  public var codebook: [Double]?
  /// The codebook index that level 0 stands for.
  public var codebookZeroOffset = 0
  /// The number of rows.
  public var rows: Int?
  /// The bits spent on the levels.
  public var bits: Double?

  /// Nothing known yet.
  public init() {}

  /// Figures of levels and values of one tensor.
  public init(levels: LevelStatistics?, values: ValueStatistics? = nil, stepSize: Double? = nil) {
    self.levels = levels
    self.values = values
    self.stepSize = stepSize
  }

  /// All that is worth saying, the most telling first; each sentence adds something to those before.
  public var findings: [Finding] {
    var result: [Finding] = []
    if let values, !values.isFinite {
      result.append(
        .nonFinite(
          nan: values.nanCount,
          infinite: values.positiveInfinityCount + values.negativeInfinityCount))
    }
    let shape = palette
    if let shape { result.append(shape) }
    switch shape {
    case .empty, .allZero, .constant: return result
    default: break
    }
    if let codebook, let levels, !codebook.isEmpty {
      result.append(
        .codebook(
          entries: codebook.count, used: min(levels.distinct, codebook.count),
          bits: Self.indexBits(codebook.count)))
    }
    if let levels, let rows, rows > 0, levels.skippedRows > 0 {
      result.append(.rowsSkipped(skipped: levels.skippedRows, of: rows))
    }
    appendDistribution(to: &result)
    if let bits, let levels, levels.countsAreExact, levels.count >= 256, levels.entropy > 0 {
      let share = bits / (levels.entropy * Double(levels.count)) - 1
      if share.magnitude >= 0.01 { result.append(.againstEntropy(share: share)) }
    }
    return result
  }

  /// Which values occur, if they are few.
  private var palette: Finding? {
    guard let levels else { return valuePalette }
    guard levels.count > 0 else { return .empty }
    guard levels.countsAreExact else { return nil }
    let distinct = levels.distinct
    if distinct > 3 {
      guard distinct <= 256, codebook == nil, levels.count >= 16 * distinct else { return nil }
      return .fewValues(distinct: distinct, bits: Self.indexBits(distinct))
    }
    let used = levels.counts.sorted.compactMap { value(ofLevel: $0.level) }.sorted()
    guard used.count == distinct, let low = used.first, let high = used.last else { return nil }
    switch distinct {
    case 1:
      return low == 0 ? .allZero(count: levels.count) : .constant(value: low, count: levels.count)
    case 2:
      return low == high
        ? .constant(value: low, count: levels.count) : .binary(low: low, high: high)
    default:
      return used[1] == 0 && low == -high && high > 0
        ? .ternary(magnitude: high) : .fewValues(distinct: 3, bits: 2)
    }
  }

  private var valuePalette: Finding? {
    guard let values else { return nil }
    guard values.count > 0 else { return .empty }
    guard values.isFinite, let low = values.min, let high = values.max, low == high else {
      return nil
    }
    return low == 0 ? .allZero(count: values.count) : .constant(value: low, count: values.count)
  }

  private func value(ofLevel level: Int32) -> Double? {
    guard let codebook else { return Double(level) * (stepSize ?? 1) }
    let (index, overflow) = Int(level).addingReportingOverflow(codebookZeroOffset)
    return !overflow && codebook.indices.contains(index) ? codebook[index] : nil
  }

  private func appendDistribution(to result: inout [Finding]) {
    if let values, values.count > 0 {
      if values.zeroFraction >= 0.5 {
        result.append(.sparse(zeros: values.zeros, of: values.count))
      }
      guard values.isFinite, let low = values.min, let high = values.max, let mean = values.mean,
        let deviation = values.standardDeviation, low < high
      else { return }
      if low >= 0 { result.append(.nonNegative) }
      if high <= 0 { result.append(.nonPositive) }
      // 20σ is far beyond what a bell shape or a double-sided exponential of a billion weights gives.
      let value = high - mean > mean - low ? high : low
      let deviations = (value - mean).magnitude / deviation
      if deviations >= 20 { result.append(.outlier(value: value, deviations: deviations)) }
    } else if let levels, levels.count > 0, levels.zeroFraction >= 0.5, levels.nonzero > 0 {
      result.append(.sparse(zeros: levels.zeros, of: levels.count))
    }
  }

  /// The number of bits of an index that names `count` things.
  static func indexBits(_ count: Int) -> Int {
    count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
  }
}
