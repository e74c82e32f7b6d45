import NNRModel
import NNRSyntax
import TerminalScreen

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
    let lines = decodeLines(text.width)
    drawLines(lines, document.decodeTop, .decode, &grid, text)
    guard let bins = document.tensorView?.bins, let plot else { return }
    Histogram(
      bins.counts, below: bins.below, above: bins.above, low: bins.low, high: bins.high
    ).draw(on: &grid, in: plot)
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
    guard let tree = document.tree else { return [StyledText("no tensor here", .dim)] }
    guard let data = document.stream.dataUnit(location.unit, tree) else {
      let isData = document.entry?.type == .compressedData
      return [
        StyledText(
          isData ? "E the header cannot be read to its end" : "no tensor in this unit: ]t goes to the next",
          isData ? .error : .dim)
      ]
    }
    let parameters = document.stream.parameters(before: location.unit)
    var lines = [StyledText(data.nameTexts.map(ShownText.line).joined(separator: ", "), .name)]
    let known = Set(document.tensorView?.figures.map(\.label) ?? [])
    // What decoding tells exactly replaces what the headers let one guess.
    let facts = TensorFacts(data, parameters).facts.filter { !known.contains($0.label) }
    if let view = document.tensorView, !view.figures.isEmpty {
      lines += Self.flow(view.figures, width)
      for finding in view.findings {
        lines += StyledText.wrap("I " + finding, width: width, style: .info)
      }
      for step in view.chain { lines += StyledText.wrap(step, width: width) }
    }
    lines += Self.flow(facts, width)
    guard let view = document.tensorView else {
      if decoder == nil { lines.append(StyledText("the payload is not decoded here yet", .dim)) }
      return lines
    }
    if let problem = view.problem {
      lines.insert(contentsOf: StyledText.wrap("E " + problem, width: width, style: .error), at: 1)
    }
    return lines
  }

  /// Figures one behind the other, in as many lines as they need.
  private static func flow(_ figures: [TensorView.Figure], _ width: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var line = StyledText()
    for figure in figures {
      let part = StyledText(figure.label + " ", .dim) + StyledText(figure.value, .number)
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
