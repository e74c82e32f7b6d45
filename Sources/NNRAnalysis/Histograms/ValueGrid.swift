/// A coarse grid that all values lie on: a first point and a distance.
struct ValueGrid {
  private let first: Double
  private let distance: Double
  private let points: Int

  /// The grid of distinct `values`, in ascending order, as far as they lie in `lower` … `upper`; nil if there is none that a
  /// 64-bit integer counts.
  init?(_ values: some Sequence<Double>, from lower: Double, to upper: Double) {
    let inside = values.filter { $0 >= lower && $0 <= upper }
    guard let low = inside.first, let high = inside.last, low < high else { return nil }
    let scale = inside.map(Self.lowestBit).min() ?? 0
    let greatest = Swift.max(low.magnitude, high.magnitude)
    guard Int(greatest.exponent) - scale < 61, scale >= -1_000 else { return nil }
    let unit = Double(sign: .plus, exponent: scale, significand: 1)
    var common: Int64 = 0
    var before = Int64(low / unit)
    for value in inside.dropFirst() {
      let place = Int64(value / unit)
      common = Self.gcd(common, place - before)
      before = place
    }
    guard common > 0 else { return nil }
    let steps = (before - Int64(low / unit)) / common
    guard steps < 1 << 20 else { return nil }
    first = low
    distance = Double(common) * unit
    points = Int(steps) + 1
  }

  /// Empty bins around the same number of points each; nil if there are so many points that it does not matter.
  func histogram(atMost wanted: Int) -> Histogram? {
    guard points <= 32 * wanted else { return nil }
    let perBin = (points + wanted - 1) / wanted
    let bins = (points + perBin - 1) / perBin
    let lower = first - distance / 2
    return Histogram(
      lower: lower, upper: lower + distance * Double(bins * perBin),
      bins: [UInt64](repeating: 0, count: bins))
  }

  /// The exponent of the last bit that is set; of 0, the greatest.
  private static func lowestBit(_ value: Double) -> Int {
    guard value != 0 else { return .max }
    let fraction = value.significandBitPattern
    let zeros = fraction == 0 ? 52 : fraction.trailingZeroBitCount
    return value.isNormal ? Int(value.exponent) - 52 + zeros : -1_074 + zeros
  }

  private static func gcd(_ one: Int64, _ other: Int64) -> Int64 {
    var (a, b) = (one, other)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}
