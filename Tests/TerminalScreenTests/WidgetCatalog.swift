import TerminalScreen

/// One instance of every widget, for tests that go over all of them.
enum WidgetCatalog {
  /// Name and widget.
  static func all(_ glyphs: GlyphSet) -> [(name: String, widget: any Widget, size: Size)] {
    [
      ("list", list, Size(24, 5)), ("list-inactive", inactiveList, Size(24, 5)),
      ("tree", tree(glyphs), Size(30, 5)), ("table", table, Size(44, 6)),
      ("table-narrow", table, Size(20, 6)), ("hex", hex, Size(78, 4)), ("bits", bits, Size(30, 1)),
      (
        "stacked", StackedBar([3, 2, 1, 0.5].enumerated().map { BarPart($1, series: $0) }),
        Size(40, 1)
      ),
      ("histogram", histogram, Size(40, 5)), ("heatmap", heatMap, Size(20, 6)),
      ("prompt", prompt, Size(50, 4)), ("footer", footer, Size(60, 1)),
      ("footer-narrow", footer, Size(22, 1)), ("overlay", overlay, Size(40, 9)),
      ("progress", ProgressBar(0.714, label: "decoding"), Size(40, 1)),
    ]
  }

  private static var list: ListView {
    ListView(ListState(selection: 12, top: 10), count: 40) { index in
      StyledText("row \(index) ") + StyledText(index % 2 == 0 ? "E bad" : "ok", .error)
    }
  }

  private static var inactiveList: ListView {
    ListView(ListState(selection: 1), count: 3, focus: .inactive) {
      StyledText("row \($0)")
    }
  }

  private static func tree(_ glyphs: GlyphSet) -> ListView {
    let rows: [(Int, TreeRow.State, String)] = [
      (0, .open, "NNR_NDU conv1.weight"), (1, .closed, "header"), (1, .open, "payload"),
      (2, .leaf, "levels"), (40, .leaf, "deep"),
    ]
    return ListView(ListState(selection: 2), count: rows.count) { index in
      TreeRow.text(
        depth: rows[index].0, rows[index].1, StyledText(rows[index].2), glyphs: glyphs)
    }
  }

  private static var table: TableView {
    TableView(
      ListState(selection: 1),
      columns: [
        TableColumn("name", width: 8, weight: 1, priority: 3),
        TableColumn("bytes", .right, width: 7, priority: 2),
        TableColumn("bits/w", .right, width: 7, priority: 1), TableColumn("kind", width: 5),
      ], count: 9, sort: SortMark(column: 1, descending: true)
    ) { row in
      [
        StyledText("layer\(row).weight"), StyledText("\(1000 - row * 100)", .number),
        StyledText("3.\(row)"), StyledText("FLOAT", .dim),
      ]
    }
  }

  private static var hex: HexView {
    HexView(
      start: 0x16, bytes: Array(0x30..<0x60),
      marks: [
        BitMark(0x16 * 8 + 16..<0x16 * 8 + 48, .enclosing),
        BitMark(0x16 * 8 + 20..<0x16 * 8 + 36, .element),
      ], cursor: 0x16 * 8 + 20)
  }

  private static var bits: BitStrip {
    BitStrip(
      first: 13, bits: (0..<20).map { $0 % 3 == 0 },
      marks: [BitMark(16..<20, .enclosing), BitMark(17..<18, .element)], cursor: 17)
  }

  private static let bell: [Double] = (0..<80).map { (bin: Int) -> Double in
    let distance = Double(bin - 40)
    return 100 / (1 + distance * distance / 80)
  }

  private static var histogram: HistogramPlot {
    HistogramPlot(
      bell, below: 12, above: 60,
      low: "-0.41", high: "0.38")
  }

  private static var heatMap: HeatMap {
    HeatMap(rows: 10, columns: 30, selection: Point(12, 4)) {
      row, column in
      row == 2 && column == 3 ? .unknown : .share(Double(row * 30 + column) / 300)
    }
  }

  private static var prompt: PromptLine {
    var state = PromptState("tensor conv")
    state.offer(["tensor conv1.weight", "tensor conv2.weight"])
    _ = state.handle(Key(.tab))
    return PromptLine(state, label: StyledText(":", .keyHint), validity: .invalid, note: "2 match")
  }

  private static var footer: Footer {
    Footer([
      KeyHint("/", "search", priority: 1), KeyHint("&", "filter"), KeyHint(":", "go to"),
      KeyHint("?", "help", priority: 2), KeyHint("q", "quit", priority: 3),
    ])
  }

  private static var overlay: TextOverlay {
    TextOverlay(
      title: StyledText("Help", .title),
      lines: StyledText.wrap(
        "Keys of the focused pane come first. A line that is longer than the box is cut.\n\nj down",
        width: 30) + (0..<20).map { StyledText("line \($0)") }, top: 2, maximum: Size(36, 8))
  }
}
