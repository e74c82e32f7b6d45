/// Numbers as people read them, the same on every machine (no locale).
public enum NumberFormat {
  /// A whole number with a comma between groups of three digits: `1,048,576`.
  public static func grouped(_ value: some BinaryInteger) -> String {
    let text = String(value)
    guard text.utf8.count > 3 else { return text }
    let digits = text.drop { $0 == "-" }
    var result = text.count > digits.count ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  /// A count with its noun: `1 unit`, `20 units`.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// An exact number of bytes: `6,583 B`.
  public static func bytes(_ count: some BinaryInteger) -> String { grouped(count) + " B" }

  /// A length in bits, in bytes where it is whole ones: `19 bit`, `27 B`.
  public static func length(bits: Int) -> String {
    bits % 8 == 0 && bits > 0 ? bytes(bits / 8) : grouped(bits) + " bit"
  }

  /// A number of bytes in three digits: `6.43 KiB`; below 1,024 exact.
  public static func humanBytes(_ count: some BinaryInteger) -> String {
    var value = Double(count)
    guard value.magnitude >= 1024 else { return bytes(count) }
    var unit = 0
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    // 1,023.6 would round to 1024: it belongs to the next unit.
    while value.magnitude >= 1023.5 && unit < units.count - 1 {
      value /= 1024
      unit += 1
    }
    return significant(value, digits: value.magnitude >= 1000 ? 4 : 3) + " " + units[unit]
  }

  /// A number of bits: `15 bit`, or with a part of a bit `1,864.25 bit`.
  public static func bits(_ count: Double) -> String {
    guard count.isFinite, count.magnitude < 9e15 else { return "\(shortest(count)) bit" }
    let rounded = (count * 100).rounded() / 100
    if rounded == rounded.rounded() { return grouped(Int(rounded)) + " bit" }
    return fixed(rounded, decimals: 2) + " bit"
  }

  /// A share, 0 to 1, in percent with one decimal: `61.2 %`; never `100.0 %` for less than all, never `0.0 %` for more than
  /// none.
  public static func percent(_ share: Double, decimals: Int = 1) -> String {
    let places = max(0, min(decimals, 9))
    let text = fixed(share * 100, decimals: places)
    if share < 1, share > 0 {
      if text == fixed(100, decimals: places) {
        return "> " + fixed(100 - unit(places), decimals: places) + " %"
      }
      if text == fixed(0, decimals: places) {
        return "< " + fixed(unit(places), decimals: places) + " %"
      }
    }
    return text + " %"
  }

  /// The share of a part in percent; `–` of nothing.
  public static func percent(_ part: Int, of whole: Int, decimals: Int = 1) -> String {
    whole > 0 ? percent(Double(part) / Double(whole), decimals: decimals) : "–"
  }

  /// How much of a work is done, 0 to 1, in whole percents: `100 %` is the end, so it is rounded down.
  public static func progress(_ fraction: Double) -> String {
    "\(fraction > 0 ? Int(min(fraction, 1) * 100) : 0) %"
  }

  private static func unit(_ decimals: Int) -> Double {
    (0..<decimals).reduce(1.0) { value, _ in value / 10 }
  }

  /// A ratio in two or more digits: `6.4×`, `128×`; `–` if it is not finite.
  public static func ratio(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    return
      (value.magnitude >= 100
      ? fixed(value, decimals: 0) : significant(value, digits: 2, keepsZeros: true)) + "×"
  }

  /// How a size compares with another that it is the `value`th part of: `6.4×` and `smaller`, `1.6×` and `larger`.
  public static func comparison(_ value: Double) -> (factor: String, word: String) {
    value > 0 && value < 1 ? (ratio(1 / value), "larger") : (ratio(value), "smaller")
  }

  /// A length of time: `850 ns`, `3.2 ms`, `12.4 s`, `3 min 05 s`, `2 h 03 min`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e12 else { return "–" }
    if seconds == 0 { return "0 s" }
    if seconds < 1e-6 { return fixed(seconds * 1e9, decimals: 0) + " ns" }
    if seconds < 1e-3 { return significant(seconds * 1e6, digits: 3) + " µs" }
    if seconds < 0.9995 { return significant(seconds * 1e3, digits: 3) + " ms" }
    if seconds < 59.95 { return significant(seconds, digits: 3) + " s" }
    let whole = Int(seconds.rounded())
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
    return "\(grouped(whole / 3600)) h \(two(whole % 3600 / 60)) min"
  }
}
