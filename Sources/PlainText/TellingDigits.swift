extension NumberFormat {
  /// The leading digits, `least` to 17, with which two numbers of a magnitude look different that lie `distance` apart, and
  /// one more.
  public static func digits(telling distance: Double, at magnitude: Double, least: Int = 3) -> Int {
    guard distance > 0, magnitude.isFinite, distance.isFinite else { return least }
    var digits = 2
    var ratio = magnitude / distance
    while ratio >= 1, digits < 17 {
      ratio /= 10
      digits += 1
    }
    return min(17, max(least, digits))
  }

  /// Two numbers with as many digits as tell them apart: `10,000.04` and `10,000.11`.
  public static func pair(_ one: Double, _ other: Double, least: Int = 3) -> (String, String) {
    let count = digits(
      telling: (one - other).magnitude, at: max(one.magnitude, other.magnitude), least: least)
    return (significant(one, digits: count), significant(other, digits: count))
  }
}
