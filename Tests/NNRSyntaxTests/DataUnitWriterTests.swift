import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Data units of every kind are parsed as they were written.
@Suite struct DataUnitWriterTests {
  private static let tensor = UnitPlan.tensor("w", 20, 30, payload: [1, 2, 3, 4])

  private func check(
    _ plan: UnitPlan, profile: Int = 1, _ change: (inout UnitContext) -> Void = { _ in }
  ) -> SyntaxTree {
    var writer = StreamWriter()
    writer.context.profile = profile
    change(&writer.context)
    let context = writer.context
    let unit = writer.append(plan)
    let tree = UnitParser.parse(
      MemorySource(unit.bytes), bytes: 0..<unit.bytes.count, context: context)
    #expect(unit.differences(from: tree).isEmpty, "\(unit.differences(from: tree))")
    #expect(TreeInvariants.broken(in: tree).isEmpty)
    return tree
  }

  @Test(arguments: [0, 1], 0...3) func everyPayloadType(_ profile: Int, _ type: Int) {
    var plan = Self.tensor.set(.payloadType, type)
    if type == 3 {
      plan = plan.set(.multipleTopologyElementsPresentFlag, 1).set(.compressedParameterTypes, 8)
        .set(.topologyElemIdList, texts: "w", "b")
    }
    let tree = check(plan, profile: profile)
    #expect(tree.number(of: .payloadType) == type)
    #expect((tree.node(of: .codebookPresentFlag) != nil) == (type == 1 || type == 3))
    #expect((tree.node(of: .dqFlag) != nil) == (type != 2))
    #expect((tree.node(of: .nodeIdPresentFlag) != nil) == (profile == 1))
    #expect(tree.nodes.last?.range.length == (type == 2 ? 2400 : 4) * 8)
  }

  @Test func codebooks() {
    let book = CodebookElements.weight
    // Six entries around the fourth: n >> 1 = 3, so the coded offset is 0.
    let tree = check(
      Self.tensor.set(.codebookPresentFlag, 1).set(book.egk, 3).set(book.size, 6)
        .set(book.zeroOffset, 0).set(book.entries, -5, 0, 1, 2, 9, 10))
    #expect(tree.number(of: book.zeroOffset) == 3)
    #expect(tree.numbers(of: book.entries) == [-5, -6, -8, -11, 5, 16])
    let names = tree.nodes.filter { $0.element === book.entries }.map(\.name)
    #expect(names == [3, 2, 1, 0, 4, 5].map { "codebook__[\($0)]" })
    for offset in [-1, 0] {
      let single = Self.tensor.set(.codebookPresentFlag, 1).set(book.size, 2)
        .set(book.zeroOffset, offset)
      #expect(check(single).numbers(of: book.entries).count == 2)
    }
  }

  @Test func decomposedBlockWithEntryPoints() {
    let plan = Self.tensor.set(.payloadType, 3).set(.multipleTopologyElementsPresentFlag, 1)
      .set(.topologyElemIdList, texts: "w_G", "w_H", "w_scaling").set(
        .countTopologyElementsMinus2, 1
      )
      .set(.compressedParameterTypes, 3).set(.decompositionRank, 12).set(.gNumberOfRows, 20)
      .set(.codebookPresentFlag, 1).set(CodebookElements.weight.size, 3)
      .set(CodebookElements.h.size, 4).set(.dqFlag, 1).set(.scanOrder, 1)
      .set(.cabacEntryPointValue, 196, 1, 255).set(.cabacEntryPointState, 5, 0, 7)
      .set(.cabacEntryPointDistance, 162, -5, 300)
    let tree = check(plan)
    // G has three block rows of 8, H two.
    #expect(tree.numbers(of: .cabacEntryPointDistance) == [162, 157, 457])
    #expect(tree.numbers(of: .cabacEntryPointList).first == 162 << 11 | 196 << 3 | 5)
    #expect(tree.numbers(of: CodebookElements.h.entries).count == 4)
  }

  @Test(arguments: ["w_G", "w_H", "w"]) func decomposedMemberOfItsOwn(_ name: String) {
    let tree = check(
      Self.tensor.set(.topologyElemId, texts: name).set(.compressedParameterTypes, 1)
        .set(.decompositionRank, 17).set(.gNumberOfRows, 40).set(.scanOrder, 1))
    let points = ["w_G": 4, "w_H": 2, "w": 2][name]
    #expect(tree.numbers(of: .cabacEntryPointValue).count == points)
    #expect(tree.node(of: .cabacEntryPointState) == nil)
  }

  @Test func parents() {
    let child = Self.tensor.set(.parentNodeIdPresentFlag, 1).set(.temporalContextModelingFlag, 1)
      .set(.putNodeDepth, 2)
    func parse(_ plan: UnitPlan) -> SyntaxTree { check(plan) { $0.parentSignallingEnabled = true } }
    #expect(parse(child.set(.parentDeviceId, 3)).number(of: .parentDeviceId) == 3)
    let nameless = child.set(.nodeIdPresentFlag, 0).set(.parameterId, 9)
    #expect(parse(nameless).number(of: .parameterId) == 9)
    let hash = (0..<64).map { UInt8($0) }
    let short = parse(
      child.set(.parentNodeIdType, 1)
        .set(.parentNodePayloadSha256, bytes: Array(hash.prefix(32))))
    #expect(short.node(of: .parentNodePayloadSha256)?.value.bytes == Array(hash.prefix(32)))
    let long = parse(child.set(.parentNodeIdType, 2).set(.parentNodePayloadSha512, bytes: hash))
    #expect(long.node(of: .parentNodePayloadSha512)?.value.bytes == hash)
    let unknown = parse(child.set(.parentNodeIdType, 3))
    #expect(unknown.diagnostics.contains { $0.rule == .u01 })
  }

  @Test func referencesByIndex() {
    let single = check(Self.tensor.set(.topologyElemIdIndex, 300)) {
      $0.topologyIndexedReference = true
    }
    #expect(single.number(of: .topologyElemIdIndex) == 300)
    let block = Self.tensor.set(.payloadType, 3).set(.multipleTopologyElementsPresentFlag, 1)
      .set(.topologyElemIdIndexList, 7, 8).set(.compressedParameterTypes, 8)
    let several = check(block) { $0.topologyIndexedReference = true }
    #expect(several.numbers(of: .topologyElemIdIndexList) == [7, 8])
  }

  @Test func splitTensor() {
    let tree = check(
      Self.tensor.set(.multipleTopologyElementsPresentFlag, 1)
        .set(.topologyElemIdList, texts: "q", "k", "v").set(.countTopologyElementsMinus2, 1)
        .set(.concatenationAxisIndex, 1).set(.splitIndex, 10, 20).set(.numberOfShifts, 1, 0, 2)
        .set(.shiftIndex, 0, 1, 0).set(.shiftValue, 1, -1, 2))
    #expect(tree.numbers(of: .splitIndex) == [10, 20])
    #expect(tree.numbers(of: .shiftValue) == [1, -1, 2])
  }

  @Test func dimensionsFromOutside() {
    let plan = Self.tensor.set(.tensorDimensionsFlag, 0).set(.scanOrder, 1)
    let tree = check(plan) { $0.outOfBand = OutOfBand(dimensions: [33, 5]) }
    #expect(tree.numbers(of: .cabacEntryPointValue).count == 4)
    #expect(tree.outOfBand?.dimensions == [33, 5])
    let vector = check(plan) { $0.outOfBand = OutOfBand(dimensions: [33]) }
    #expect(vector.node(of: .scanOrder) == nil)
    let bare = check(Self.tensor.set(.inputParametersPresentFlag, 0)) {
      $0.outOfBand = OutOfBand(dimensions: [2, 2])
    }
    #expect(bare.node(of: .cabacUnaryLengthFlag) == nil)
  }

  @Test(arguments: [1, 2]) func dimensionsFromNowhere(_ rank: Int) {
    var plan = Self.tensor.set(.tensorDimensionsFlag, 0).set(
      .compressedDataUnitPayload, bytes: [0xff])
    plan.reading.assumedRank = rank
    let tree = check(plan)
    #expect(tree.reading.assumedRank == rank)
    #expect(tree.diagnostics.contains { $0.rule == .n10 })
  }

  @Test func decompressedFormat() {
    for profile in 0...1 {
      let tree = check(
        Self.tensor.set(.decompressedDataFormatPresentFlag, 1).set(.decompressedDataFormat, 8),
        profile: profile)
      #expect(tree.number(of: .decompressedDataFormat) == 8)
    }
  }

  @Test func partOfATensor() {
    let tree = check(
      Self.tensor.set(.partialDataCounterPresentFlag, 1).set(.partialDataCounter, 2))
    #expect(tree.number(of: .partialDataCounter) == 2)
    #expect(tree.node(of: .nnrUnitType)?.range.start == 16)
  }
}
