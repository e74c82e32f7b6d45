import NNRAnalysis
import PlainText

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A scale of powers of ten.
enum Scale {
  /// The number of decades from 1 to `value`; 0 below.
  static func decades(_ value: Double) -> Double { value > 1 ? log10(value) : 0 }

  /// A power of ten in bytes: `1`, `10`, `1 k`, `10 M`.
  static func label(_ value: Double) -> String {
    if value < 1000 { return "\(Int(value))" }
    if value < 1e6 { return "\(Int(value / 1000)) k" }
    return value < 1e9 ? "\(Int(value / 1e6)) M" : "\(Int(value / 1e9)) G"
  }
}

extension ReportCharts {
  /// The distribution of a tensor's weights.
  ///
  /// Square roots of counts are drawn, so that few weights are seen beside many.
  static func histogram(_ histogram: Histogram, to page: inout Markup) {
    let (width, height) = (240.0, 70.0)
    let peak = Double(histogram.peak)
    let ends = NumberFormat.pair(histogram.lower, histogram.upper, least: 4)
    let digits = NumberFormat.digits(
      telling: histogram.binWidth, at: max(histogram.lower.magnitude, histogram.upper.magnitude),
      least: 4)
    page.element(
      "svg",
      [
        ("class", "wide"), ("viewBox", "0 0 240 86"), ("role", "img"),
        (
          "aria-label",
          "distribution of \(NumberFormat.grouped(histogram.total)) weights from "
            + "\(ends.0) to \(ends.1)"
        ),
      ]
    ) { page in
      let step = width / Double(max(1, histogram.bins.count))
      for (bin, count) in histogram.bins.enumerated() where count > 0 {
        let tall = max(0.8, height * (Double(count) / max(peak, 1)).squareRoot())
        page.element(
          "rect",
          [
            ("class", "plot"), ("x", Length.text(Double(bin) * step)),
            ("y", Length.text(height - tall)), ("width", Length.text(step * 0.92)),
            ("height", Length.text(tall)),
          ]
        ) { page in
          guard let edges = histogram.interval(ofBin: bin) else { return }
          page.element(
            "title",
            text: "\(NumberFormat.significant(edges.lowerBound, digits: digits)) … "
              + "\(NumberFormat.significant(edges.upperBound, digits: digits)): "
              + NumberFormat.grouped(count))
        }
      }
      page.empty(
        "line", [("class", "axis"), ("x1", "0"), ("x2", "240"), ("y1", "70"), ("y2", "70")])
      if histogram.lower < 0, histogram.upper > 0 {
        let zero = width * -histogram.lower / (histogram.upper - histogram.lower)
        page.empty(
          "line",
          [
            ("class", "zero"), ("x1", Length.text(zero)), ("x2", Length.text(zero)), ("y1", "0"),
            ("y2", "74"),
          ])
      }
      page.element(
        "text", [("x", "0"), ("y", "83")], text: ends.0)
      page.element(
        "text", [("x", "240"), ("y", "83"), ("text-anchor", "end")],
        text: ends.1)
    }
  }

  /// What the bins leave out, in words; nil if nothing.
  static func outside(_ histogram: Histogram) -> String? {
    var parts: [String] = []
    func add(_ count: UInt64, _ what: String) {
      if count > 0 { parts.append("\(NumberFormat.grouped(count)) \(what)") }
    }
    add(histogram.underflow, "below")
    add(histogram.overflow, "above")
    add(histogram.nan, "NaN")
    add(histogram.positiveInfinity, "+∞")
    add(histogram.negativeInfinity, "−∞")
    return parts.isEmpty ? nil : "not drawn: " + parts.joined(separator: ", ")
  }
}
