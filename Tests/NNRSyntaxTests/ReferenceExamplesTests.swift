import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// The single units that the format reference prints in hexadecimal, read and written.
@Suite struct ReferenceExamplesTests {
  private func parse(_ hex: String, profile: Int = 1) -> SyntaxTree {
    var context = UnitContext()
    context.profile = profile
    let unit = bytes(hex: hex)
    return UnitParser.parse(MemorySource(unit), bytes: 0..<unit.count, context: context)
  }

  private func write(_ plan: UnitPlan, profile: Int = 1) -> WrittenUnit {
    var writer = StreamWriter()
    writer.context.profile = profile
    return writer.append(plan)
  }

  /// The unit is complete, sound, and what the writer makes of `plan`.
  private func check(_ hex: String, _ plan: UnitPlan, profile: Int = 1) -> SyntaxTree {
    let tree = parse(hex, profile: profile)
    #expect(tree.isComplete)
    #expect(TreeInvariants.broken(in: tree).isEmpty)
    let written = write(plan, profile: profile)
    #expect(written.bytes == bytes(hex: hex))
    #expect(written.differences(from: tree).isEmpty)
    return tree
  }

  @Test(arguments: [0, 1]) func startUnit(_ profile: Int) {
    let tree = check("00 04 02 0\(profile)", .start(profile: profile))
    #expect(tree.number(of: .generalProfileIdc) == profile)
    #expect(tree.payloadStart == tree.bitCount)
  }

  @Test func typicalModelParameterSet() {
    let tree = check("00 08 06 81 00 40 00 80", .modelParameters)
    #expect(tree.number(of: .mpsQpDensity) == 2)
    #expect(tree.number(of: .mpsQuantizationParameter) == 0)
    #expect(tree.node(of: .nnrReservedZero7bits) == nil)
  }

  @Test func theSameModelParameterSetInEdition1() {
    let tree = check("00 08 06 81 00 40 00 80", .modelParameters, profile: 0)
    #expect(tree.number(of: .nnrReservedZero7bits) == 0)
    #expect(tree.node(of: .mpsParentSignallingEnabledFlag) == nil)
  }

  @Test(arguments: [0, 1]) func layerParameterSet(_ profile: Int) {
    let plan = UnitPlan(.layerParameterSet).set(.independentlyDecodableFlag, 1)
      .set(.lpsSelfContainedFlag, 1).set(.lpsQuantizationMethodFlags, 1).set(.lpsQpDensity, 3)
      .set(.lpsQuantizationParameter, -5)
    let tree = check("00 08 0a 80 02 7f fb 80", plan, profile: profile)
    #expect(tree.number(of: .lpsQpDensity) == 3)
    #expect(tree.number(of: .lpsQuantizationParameter) == -5)
  }

  @Test func emptyTopology() {
    let tree = check("00 06 0e 00 00 00", .emptyTopology)
    #expect(tree.node(of: .topologyData)?.value == .text([], total: 0))
  }

  @Test func listOfNames() {
    let plan = UnitPlan(.topology).set(.independentlyDecodableFlag, 1)
      .set(.topologyStorageFormat, 6).set(.topologyElemIdList, texts: "aa", "b")
    let tree = check("00 0c 0e 06 00 80 80 61 61 00 62 00", plan)
    #expect(tree.texts(of: .topologyElemIdList) == [Array("aa".utf8), Array("b".utf8)])
    #expect(tree.node(of: .byteAlignment)?.range == BitRange(start: 48, length: 8))
  }

  @Test func sparsificationMap() {
    let plan = UnitPlan(.modelParameterSet).set(.independentlyDecodableFlag, 1)
      .set(.mpsSparsificationFlag, 1).set(.mpsQuantizationMethodFlags, 1).set(.mpsQpDensity, 2)
      .set(.spmCountThresholds, 2).set(.sparsificationThreshold, floats: 1)
      .set(.nonZeroRatio, floats: 0.5).set(.spmNnAccuracy, floats: 0.25)
      .set(.spmCountClasses, 2).set(.spmClassBitmask, 3).set(.spmNnClassAccuracy, floats: 1, 2)
    let hex =
      "00 1f 06 41 00 40 00 02 00 00 80 3f 00 00 00 3f 00 00 80 3e 02 83 00 00 80 3f 00 00 00 40 80"
    let tree = check(hex, plan)
    func floats(_ element: Element) -> [Float] {
      tree.nodes.compactMap { $0.element === element ? $0.value.float : nil }
    }
    #expect(floats(.sparsificationThreshold) == [1])
    #expect(floats(.nonZeroRatio) == [0.5])
    #expect(floats(.spmNnAccuracy) == [0.25])
    #expect(floats(.spmNnClassAccuracy) == [1, 2])
    #expect(tree.number(of: .spmClassBitmask) == 3)
    #expect(tree.reading == Reading())
  }

  @Test func rawFloats() {
    let hex =
      "00 1b 16 11 72 00 40 90 50 50 40 00 00 80 3f 00 00 00 40 00 00 40 40 00 00 80 40"
    let tree = parse(hex)
    #expect(tree.isComplete)
    #expect(tree.number(of: .payloadType) == 2)
    #expect(tree.numbers(of: .tensorDimensions) == [2, 2])
    #expect(tree.payloadStart == 11 * 8)
    #expect(
      tree.node(of: .rawFloat32Parameter)?.range == BitRange(start: 11 * 8, length: 16 * 8))
    #expect(tree.node(of: .dqFlag) == nil)
    #expect(tree.node(of: .scanOrder)?.value == .number(0))
  }
}
