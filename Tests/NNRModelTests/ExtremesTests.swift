import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Sizes, counts, names and dimensions at the ends of what the syntax can say.
@Suite struct ExtremesTests {
  private func trees(_ plans: UnitPlan...) -> [SyntaxTree] {
    var writer = StreamWriter()
    for plan in plans { writer.append(plan) }
    let broken = StreamInvariants.broken(in: writer.bytes)
    #expect(broken.isEmpty, "\(broken)")
    let stream = writer.stream()
    return (0..<stream.unitCount).compactMap { stream.tree($0) }
  }

  /// The last unit's tree behind a start unit and a parameter set.
  private func tree(_ plan: UnitPlan) throws -> SyntaxTree {
    try #require(trees(.start(), .modelParameters, plan).last)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 0x7ffe, 0x7fff]) func claimedSizes(_ size: Int) {
    for flag in 0...1 {
      var writer = StreamWriter(.start())
      writer.append(.modelParameters.set(.nnrUnitSizeFlag, flag).with(\.forcedSize, size))
      let broken = StreamInvariants.broken(in: writer.bytes)
      #expect(broken.isEmpty, "\(broken)")
      let stream = writer.stream()
      #expect(stream.index.entries[1].type == .modelParameterSet)
      #expect(!stream.index.diagnostics.isEmpty)
    }
  }

  @Test func theLargestSizes() {
    for size in [0x8000, 0x7fff_ffff] {
      var writer = StreamWriter(.start())
      writer.append(.modelParameters.set(.nnrUnitSizeFlag, 1).with(\.forcedSize, size))
      #expect(StreamInvariants.broken(in: writer.bytes).isEmpty)
      #expect(writer.stream().index.diagnostics.map(\.rule) == [.s05])
    }
  }

  @Test func aUnitAroundTheLongForm() throws {
    for count in [32_700, 32_768, 70_000] {
      let tree = try tree(.tensor("w", 2, payload: [UInt8](repeating: 0x5a, count: count)))
      #expect(tree.isComplete)
      #expect(tree.nodes.last?.range.length == count * 8)
    }
  }

  @Test func endsOfNames() throws {
    for name in ["", "x", String(repeating: "n", count: 100_000), "\u{10ffff}"] {
      let tree = try tree(.tensor(name, 2, payload: [0, 0]))
      #expect(tree.isComplete)
      #expect(tree.texts(of: .topologyElemId) == [Array(name.utf8)])
    }
    let open = try tree(
      .tensor("w", 2, payload: [1]).with(.topologyElemId, [.unterminated(Array("w".utf8))])
        .set(.compressedDataUnitPayload, bytes: [0xff, 0xff]))
    #expect(TreeInvariants.broken(in: open).isEmpty)
  }

  @Test(
    arguments: [
      [0x1b, 0x5b, 0x32, 0x4a], [0xc2, 0x9b, 0x6d], [0xe2, 0x80, 0xae], [0xc0, 0xaf],
      [0xed, 0xa0, 0x80], [0xff],
    ] as [[UInt8]]) func hostileNamesKeepTheirBytes(_ name: [UInt8]) throws
  {
    let tree = try tree(.tensor("", 2, payload: [0]).set(.topologyElemId, bytes: name))
    #expect(tree.isComplete)
    #expect(tree.texts(of: .topologyElemId) == [name])
    let isText = String(validating: name, as: UTF8.self) != nil
    let told = tree.diagnostics.filter { $0.rule == .n07 }
    #expect(told.map(\.severity) == [isText ? .warning : .error])
  }

  /// A name that is not kept whole may be cut within a character, and is valid all the same; what is wrong has its place.
  @Test func longNamesAreJudgedByWhatIsKept() throws {
    func told(_ name: [UInt8]) throws -> [String] {
      try tree(.tensor("", 2, payload: [0]).set(.topologyElemId, bytes: name)).diagnostics
        .filter { $0.rule == .n07 }.map(\.message)
    }
    let euros = Array(String(repeating: "€", count: 350_000).utf8)
    #expect(euros.count > ElementValue.keptBytes && ElementValue.keptBytes % 3 != 0)
    #expect(try told(euros) == [])
    #expect(
      try told([0x61, 0x62] + euros[1..<1000])
        == ["topology_elem_id is not valid UTF-8 from byte 2 on"])
    #expect(try told([0xe2, 0x82]) == ["topology_elem_id is not valid UTF-8 from byte 0 on"])
  }

  @Test func countsOfDimensions() throws {
    let many = try tree(
      .tensor("w", payload: [1]).set(.countTensorDimensions, 300).set(.tensorDimensions, 1))
    #expect(many.isComplete)
    #expect(many.numbers(of: .tensorDimensions).count == 300)
    let none = try tree(.tensor("w", payload: [1]))
    #expect(none.isComplete)
    #expect(none.diagnostics.contains { $0.rule == .n09 })
    for claimed in [1_000, 1 << 20, 0x1_ffff_fff0] {
      let huge = try tree(
        .tensor("w", payload: [1]).set(.countTensorDimensions, claimed).with(\.loopLimit, 2))
      #expect(!huge.isComplete)
      #expect(huge.nodes.count < 100)
      #expect(huge.diagnostics.contains { $0.rule == .s10 })
    }
  }

  @Test func sizesOfDimensions() throws {
    for dimension in [0, 1, 0x7fff_ffff, 0xffff_ffff, 0x7f_ffff_ffff] {
      let tree = try tree(.tensor("w", dimension, dimension, dimension, payload: [1]))
      #expect(tree.isComplete)
      #expect(tree.numbers(of: .tensorDimensions) == [dimension, dimension, dimension])
      let raw = try self.tree(
        .tensor("w", dimension, dimension, payload: []).set(.payloadType, 2)
          .set(.rawFloat32Parameter, bytes: [1, 2, 3]))
      #expect(raw.diagnostics.contains { $0.rule == .n26 })
    }
  }

  @Test func entryPointsBeyondTheUnit() throws {
    let tree = try tree(
      .tensor("w", 1 << 38, 8, payload: [1]).set(.scanOrder, 1).with(\.loopLimit, 1))
    #expect(!tree.isComplete)
    #expect(tree.nodes.count < 100)
  }

  @Test func codebooksAtTheirEnds() throws {
    let book = CodebookElements.weight
    let plan = UnitPlan.tensor("w", 2, 2, payload: [1]).set(.codebookPresentFlag, 1)
    for (size, offset) in [(0, 0), (1, 1), (4, -3), (4, 2), (7, 1_000_000)] {
      let tree = try tree(plan.set(book.size, size).set(book.zeroOffset, offset))
      #expect(!tree.isComplete, "\(size) entries, offset \(offset)")
      #expect(tree.diagnostics.contains { $0.rule == .n21 })
    }
    let wide = try tree(
      plan.set(book.size, 3).set(book.egk, 15).set(book.zeroOffset, 0)
        .set(book.entries, 0x7fff_ffff, 0xffff_ffff, 0xffff_ffff))
    #expect(wide.isComplete)
    #expect(wide.diagnostics.contains { $0.rule == .n22 })
    let huge = try tree(plan.set(book.size, 0x3_ffff_ffff).with(\.loopLimit, 2))
    #expect(!huge.isComplete)
    #expect(huge.nodes.count < 200)
  }

  @Test func mapsOfNothing() throws {
    let tree = try #require(
      trees(
        .start(),
        .modelParameters.set(.mpsSparsificationFlag, 1).set(.mpsUnificationFlag, 1)
          .set(.spmCountThresholds, 0).set(.upmCountThresholds, 0)
      ).last)
    #expect(tree.isComplete)
    #expect(tree.diagnostics.filter { $0.rule == .m07 }.count == 2)
  }

  @Test func aggregatesInAggregates() {
    var plan = UnitPlan.emptyTopology
    for _ in 0..<50 { plan = UnitPlan(.aggregate).with(\.contained, [plan, .emptyTopology]) }
    let writer = StreamWriter(.start(), plan)
    let broken = StreamInvariants.broken(in: writer.bytes)
    #expect(broken.isEmpty, "\(broken)")
    let tree = writer.stream().tree(1)
    #expect(tree?.diagnostics.contains { $0.rule == .l03 } == true)
  }

  @Test func aMaskThatTheUnitCannotHold() throws {
    let tree = try tree(
      UnitPlan(.topology).set(.topologyStorageFormat, 5).set(.pruneFlag, 1)
        .set(.countBits, 0xffff_ffff))
    #expect(TreeInvariants.broken(in: tree).isEmpty)
  }
}
