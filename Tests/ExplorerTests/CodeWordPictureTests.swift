import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Pictures of code words agree with what the decoder does.
@Suite struct CodeWordPictureTests {
  private static let fixtures = [
    "cnn_digits_pyt", "codebook_p1", "codebook_edges_p1", "bitdepth_4", "large_levels",
    "unary_minus1_0", "unary_minus1_63", "conv1d_digits", "cnn_sparse", "mlp_ec2t_codebook",
    "walk_units",
  ].filter { (try? Fixture($0).bytes()) != nil }

  /// The bins and trellis states of levels, worked out from values, are those that the decoder walks through.
  @Test(arguments: fixtures) func binsAndStatesAreTheDecoders(_ name: String) throws {
    let session = Session([(MemorySource(try Fixture(name).bytes()), name)])
    let stream = session.streams[0]
    var compared = 0
    for unit in 0..<stream.unitCount where stream.index.entries[unit].type == .compressedData {
      guard var trace = BinTrace(session, stream: 0, unit: unit) else { continue }
      var options = FiguresOptions()
      options.keptBytes = 64 << 20
      let figures = UnitFigures(session, stream: 0, unit: unit, options: options)
      var walks = figures.tensors.map { tensor -> [Int: TrellisWalk.Step] in
        Self.walk(tensor, limit: 3000)
      }
      var place = 0
      var level: [TracedBin] = []
      func check() {
        guard let last = level.last, let value = last.walked.level,
          let scan = last.walked.scanIndex
        else { return }
        let tensor = trace.tensors[last.tensor]
        let codebook = tensor.codebook.map { ($0.values.count, $0.zeroOffset) }
        let steps = Binarization(value, unaryLength: tensor.unaryLength, codebook: codebook).steps
        #expect(
          steps.map(\.bin) == level.map(\.event.bin), "\(name) u\(unit) scan \(scan): \(value)")
        if tensor.dqFlag, let step = walks[last.tensor][scan] {
          #expect(step.state == last.walked.state, "\(name) u\(unit) scan \(scan)")
          #expect(step.level == value)
        }
        compared += 1
      }
      while place < 6000, let bin = trace.bin(place) {
        if bin.walked.scanIndex == nil || bin.tensor != level.last?.tensor
          || bin.walked.scanIndex != level.last?.walked.scanIndex
        {
          check()
          level = []
        }
        if bin.walked.scanIndex != nil { level.append(bin) }
        place += 1
      }
      walks = []
    }
    #expect(compared > 3, "\(name)")
  }

  private static func walk(_ tensor: TensorFigures, limit: Int) -> [Int: TrellisWalk.Step] {
    guard tensor.start.tensor.dqFlag, let geometry = LevelChain(figures: tensor).geometry,
      let grid = tensor.grid
    else { return [:] }
    var walker = TrellisWalker(geometry: geometry, rowMask: tensor.start.rowMask)
    var found: [Int: TrellisWalk.Step] = [:]
    for index in 0..<min(limit, geometry.count) {
      guard let element = geometry.element(atScanIndex: index), let integer = grid[element] else {
        break
      }
      found[index] = walker.step(index, element, integer)
    }
    return found
  }

  @Test func theTreeShowsTheWayTaken() {
    let lines = BinarizationTree.lines(Binarization(-2, unaryLength: 10), width: 70).map(\.string)
    #expect(lines[0] == "level -2: bins 1 1 1 0")
    #expect(lines.contains { $0.hasPrefix("● sig_flag") && $0.hasSuffix("─0─ 0") })
    #expect(lines.contains { $0.hasPrefix("● sign_flag") && $0.hasSuffix("0 + 1▶−") })
    #expect(
      lines.contains { $0.hasPrefix("● abs_level_greater[1]") && $0.hasSuffix("─0▶ |level| = 2") })
    #expect(lines.contains { $0.hasPrefix("○ abs_level_greater[2]") })
    for width in [30, 34, 70] {
      for level in [0, 1, -1, 5, 40, -100_000] {
        for line in BinarizationTree.lines(Binarization(level, unaryLength: 10), width: width) {
          #expect(line.width() <= max(width, 40), "\(level) at \(width): \(line.string)")
        }
      }
    }
  }

  @Test func scansAreDrawnInTheirOrder() throws {
    let geometry = try TensorGeometry(CodedTensorParameters(dimensions: [12, 20], scanOrder: 1))
    let lines = ScanPicture.lines(geometry, row: 0, column: 0, width: 100, height: 12).map(\.string)
    #expect(lines[1].hasPrefix(" 0 [  0]   1    2 "))
    #expect(lines[1].contains("│ 64 "))
    #expect(lines.contains { $0.contains("────") })
    #expect(lines.contains { $0.hasPrefix(" 8 ") && $0.contains("160") })
  }

  @Test func entriesStandOnALine() {
    let lines = NumberLine.lines([-6, -1, 0, 1, 9], zero: 2, selected: 4, width: 16).map(\.string)
    #expect(lines == ["┼────┼0┼───────┼", "   entry 4 = 9 ▲", "-6             9"])
    #expect(NumberLine.lines([], zero: 0, selected: nil, width: 10).count == 1)
    #expect(
      NumberLine.lines([Int(Int32.min), Int(Int32.max)], zero: 0, selected: 0, width: 8).count == 3)
  }

  private static let sizes = [Size(120, 40), Size(80, 24), Size(40, 10)]

  @Test(arguments: sizes, [GlyphSet.block, .ascii])
  func screens(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: size)
    session.command("tensor conv2.weight")
    session.command("values")
    session.keys("j j j j K")
    assertSnapshot(
      session.model.draw(glyphs: glyphs),
      named: "code-word-\(size.width)x\(size.height)-\(glyphs)")
  }

  @Test(arguments: ["codebook_p1", "cnn_digits_pyt", "conv1d_digits", "raw_float_special"])
  func everyElementHasAPicture(_ name: String) throws {
    var session = try ExplorerSession(name)
    let stream = session.model.document.stream
    for unit in 0..<min(8, stream.unitCount) {
      guard let tree = stream.tree(unit) else { continue }
      session.command("unit \(unit)")
      for (place, node) in tree.nodes.enumerated().prefix(120) where node.element != nil {
        let model = session.model.selecting(unit, place)
        for width in [30, 76] { #expect(!model.codeWordPicture(width).isEmpty, "\(node.name)") }
      }
    }
  }
}
