/// A curve of probabilities as heights between its own least and greatest value: most contexts move little.
struct CurveScale: Hashable, Sendable {
  /// The least distance of the ends: less would make a picture of rounding.
  private static let leastSpan = 0.02
  /// What the least value keeps of the height, so that it is seen.
  private static let foot = 0.05

  /// The value at the foot.
  let low: Double
  /// The value at the top.
  let high: Double
  /// The heights, 0 to 1.
  let points: [Double]

  /// Scales the values of a curve.
  init(_ values: [Double]) {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    let middle = (least + greatest) / 2
    let half = max(greatest - least, Self.leastSpan) / 2
    let low = max(0, min(middle - half, 1 - 2 * half))
    let high = min(1, low + 2 * half)
    points = values.map { Self.foot + (1 - Self.foot) * ($0 - low) / max(high - low, 1e-9) }
    (self.low, self.high) = (low, high)
  }
}
