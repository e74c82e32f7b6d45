import NNRModel
import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// The weights of the selected tensor.
  public static let decode = Pane("decode", "Decode")
}

/// The figures of the selected tensor, while it is decoded.
struct DecodeView: View {
  let pane = Pane.decode
  let subject = ViewSubject.weights

  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText) {
    (StyledText(pane.title, .title), model.decodeNote)
  }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawDecode(&grid, rect)
  }

  func move(_ motion: Motion, _ model: inout ExplorerModel) {
    motion.scroll(
      &model.document.decodeTop, count: model.decodeCount, page: model.page(pane))
  }

  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect] {
    let last = max(0, (model.document.tensorView?.values?.columns ?? 1) - 1)
    model.document.decodeColumn = min(max(0, model.document.decodeColumn + step), last)
    return model.decodeSelection()
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] { model.showWeights(.values) }

  func enterHint(_ model: ExplorerModel) -> String? { "values" }

  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel) {}
}

/// The weights of the selected tensor: what headers tell, and what decoding found by now.
extension ExplorerModel {
  /// The note in the pane's title.
  var decodeNote: StyledText {
    guard let view = document.tensorView else { return "" }
    if view.problem != nil { return StyledText("E not decodable", .error) }
    if view.fraction < 1 { return StyledText("\(Int(view.fraction * 100)) %", .tentative) }
    return StyledText(view.rate ?? "decoded", .dim)
  }

  /// Draws facts, figures and histogram.
  func drawDecode(_ grid: inout Grid, _ rect: Rect) {
    let (text, plot) = decodeParts(rect)
    drawDecodeRows(decodeLines(text.width), &grid, text)
    guard let bins = document.tensorView?.bins, let plot else { return }
    HistogramPlot(
      bins.counts, below: bins.below, above: bins.above, low: bins.low, high: bins.high
    ).draw(on: &grid, in: plot)
  }

  /// The rows of the pane: its lines, then those of the values.
  var decodeCount: Int {
    let (text, _) = decodeParts(layout.body(.decode) ?? .zero)
    return decodeLines(text.width).count + (document.tensorView?.values.map { $0.rows + 1 } ?? 0)
  }

  private func drawDecodeRows(_ lines: [StyledText], _ grid: inout Grid, _ rect: Rect) {
    let values = document.tensorView?.values
    let count = lines.count + (values.map { $0.rows + 1 } ?? 0)
    let top = min(max(0, document.decodeTop), max(0, count - rect.height))
    let bar = count > rect.height && rect.width > 1
    let body = rect.columns(from: 0, count: rect.width - (bar ? 2 : 0))
    for row in 0..<min(rect.height, max(0, count - top)) {
      let place = top + row
      let text =
        place < lines.count
        ? lines[place] : values.map { valueRow($0, place - lines.count - 1, body.width) } ?? ""
      grid.write(fitting: text, in: body.row(row))
    }
    if bar { grid.scrollBar(rect, top: top, count: count) }
    if hasKeyboard(.decode) { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// A row of values from the first shown column on; row -1 is the heading.
  private func valueRow(_ values: TensorView.Values, _ row: Int, _ width: Int) -> StyledText {
    let lead = String(values.rows).count + 1
    let wide = 11
    let first = document.decodeColumn
    let last = min(values.columns, first + max(1, (width - lead) / wide))
    func pad(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    var text = StyledText(row < 0 ? pad("row", lead) : pad("\(row)", lead), .dim)
    for column in first..<max(first, last) {
      let value = row < 0 ? "column \(column)" : values.text(row, column)
      text.append(pad(value, wide), row < 0 ? .dim : .number)
    }
    return text
  }

  /// The room for the lines, and that for the histogram, if both fit.
  private func decodeParts(_ rect: Rect) -> (text: Rect, plot: Rect?) {
    guard document.tensorView?.bins != nil else { return (rect, nil) }
    if rect.width >= 64, rect.height >= 4 {
      let plot = min(66, rect.width * 2 / 5)
      let text = rect.columns(from: 0, count: rect.width - plot - 2)
      return (text, rect.columns(from: rect.width - plot).rows(from: 0, count: 14))
    }
    guard rect.height >= 12 else { return (rect, nil) }
    let low = min(8, rect.height / 3)
    return (
      rect.rows(from: 0, count: rect.height - low - 1), rect.rows(from: rect.height - low)
    )
  }

  /// The lines of the pane for a width.
  func decodeLines(_ width: Int) -> [StyledText] {
    guard document.tree != nil else { return [StyledText("no tensor here", .dim)] }
    guard let data = document.stream.compressedDataUnit(location.unit) else {
      let isData = document.entry?.type == .compressedData
      return [
        StyledText(
          isData
            ? "E the header cannot be read to its end"
            : "no tensor in this unit: \(shownKey(of: "next-tensor")) goes to the next",
          isData ? .error : .dim)
      ]
    }
    let parameters = document.stream.parameters(before: location.unit)
    var lines = [StyledText(data.nameTexts.map(ShownText.line).joined(separator: ", "), .name)]
    let known = Set(document.tensorView?.figures.map(\.label) ?? [])
    // What decoding tells exactly replaces what the headers let one guess.
    let facts = HeaderFacts(data, parameters).facts.filter { !known.contains($0.label) }
    if let view = document.tensorView, !view.figures.isEmpty {
      lines += flow(view.figures, width)
      for finding in view.findings {
        lines += StyledText.wrap("I " + finding, width: width, style: .info)
      }
      for step in view.chain { lines += StyledText.wrap(step, width: width) }
    }
    lines += flow(facts, width)
    if let problem = document.tensorView?.problem {
      lines.insert(contentsOf: StyledText.wrap("E " + problem, width: width, style: .error), at: 1)
    }
    return lines
  }

  /// Figures one behind the other, in as many lines as they need.
  private func flow(_ figures: [TensorView.Figure], _ width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var line = StyledText()
    for figure in figures {
      let value = hidden.hides(figure: figure.label) ? HiddenValues.mark : figure.value
      let part = StyledText(figure.label + " ", .dim) + StyledText(value, .number)
      if !line.spans.isEmpty, line.width() + part.width() + 3 > width - 1 {
        lines.append(line)
        line = StyledText()
      }
      if !line.spans.isEmpty { line.append(" · ", .dim) }
      line += part
    }
    if !line.spans.isEmpty { lines.append(line) }
    return lines
  }
}
