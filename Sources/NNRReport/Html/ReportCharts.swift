import NNRAnalysis
import PlainText

/// The drawings of a report page.
enum ReportCharts {
  /// A bar of `width` units for `costs`, a piece for each group that has bits.
  static func stack(
    _ costs: ClassCosts, width: Double, height: Double, scale: Double = 1, label: String,
    to page: inout Markup
  ) {
    let total = costs.total
    let full = width * min(max(scale, 0), 1)
    page.element(
      "svg",
      [
        ("class", "stack"),
        ("viewBox", "0 0 \(Length.text(width)) \(Length.text(height))"),
        ("preserveAspectRatio", "none"), ("role", "img"), ("aria-label", label),
        ("data-length", Length.text(full)),
      ]
    ) { page in
      var x = 0.0
      for group in CostGroup.allCases {
        let bits = max(0, costs[group: group])
        guard bits > 0, total > 0 else { continue }
        // From edge to edge: rounded edges, not rounded widths, so that nothing is left open.
        let end = x + full * bits / total
        page.element(
          "rect",
          [
            ("class", group.rawValue), ("x", Length.text(x)), ("y", "0"),
            ("width", Length.text(end - x)), ("height", Length.text(height)),
          ]
        ) { page in
          page.element(
            "title",
            text: "\(group.rawValue): \(NumberFormat.bits(bits)), "
              + NumberFormat.percent(bits / total))
        }
        x = end
      }
    }
  }

  /// The groups with their colours and shares.
  static func legend(_ costs: ClassCosts, to page: inout Markup) {
    let total = costs.total
    page.element("ul", [("class", "legend")]) { page in
      for group in CostGroup.allCases where costs[group: group] > 0 {
        page.element("li") { page in
          page.element("span", [("class", "key " + group.rawValue)], text: "")
          page.element("b", text: group.rawValue)
          page.write(
            " " + NumberFormat.percent(costs[group: group] / max(total, 1)) + " – "
              + group.summary)
        }
      }
    }
  }

  /// The units along the file: each as wide as its bytes, its height split by group.
  ///
  /// Neighbours too small to see are drawn as one.
  static func map(_ ledger: BitLedger, to page: inout Markup) {
    let (width, height) = (1000.0, 90.0)
    let size = max(1, Double(ledger.size))
    page.element(
      "svg",
      [
        ("class", "wide map"), ("viewBox", "0 0 1000 108"), ("role", "img"),
        ("aria-label", "units along the file, by what their bits are spent on"),
      ]
    ) { page in
      var place = 0
      while place < ledger.units.count {
        let first = ledger.units[place]
        var costs = ledger.costs(ofUnit: place)
        var end = first.offset + first.size
        var last = place
        while last + 1 < ledger.units.count, Double(end - first.offset) / size * width < 1.5 {
          last += 1
          costs.add(ledger.costs(ofUnit: last))
          end = ledger.units[last].offset + ledger.units[last].size
        }
        let x = Double(first.offset) / size * width
        let wide = Double(end - first.offset) / size * width
        // A thin gap tells units apart where there is room for it.
        let gap = wide > 4 ? 1.0 : 0
        column(costs, x: x, width: wide - gap, height: height, to: &page) {
          let name = ledger.tensors[first.tensors].last?.name ?? first.type?.name ?? "no unit"
          let units = last > place ? "units \(place)–\(last)" : "unit \(place)"
          return "\(units), \(name): \(NumberFormat.bytes(end - first.offset))"
        }
        place = last + 1
      }
      for share in [0.0, 0.25, 0.5, 0.75, 1] {
        let anchor = share == 0 ? "start" : share == 1 ? "end" : "middle"
        page.element(
          "text",
          [("x", Length.text(share * width)), ("y", "104"), ("text-anchor", anchor)],
          text: share == 0 ? "0" : NumberFormat.humanBytes(Int(share * Double(ledger.size))))
      }
    }
  }

  private static func column(
    _ costs: ClassCosts, x: Double, width: Double, height: Double, to page: inout Markup,
    title: () -> String
  ) {
    let total = costs.total
    guard total > 0, width > 0 else { return }
    page.element("g") { page in
      page.element("title", text: title())
      var y = height
      for group in CostGroup.allCases {
        let bits = max(0, costs[group: group])
        guard bits > 0 else { continue }
        let next = y - height * bits / total
        page.empty(
          "rect",
          [
            ("class", group.rawValue), ("x", Length.text(x)), ("y", Length.text(next)),
            ("width", Length.text(width)), ("height", Length.text(y - next)),
          ])
        y = next
      }
    }
  }

  /// The sizes of the units in their order, on a logarithmic scale; where there are many, the largest of each run is drawn.
  static func sizes(_ ledger: BitLedger, to page: inout Markup) {
    let (left, width, height) = (52.0, 948.0, 120.0)
    let most = 400
    let run = max(1, (ledger.units.count + most - 1) / most)
    let bars = max(1, (ledger.units.count + run - 1) / run)
    let greatest = ledger.units.map(\.size).max() ?? 1
    let decades = max(1, "\(greatest)".count)
    func y(_ size: Double) -> Double {
      height - height * Scale.decades(size) / Double(decades) + 6
    }
    page.element(
      "svg",
      [
        ("class", "wide"), ("viewBox", "0 0 1000 146"), ("role", "img"),
        ("aria-label", "sizes of the units in their order, logarithmic"),
      ]
    ) { page in
      var line = 1.0
      for _ in 0...decades {
        page.empty(
          "line",
          [
            ("class", "axis"), ("x1", Length.text(left)), ("x2", "1000"),
            ("y1", Length.text(y(line))), ("y2", Length.text(y(line))),
          ])
        page.element(
          "text",
          [("x", Length.text(left - 6)), ("y", Length.text(y(line) + 4)), ("text-anchor", "end")],
          text: Scale.label(line))
        line *= 10
      }
      let step = width / Double(bars)
      for bar in 0..<bars {
        let units = ledger.units[bar * run..<min((bar + 1) * run, ledger.units.count)]
        guard let unit = units.max(by: { $0.size < $1.size }) else { continue }
        let top = y(Double(unit.size))
        page.element(
          "rect",
          [
            ("class", "plot"), ("x", Length.text(left + Double(bar) * step)),
            ("y", Length.text(top)), ("width", Length.text(max(step * 0.8, step - 2))),
            ("height", Length.text(height + 6 - top)),
          ]
        ) { page in
          page.element(
            "title",
            text: "unit \(unit.number), \(unit.type?.name ?? "no unit"): "
              + NumberFormat.bytes(unit.size))
        }
      }
      page.element(
        "text", [("x", Length.text(left)), ("y", "144")],
        text: run > 1 ? "unit 0 (a bar is the largest of \(run) units)" : "unit 0")
      page.element(
        "text", [("x", "1000"), ("y", "144"), ("text-anchor", "end")],
        text: "unit \(max(0, ledger.units.count - 1))")
    }
  }
}
