import NNRAnalysis
import PlainText

/// The errors of runs over their bits as a drawing (SVG): a line and points for each series, whose titles say which run it is.
public enum RateDrawing {
  private static let (width, height) = (720.0, 440.0)
  private static let (left, top, right, bottom) = (64.0, 24.0, 24.0, 56.0)
  /// Colours that are told apart without red and green (Okabe and Ito).
  private static let colours = [
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#000000", "#f0e442",
  ]

  /// The drawing; nil where no run has errors to draw.
  public static func svg(_ comparison: RunComparison, _ series: [RateSeries]) -> String? {
    let shown = series.isEmpty ? [RateSeries("runs", runs: Array(comparison.runs.indices))] : series
    let curves = shown.map { series in
      series.runs.compactMap { number -> (file: String, point: RatePoint)? in
        let run = comparison.runs[number]
        guard let point = run.point, point.snr.isFinite, point.bits > 0 else { return nil }
        return (run.file, point)
      }.sorted { $0.point.bits < $1.point.bits }
    }
    let points = curves.flatMap { $0.map(\.point) }
    guard let x = Scale(points.map(\.logBits), from: left, to: width - right),
      let y = Scale(points.map(\.snr), from: height - bottom, to: top)
    else { return nil }
    var page = Markup()
    page.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 \(Length.text(width)) \(Length.text(height))"), ("role", "img"),
        ("aria-label", "SNR of runs over their bits"), ("font-family", "sans-serif"),
        ("font-size", "12"),
      ]
    ) { page in
      axes(x, y, &page)
      for (number, curve) in curves.enumerated() {
        let colour = colours[number % colours.count]
        let places = curve.map { (x.place($0.point.logBits), y.place($0.point.snr)) }
        let path = places.map { "\(Length.text($0.0)),\(Length.text($0.1))" }
        page.element(
          "polyline",
          [
            ("points", path.joined(separator: " ")), ("fill", "none"), ("stroke", colour),
            ("stroke-width", "1.5"),
          ]
        ) { _ in }
        for (place, run) in zip(places, curve) {
          page.element(
            "circle",
            [
              ("cx", Length.text(place.0)), ("cy", Length.text(place.1)), ("r", "4"),
              ("fill", colour),
            ]
          ) { page in
            page.element(
              "title",
              text: "\(String(run.file.prefix(200))): "
                + "\(NumberFormat.bits(run.point.bits)), \(NumberFormat.significant(run.point.snr)) dB"
            )
          }
        }
        label(
          String(shown[number].name.prefix(60)), left + 12, top + 14 + 16 * Double(number),
          [("fill", colour)], &page)
      }
    }
    return page.text + "\n"
  }

  private static func axes(_ x: Scale, _ y: Scale, _ page: inout Markup) {
    page.element(
      "path",
      [
        (
          "d",
          "M\(Length.text(left)) \(Length.text(top))V\(Length.text(height - bottom))H\(Length.text(width - right))"
        ), ("fill", "none"), ("stroke", "#888"),
      ]
    ) { _ in }
    for share in [0.0, 0.5, 1] {
      let bits = RatePoint.bits(log: x.value(share))
      label(
        NumberFormat.significant(bits, digits: 4), left + share * (width - right - left),
        height - bottom + 18, [("text-anchor", "middle")], &page)
      label(
        NumberFormat.significant(y.value(share), digits: 3), left - 8,
        height - bottom - share * (height - bottom - top) + 4, [("text-anchor", "end")], &page)
    }
    label(
      "bits, logarithmic", (left + width - right) / 2, height - 12, [("text-anchor", "middle")],
      &page)
    label("SNR dB", left, top - 8, [("text-anchor", "middle")], &page)
  }

  private static func label(
    _ text: String, _ x: Double, _ y: Double, _ attributes: [(String, String)],
    _ page: inout Markup
  ) {
    page.element("text", [("x", Length.text(x)), ("y", Length.text(y))] + attributes, text: text)
  }

  /// From values to places along an axis.
  private struct Scale {
    let (low, high): (Double, Double)
    let (from, to): (Double, Double)

    /// An axis that all of some values fit on; nil without any.
    init?(_ values: [Double], from: Double, to: Double) {
      guard let low = values.min(), let high = values.max() else { return nil }
      // One value stands in the middle.
      (self.low, self.high) = high > low ? (low, high) : (low - 0.5, high + 0.5)
      (self.from, self.to) = (from, to)
    }

    func place(_ value: Double) -> Double { from + (value - low) / (high - low) * (to - from) }
    func value(_ share: Double) -> Double { low + share * (high - low) }
  }
}
