import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// The sections of a report page.
enum ReportSections {
  /// The file and its figures at a glance.
  static func summary(_ data: ReportData, to page: inout Markup) {
    let ledger = data.ledger
    page.element("h1", text: data.name)
    page.element(
      "p", [("class", "soft")],
      text: "A compressed neural network (ISO/IEC 15938-17)"
        + (data.bases.isEmpty ? "" : ", an update of " + data.bases.joined(separator: ", ")))
    let weights = ledger.weights
    let perWeight = weights > 0 ? Double(ledger.size) * 8 / Double(weights) : nil
    page.element("div", [("class", "tiles")]) { page in
      func tile(_ value: String, _ name: String) {
        page.element("div", [("class", "tile")]) { page in
          page.element("b", text: value)
          page.element("span", text: name)
        }
      }
      tile(NumberFormat.humanBytes(ledger.size), "\(NumberFormat.grouped(ledger.size)) bytes")
      tile(NumberFormat.grouped(weights), "weights")
      tile(
        perWeight.map { NumberFormat.significant($0, digits: 3) } ?? ValueText.missing,
        "bits per weight, all in")
      let change = perWeight.map { NumberFormat.comparison(32 / $0) }
      tile(
        change?.factor ?? ValueText.missing, "\(change?.word ?? "smaller") than float32")
      tile(NumberFormat.grouped(ledger.tensors.count), "tensors")
      tile(NumberFormat.grouped(ledger.units.count), "units")
      tile(data.profile, "profile")
      tile("\(data.check.count(.error)) / \(data.check.count(.warning))", "errors / warnings")
    }
    page.element("p", [("class", "soft")], text: WriterText.line(data.writer))
    page.newLine()
  }

  /// The most pieces of advice that are told.
  private static let advised = 20

  /// What an encoder could do otherwise to spend fewer bits.
  static func advice(_ data: ReportData, to page: inout Markup) {
    guard !data.advice.advice.isEmpty else { return }
    let (found, size) = (data.advice, max(1, Double(data.advice.size) * 8))
    let count = found.advice.count
    page.element("h2", text: "What would save bits")
    page.element(
      "p", [("class", "soft")],
      text: "\(NumberFormat.bits(found.bits.rounded())) in all "
        + "(\(NumberFormat.percent(found.bits / size)) of the file), the most first; of several that "
        + "are about one unit the best one counts."
        + (count > advised ? " The first \(advised) of \(count)." : ""))
    let shown = ["bits", "share", "certainty", "unit", "tensor", "what", "change"]
    ReportTable.write(
      AdviceTable.fields.filter { shown.contains($0.column.key) },
      Array(AdviceTable.rows(found).prefix(advised)), to: &page)
    page.newLine()
  }

  /// What the bits are spent on.
  static func costs(_ data: ReportData, to page: inout Markup) {
    let totals = data.ledger.totals
    page.element("h2", text: "Where the bits went")
    ReportCharts.stack(
      totals, width: 1000, height: 34, label: "all bits by what they are spent on", to: &page)
    ReportCharts.legend(totals, to: &page)
    let rows = CostClassRow.rows(data.ledger)
    let shown = ["class", "bits", "share", "bins", "bits_per_bin", "bits_per_weight"]
    ReportTable.write(
      CostClassTable.fields.filter { shown.contains($0.column.key) }, rows, last: "", to: &page
    ) { row, page in
      var costs = ClassCosts()
      costs.add(row.amount.bits, to: row.costClass)
      ReportCharts.stack(
        costs, width: 180, height: 12, scale: row.amount.bits / max(row.amount.greatest, 1),
        label: NumberFormat.percent(row.amount.bits / max(totals.total, 1)), to: &page)
    }
    page.newLine()
  }

  /// Who pays, by name.
  static func names(_ data: ReportData, to page: inout Markup) {
    let tree = CostTree(data.ledger)
    let total = max(tree.nodes[0].bits, 1)
    let places = tree.places { children in
      children.sorted { tree.nodes[$0].bits > tree.nodes[$1].bits }
    }
    let fields: [Field<CostTree.Node>] = [
      Field("name", kind: .name, "") {
        $0.parent == nil ? data.name : $0.name.isEmpty ? "(no name)" : $0.name
      },
      Field("bits", "") { CostAmount.cell($0.bits) },
      Field("share", title: "%", kind: .percent, "") { $0.bits / total },
      Field("weights", "") { $0.tensors > 0 ? $0.weights : nil },
      TensorTable.bitsPerWeight("") { $0.bitsPerWeight },
    ]
    page.element("h2", text: "By name")
    page.element(
      "p", [("class", "soft")],
      text: "A prefix holds all tensors whose names begin with it, and their headers. The bar is "
        + "as long as its share of the largest part.")
    let greatest = max(places.dropFirst().map { tree.nodes[$0].bits }.max() ?? 1, 1)
    ReportTable.write(
      fields, places.map { tree.nodes[$0] }, last: "", sortable: false, indent: \.depth, to: &page
    ) { node, page in
      ReportCharts.stack(
        node.costs, width: 180, height: 12, scale: node.bits / greatest,
        label: NumberFormat.percent(node.bits / total), to: &page)
    }
    page.newLine()
  }

  /// Who pays, by what tensors are for a network.
  static func roles(_ data: ReportData, to page: inout Markup) {
    let rows = CostGroupTable.rows(data.ledger, NameGroups(rule: .role))
    let total = max(data.ledger.totals.total, 1)
    page.element("h2", text: "By role")
    let shown = ["name", "tensors", "weights", "bits", "share", "bits_per_weight"]
    let fields = shown.compactMap { key in
      CostGroupTable.fields.first { $0.column.key == key }
    }
    ReportTable.write(fields, rows, last: "", to: &page) { row, page in
      ReportCharts.stack(
        row.node.costs, width: 180, height: 12, scale: row.node.bits / total,
        label: NumberFormat.percent(row.node.bits / total), to: &page)
    }
    page.newLine()
  }

  /// The units along the file.
  static func units(_ data: ReportData, to page: inout Markup) {
    page.element("h2", text: "Along the file")
    page.element(
      "p", [("class", "soft")],
      text: "Each unit is as wide as its bytes; its height is split like the bar above.")
    ReportCharts.map(data.ledger, to: &page)
    page.element("p", [("class", "soft")], text: "Bytes of each unit, in powers of ten.")
    ReportCharts.sizes(data.ledger, to: &page)
    page.newLine()
  }

  /// All tensors.
  static func tensors(_ data: ReportData, to page: inout Markup) {
    guard !data.tensors.isEmpty else { return }
    page.element("h2", text: "Tensors")
    // Without a search there is nothing that tensors could save.
    let fields = ReportData.Tensor.fields.filter { field in
      field.column.key != TensorSavings.key
        || data.tensors.contains { field.value($0) != .missing }
    }
    ReportTable.write(fields, data.tensors, to: &page)
    page.newLine()
  }

  /// The most distributions that are drawn.
  static let histogramLimit = 200

  /// The distributions of the weights and what is worth saying about them.
  static func histograms(_ data: ReportData, to page: inout Markup) {
    let drawn = data.tensors.filter { $0.histogram != nil || !$0.findings.isEmpty }
    guard !drawn.isEmpty else { return }
    page.element("h2", text: "Distributions")
    let more = drawn.count - histogramLimit
    page.element(
      "p", [("class", "soft")],
      text: "Weights before local scaling; where there are many, from the 0.1 % to the 99.9 % "
        + "quantile. Heights are square roots of counts."
        + (more > 0 ? " The first \(histogramLimit) tensors; \(more) more are not drawn." : ""))
    page.element("div", [("class", "cards")]) { page in
      for tensor in drawn.prefix(histogramLimit) {
        page.element("div", [("class", "card")]) { page in
          page.element("h3", text: tensor.name, limit: SafeText.usualLimit)
          if let histogram = tensor.histogram {
            ReportCharts.histogram(histogram, to: &page)
            if let outside = ReportCharts.outside(histogram) {
              page.element("div", [("class", "soft")], text: outside)
            }
          }
          guard !tensor.findings.isEmpty else { return }
          page.element("ul") { page in
            for finding in tensor.findings { page.element("li", text: finding) }
          }
        }
      }
    }
    page.newLine()
  }

  /// What is wrong with the stream.
  static func diagnostics(_ data: ReportData, to page: inout Markup) {
    page.element("h2", text: "Diagnostics")
    guard !data.check.breaches.isEmpty else {
      return page.element("p", text: "Nothing is wrong with the syntax and the payloads.")
    }
    ReportTable.folded(data.check.breaches, to: &page) { breaches, page in
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            for (title, kind) in [
              ("", "t"), ("rule", "t"), ("unit", "n"), ("bits", "n"), ("what", "t"),
            ] {
              page.element("th", [("scope", "col"), ("class", kind)], text: title)
            }
          }
        }
        page.element("tbody") { page in
          for found in breaches { row(of: found, to: &page) }
        }
      }
    }
    page.newLine()
  }

  private static func row(of found: Breach, to page: inout Markup) {
    page.element("tr") { page in
      let letter = String(found.diagnostic.severity.letter)
      page.element("td", [("class", letter)], text: found.diagnostic.severity.rawValue)
      page.element("td", text: found.diagnostic.rule.id)
      page.element("td", [("class", "n")], text: "\(found.unit)")
      page.element(
        "td", [("class", "n")],
        text: "\(found.diagnostic.range.start)+\(found.diagnostic.range.length)")
      page.element("td", [("class", "message")], text: found.diagnostic.message)
    }
  }

  /// How to read the page.
  static func footer(to page: inout Markup) {
    page.element("footer") { page in
      page.element(
        "p",
        text: "Payload bits are exact positions of the arithmetic decoder, headers the bits of "
          + "their elements: everything sums to the size of the file. H0 is the zero-order entropy "
          + "of a tensor's levels. Made by nnrscope.")
    }
  }
}
