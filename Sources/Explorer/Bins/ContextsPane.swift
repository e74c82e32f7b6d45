import NNRAnalysis
import PlainText
import TerminalScreen

/// The contexts of the tensor that is stepped through, with their adaptation curves.
extension ExplorerModel {
  private static let columns = [
    TableColumn("ctx", .right, width: 4, priority: 9),
    TableColumn("context", width: 14, max: 36, weight: 4, priority: 9),
    TableColumn("bins", .right, width: 7, priority: 6),
    TableColumn("lps %", .right, width: 5, priority: 4),
    TableColumn("bits", .right, width: 8, priority: 5),
    TableColumn("bit/bin", .right, width: 7, priority: 3),
    TableColumn("P(1)", .right, width: 5, priority: 2),
    TableColumn("→", .right, width: 5, priority: 7),
    TableColumn("P(1) over time", width: 12, weight: 6, priority: 8),
  ]

  /// The room of a curve in the table.
  private func curveWidth(_ rect: Rect) -> Int {
    let table = TableView(ListState(), columns: Self.columns, count: contextCount) { _ in [] }
    let bar = contextCount > table.page(rect) ? 2 : 0
    return table.placement(width: rect.width - bar).first { $0.column == 8 }?.width ?? 0
  }

  /// The contexts that are listed.
  var contextCount: Int { bins.contexts?.contexts.count ?? 0 }

  /// Draws the list.
  func drawContexts(_ grid: inout Grid, _ rect: Rect) {
    let glyphs = grid.glyphs
    let width = curveWidth(rect)
    TableView(
      bins.contextList, columns: Self.columns, count: contextCount,
      placeholder: StyledText(bins.contextsProblem ?? "walking all bins of the tensor …", .dim)
    ) { row in
      guard let found = bins.contexts else { return [] }
      return Self.cells(found.contexts[row], found, width, bins.index, glyphs)
    }.draw(on: &grid, in: rect)
    if contextCount == 0 { grid.placeCursor(Point(0, 0), in: rect) }
  }

  private static func cells(
    _ curve: ContextCurve, _ all: ContextCurves, _ width: Int, _ bin: Int, _ glyphs: GlyphSet
  ) -> [StyledText] {
    let share = NumberText.fixed(Double(curve.improbable) * 100 / Double(max(1, curve.bins)), 1)
    let each = NumberText.fixed(curve.bits / Double(max(1, curve.bins)), 3)
    let points = curve.points(width).map { glyphs.column(max(0.02, $0)) }
    // The selected bin's place in time is marked in every curve.
    let now = min(all.point(of: bin, of: width), max(0, points.count - 1))
    var plot = StyledText(points.prefix(now).joined(), .bar)
    plot += StyledText(points.dropFirst(now).prefix(1).joined(), Style.bar.on(.element))
    plot += StyledText(points.dropFirst(now + 1).joined(), .bar)
    return [
      StyledText("\(curve.context)", .dim), StyledText(curve.name, .name),
      StyledText(NumberText.grouped(curve.bins), .number), StyledText(share, .dim),
      StyledText(NumberText.fixed(curve.bits, 1), .number), StyledText(each, .dim),
      StyledText(NumberText.fixed(curve.start, 3), .dim),
      StyledText(NumberText.fixed(curve.end, 3), .derived), plot,
    ]
  }

  /// Draws the curve of the selected context over several lines.
  func drawCurve(_ grid: inout Grid, _ rect: Rect) {
    guard let all = bins.contexts, let curve = bins.selectedContext, rect.height > 0 else { return }
    let glyphs = grid.glyphs
    var title = StyledText("\(curve.context) \(curve.name)", .title)
    title.append("  from bin \(NumberText.grouped(curve.first)); ", .dim)
    title.append("ones \(NumberText.percent(curve.shareOfOnes)), ", .dim)
    title.append("P(1) \(NumberText.fixed(curve.start, 3)) → \(NumberText.fixed(curve.end, 3))")
    grid.write(fitting: title, in: rect.row(0))
    let label = 6
    guard rect.height >= 4, rect.width > 3 * label else {
      let points = curve.points(rect.width).map { glyphs.column(max(0.02, $0)) }
      return grid.write(fitting: StyledText(points.joined(), .bar), in: rect.row(1))
    }
    let plot = rect.rows(from: 1, count: rect.height - 2).columns(from: label)
    let height = Double(plot.height)
    let scale = CurveScale(curve.points(plot.width))
    let points = scale.points
    for line in 0..<plot.height {
      let base = height - 1 - Double(line)
      let text = points.map { glyphs.column($0 * height - base) }.joined()
      grid.write(fitting: StyledText(text, .bar), in: plot.row(line))
    }
    let labels = rect.columns(from: 0, count: label)
    grid.write(fitting: StyledText(NumberText.fixed(scale.high, 3), .dim), in: labels.row(1))
    grid.write(
      fitting: StyledText(NumberText.fixed(scale.low, 3), .dim), in: labels.row(plot.height))
    let now = all.point(of: bins.index, of: plot.width)
    let text = "\(glyphs.isASCII ? "^" : "▲") bin \(NumberText.grouped(bins.index))"
    let axis = rect.row(rect.height - 1).columns(from: label)
    let shown = CellText.width(text, glyphs: glyphs)
    if now + shown <= axis.width {
      grid.write(text, at: Point(now, 0), in: axis, style: .dim)
    } else {
      let back = "bin \(NumberText.grouped(bins.index)) \(glyphs.isASCII ? "^" : "▲")"
      grid.write(back, at: Point(max(0, now + 1 - shown), 0), in: axis, style: .dim)
    }
  }
}
