import NNRReport
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer
@testable import NNRAnalysis

/// The costs view: into the parts of tensors, back to their bits, by names and by columns.
@Suite struct CostsViewTests {
  private func opened(_ keys: String = "3") throws -> ExplorerSession {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys(keys)
    return session
  }

  /// Puts the cursor on the row with a text; false if there is none.
  private func find(_ text: String, _ session: inout ExplorerSession) throws -> Bool {
    session.keys("g")
    let count = session.model.document.costs.rows.count
    for _ in 0..<count {
      let selected = session.model.document.costs.list.selection
      let top = session.model.document.costs.list.top
      let lines = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
      // Frame and heading stand above.
      let line = selected - top + 3
      if lines.indices.contains(line), lines[line].contains(text) { return true }
      session.keys("j")
    }
    return false
  }

  @Test(arguments: CostPart.Kind.allCases) func drillsDown(_ kind: CostPart.Kind) throws {
    var session = try opened()
    session.command("filter fc.weight")
    session.keys("G Enter")
    let sheet = try #require(session.model.document.figures.costs)
    let key = CostsState.PartsKey(
      node: try #require(session.model.document.costs.selected?.node), kind: kind)
    let place = try #require(session.model.document.costs.rows.firstIndex(of: .parts(key)))
    while session.model.document.costs.list.selection < place { session.keys("j") }
    session.keys("Enter")
    let parts = try #require(session.model.document.figures.parts[key])
    #expect(parts.problem == nil)
    let rows = session.model.document.costs.rows.filter {
      if case .part = $0 { true } else { false }
    }
    #expect(rows.count == parts.lines.count)
    var wanted = sheet.ledger.tensors[parts.tensor].costs
    if kind != .contexts {
      // Rows and blocks hold the levels; the classes above list the rest.
      let beside = wanted.charged.filter { $0.costClass.group == .overhead }
      wanted.add(-beside.reduce(0) { $0 + $1.bits }, to: .payload(.termination))
    }
    let sum = parts.lines.reduce(0) { $0 + $1.bits }
    #expect((sum - wanted.total).magnitude < 1e-6)
    session.keys("j")
    guard case .part(key, let number)? = session.model.document.costs.selected else {
      return #expect(Bool(false), "no part is selected")
    }
    let unit = sheet.ledger.tensors[parts.tensor].tensor.unit
    let payload = try #require(session.model.document.stream.tree(unit)?.payloadStart)
    let start = try #require(parts.lines[number].start)
    session.keys("Enter")
    #expect(session.model.view == .explorer)
    #expect(session.model.location.unit == unit && session.model.location.bit == payload + start)
  }

  @Test func namesAreFiltered() throws {
    var session = try opened()
    let all = session.model.document.costs.rows.count
    session.keys("& c o n v 2")
    let tree = try #require(session.model.document.figures.costs?.tree)
    var wanted: Set<Int> = [0]
    for place in tree.nodes.indices where tree.nodes[place].path.contains("conv2") {
      var around: Int? = place
      while let node = around {
        wanted.insert(node)
        around = tree.nodes[node].parent
      }
    }
    let shown = session.model.document.costs.rows.map(\.node)
    #expect(Set(shown) == wanted)
    #expect(wanted.count > 1 && wanted.count < tree.nodes.count)
    #expect(session.screen.contains("conv2") && !session.screen.contains("bn1"))
    session.keys("Enter")
    #expect(session.screen.contains("names with conv2"))
    session.keys("Esc")
    #expect(session.model.view == .costs && session.model.document.costs.rows.count == all)
    session.keys("& z z z Esc")
    #expect(session.model.document.costs.rows.count == all)
  }

  @Test func headingsSort() throws {
    var session = try opened()
    func click(_ title: String) throws {
      let lines = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
      let y = try #require(lines.firstIndex { $0.contains(title) })
      let x = try #require(lines[y].range(of: title)?.lowerBound)
      let column = lines[y].distance(from: lines[y].startIndex, to: x)
      session.send(.input(.mouse(Mouse(.click, at: Point(column, y)))))
    }
    try click("layer")
    #expect(session.model.document.costs.order == .name)
    #expect(!session.model.document.costs.isReversed)
    try click("layer")
    #expect(session.model.document.costs.isReversed)
    try click("bit/w")
    #expect(session.model.document.costs.order == .bitsPerWeight)
    session.keys("2")
    try click("bits")
    #expect(session.model.document.tensors.sort == SortOrder(key: "bits", descending: true))
    try click("bits")
    #expect(session.model.document.tensors.sort == SortOrder(key: "bits", descending: false))
  }

  /// Every group of classes has an order of its own, which its heading chooses and its name keeps.
  @Test func everyGroupSorts() throws {
    var model = try opened().model
    for group in CostGroup.allCases {
      model.sortCosts(byHeading: 5 + group.place)
      #expect(model.document.costs.order == .share(group), "\(group)")
    }
    for order in CostsState.Order.allCases {
      #expect(CostsState.Order(rawValue: order.rawValue) == order)
    }
  }

  @Test func runsOfZeros() throws {
    // Columns: 0 0 5 0 0 0 0 7 · 1 0 0 …
    var grid = LevelGrid(width: 8)
    grid.append([0, 0, 5, 0, 0, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0][...])
    let window = HeatWindow(row: 0, column: 1, height: 2, width: 3, tall: 1, wide: 2)
    let image = try #require(
      HeatImage(grid, rowBits: [], window, member: 0, isRaw: false, isCancelled: { false }))
    // Columns 1–2, 3–4, 5–6: runs of 2, 4 and 4, then of 7.
    #expect(image.cells[.zeros] == [1, 4, 4, 7, 7, 7])
    #expect(image.greatest[.zeros] == 7)
  }

  @Test func escapeStopsDecoding() throws {
    var session = try opened("")
    session.command("tensor conv2.weight")
    let whole = try #require(session.model.document.tensorView)
    session.command("tensor fc.weight")
    // Back again, with the work left undone after its first news.
    session.execute("tensor conv2.weight")
    let job = try #require(session.jobs.first { $0.kind == .decode })
    var half = whole
    half.fraction = 0.5
    let news = half
    session.send(.report(JobReport(job) { $0.take(news) }))
    session.press([Key(.escape)])
    #expect(!session.jobs.contains { $0.kind == .decode })
    #expect(session.model.document.tensorView?.problem == "stopped at 50 %")
    // Late news is not taken.
    session.send(.report(JobReport(job) { $0.take(whole) }))
    #expect(session.model.document.tensorView?.fraction == 0.5)
    session.command("tensor fc.weight")
    session.command("tensor conv2.weight")
    #expect(session.model.document.tensorView?.problem == nil)
    #expect(session.model.document.tensorView?.fraction == 1)
  }
}
