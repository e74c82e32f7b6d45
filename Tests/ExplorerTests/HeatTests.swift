import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer
@testable import NNRAnalysis

/// What cells of the heat map hold, and how they are scaled.
@Suite struct HeatTests {
  private func image(_ levels: [Int32], width: Int, isRaw: Bool = false, bits: [Float] = []) throws
    -> HeatImage
  {
    var grid = LevelGrid(width: width)
    grid.append(levels[...])
    let window = HeatWindow(
      row: 0, column: 0, height: levels.count / width, width: width, tall: 1, wide: 1)
    return try #require(
      HeatImage(
        grid, rowBits: [], bits: bits, window, member: 0, isRaw: isRaw, isCancelled: { false }))
  }

  @Test func signsAreKept() throws {
    let image = try image([-3, 0, 5, .min], width: 2)
    #expect(image.cells[.signed] == [-3, 0, 5, -2_147_483_648])
    #expect(image.cells[.level] == [3, 0, 5, 2_147_483_648])
  }

  @Test func whatIsNoNumberHasItsOwnColour() throws {
    let weights: [Float] = [1, .nan, .infinity, -.infinity, -0.0, -2]
    let levels = weights.map { Int32(bitPattern: $0.bitPattern) }
    let image = try image(levels, width: 3, isRaw: true)
    #expect(
      image.oddities == [1: .nan, 2: .infinite(negative: false), 3: .infinite(negative: true)])
    #expect(image.odd == (nan: 1, above: 1, below: 1))
    #expect(image.cells[.signed]?[5] == -2 && image.cells[.signed]?[4] == 0)
    #expect(image.cells[.bits] == [32, 32, 32, 32, 32, 32])
    let scale = HeatScale(.signed, image.cells[.signed] ?? [], isWhole: true)
    #expect(scale.low == -2 && scale.high == 2)
  }

  @Test func theScaleLeavesOutliersOut() {
    let cells = (1...98).map(Double.init) + [1e30, -5]
    let usual = HeatScale(.level, cells, isWhole: false)
    #expect(usual.low == 0 && usual.high == 97)
    #expect(HeatScale(.level, cells, isWhole: true).high == 1e30)
    #expect(usual.value(1e30) == .share(1) && usual.value(-5) == .share(0))
    let signed = HeatScale(.signed, cells, isWhole: false)
    #expect(signed.low == -97 && signed.value(-97) == .signed(-1) && signed.value(0) == .signed(0))
    // A spread that is small beside the values fills the scale.
    let narrow = HeatScale(.bits, (0..<100).map { 1000 + Double($0) / 100 }, isWhole: true)
    #expect(narrow.low == 1000 && narrow.value(1000.99) == .share(1))
    #expect(narrow.ends.low != narrow.ends.high)
    for mode in HeatMode.allCases {
      for cells in [[], [Double.nan], [0, 0], [7, 7], [.infinity, 3]] {
        let scale = HeatScale(mode, cells, isWhole: false)
        switch scale.value(cells.last ?? 0) {
        case .share(let share): #expect((0...1).contains(share) || share.isNaN)
        case .signed(let share): #expect((-1...1).contains(share) || share.isNaN)
        default: Issue.record("\(mode) \(cells)")
        }
      }
    }
  }

  @Test func aFewValuesAmongEqualOnesAreSeen() {
    let cells = [Double](repeating: 0, count: 1000) + [4]
    let scale = HeatScale(.level, cells, isWhole: false)
    #expect(scale.value(4) == .share(1) && scale.value(0) == .share(0))
  }

  /// The bits of the weights of a row are those of the row.
  @Test(arguments: ["cnn_digits_pyt", "d1_block_row_dq", "cnn_lsa", "codebook_p1"])
  func bitsOfWeights(_ fixture: String) throws {
    let stream = try #require(try Fixture(fixture).opened().first)
    var tried = 0
    for tensor in stream.session.directory(0).tensors where tensor.quantizer != .raw {
      guard
        let costs = WeightCosts(stream.session, stream: 0, tensor, shouldStop: { false }),
        let spread = try CostSpread(stream.session, stream: 0, tensor)
      else { continue }
      let width = costs.bits.count / max(1, spread.rows.count)
      for (row, part) in spread.rows.enumerated() {
        let sum = costs.bits[row * width..<(row + 1) * width].reduce(0) { $0 + Double($1) }
        #expect((sum - part.bits).magnitude < 1e-3 * max(1, part.bits), "\(tensor.name) row \(row)")
      }
      tried += 1
    }
    #expect(tried > 1)
    let first = try #require(stream.session.directory(0).tensors.first)
    #expect(WeightCosts(stream.session, stream: 0, first, shouldStop: { true }) == nil)
  }

  @Test func theMapTellsItsScale() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv2.weight")
    session.command("heat bits")
    #expect(
      session.screen.contains("bits for each weight") && !session.screen.contains("of the row"))
    session.command("heat signed")
    #expect(session.screen.contains("mean level -") && session.screen.contains("(2–98 %)"))
    session.keys("%")
    #expect(session.screen.contains("(all)"))
    session.keys("%")
    let plain = session.model.draw()
    var model = ExplorerModel(try Fixture("cnn_digits_pyt").opened(), size: Size(120, 40))
    model.pairsHeat = true
    var colourful = ExplorerSession(model)
    colourful.work()
    colourful.command("tensor conv2.weight")
    colourful.command("heat signed")
    let paired = colourful.model.draw()
    #expect(!ScreenText.plain(plain).contains("▀") && ScreenText.plain(paired).contains("▀"))
    let window = try #require(colourful.model.document.heatImage?.window)
    let half = try #require(session.model.document.heatImage?.window)
    #expect(window.height > half.height || window.tall < half.tall)
    #expect(paired.cells.count { $0.style.ground != nil } > 100)
    // A click on the second line of the map goes to its third row of cells.
    let body = try #require(colourful.model.layout.body(.heat))
    colourful.send(.input(.mouse(Mouse(.click, at: Point(body.x + 4, body.y + 1)))))
    #expect(colourful.model.document.cell.row == window.row + 2 * window.tall)
    #expect(colourful.model.document.cell.column == window.column + 4 * window.wide)
  }
}

/// The curve of a context over its own range.
@Suite struct CurveScaleTests {
  @Test func fillsItsRange() {
    let scale = CurveScale([0.82, 0.85, 0.87])
    #expect(scale.low == 0.82 && (scale.high - 0.87).magnitude < 1e-9)
    #expect(scale.points[2] > 0.99 && scale.points[0] < 0.06 && scale.points[0] > 0)
    let flat = CurveScale([0.5, 0.5])
    #expect(flat.high - flat.low > 0.019 && (0...1).contains(flat.points[0]))
    #expect(CurveScale([1, 1]).high == 1 && CurveScale([0, 0]).low == 0)
    #expect(CurveScale([]).points == [])
  }
}
