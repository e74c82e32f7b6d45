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
    let lines = decodeLines(rect.width)
    guard let bins = document.tensorView?.bins, rect.height >= lines.count + 3 else {
      return drawLines(lines, document.decodeTop, .decode, &grid, rect)
    }
    drawLines(lines, 0, .decode, &grid, rect.rows(from: 0, count: lines.count))
    Histogram(
      bins.counts, below: bins.below, above: bins.above, low: bins.low, high: bins.high
    ).draw(on: &grid, in: rect.rows(from: lines.count, count: 8))
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
    var lines = [StyledText(data.nameTexts.joined(separator: ", "), .name)]
    lines += Self.flow(TensorFacts(data, parameters).facts, width)
    guard let view = document.tensorView else {
      if decoder == nil { lines.append(StyledText("the payload is not decoded here yet", .dim)) }
      return lines
    }
    if let problem = view.problem { lines += StyledText.wrap("E " + problem, width: width, style: .error) }
    lines += Self.flow(view.figures, width)
    for finding in view.findings {
      lines += StyledText.wrap("I " + finding, width: width, style: .info)
    }
    for step in view.chain { lines += StyledText.wrap(step, width: width) }
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
