import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Units of every type with values set by hand are parsed as they were written.
@Suite struct UnitWriterTests {
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
    #expect(tree.reading == plan.reading)
    return tree
  }

  private static let maps = UnitPlan(.modelParameterSet).set(.mpsSparsificationFlag, 1)
    .set(.mpsPruningFlag, 1).set(.mpsUnificationFlag, 1).set(.mpsDecompositionPerformanceMapFlag, 1)
    .set(.spmCountThresholds, 3).set(.spmCountClasses, 2).set(.ppmCountPruningRatios, 2)
    .set(.ppmCountClasses, 1).set(.upmCountThresholds, 2).set(.upmCountClasses, 1)
    .set(.upmClassBitmask, 3).set(.countReshapedTensorDimension, 3)
    .set(.reshapedTensorDimensions, 7, 9).set(.countSuperBlockDimension, 2)
    .set(.superBlockDimensions, 64).set(.countBlockDimension, 2).set(.blockDimensions, 8)
    .set(.dpmCountThresholds, 2).set(.dpmCountClasses, 2).set(.dpmNnClassAccuracy, floats: 0.5, 1)

  @Test func modelParameterSetWithAllItsParts() {
    let plan = Self.maps.set(.baseModelIdPresentFlag, 1).set(.baseModelId, texts: "base-1")
      .set(.validationSetPerformancePresentFlag, 1).set(.performanceMetricType, texts: "top-1")
      .set(.mpsParentSignallingEnabledFlag, 1).set(.nnrPreFlag, 1)
      .set(.validationSetPerformance, floats: 0.75).set(.mpsQuantizationMethodFlags, 3)
      .set(.mpsQpDensity, 7).set(.mpsQuantizationParameter, -4096)
    let tree = check(plan)
    #expect(tree.texts(of: .baseModelId) == [Array("base-1".utf8)])
    #expect(tree.numbers(of: .mpsQuantizationParameter) == [-4096])
    #expect(tree.numbers(of: .reshapedTensorDimensions) == [7, 9])
    #expect(tree.nodes.filter { $0.element === Element.upmNnClassAccuracy }.count == 3)
    #expect(tree.nodes.filter { $0.element === Element.sparsificationThreshold }.count == 2)
    #expect(tree.node(of: .validationSetPerformance)?.value.float == 0.75)
  }

  @Test(arguments: [true, false], [true, false]) func bothReadingsOfMaps(
    _ less: Bool, _ bitmask: Bool
  ) {
    var plan = Self.maps
    plan.reading.mapsHoldOneLess = less
    plan.reading.unificationLoopsOverBitmask = bitmask
    for profile in 0...1 {
      let tree = check(plan, profile: profile)
      let isReference = less && bitmask
      #expect(tree.diagnostics.contains { $0.rule == .m08 } == !isReference)
    }
  }

  @Test func layerParameterSetWithMaps() {
    let tree = check(
      UnitPlan(.layerParameterSet).set(.lpsSparsificationFlag, 1).set(.lpsPruningFlag, 1)
        .set(.lpsUnificationFlag, 1).set(.spmCountThresholds, 2).set(.ppmCountPruningRatios, 2)
        .set(.upmCountThresholds, 2).set(.lpsQuantizationMethodFlags, 2))
    #expect(tree.nodes.filter { $0.element === Element.pruningRatio }.count == 1)
  }

  @Test func topologyDataInEveryForm() {
    for format in [0, 1, 2, 3, 4, 7, 200] {
      for data in [[], [0], Array("graph".utf8), [0, 1, 2], [0xff, 0]] as [[UInt8]] {
        let plan = UnitPlan(.topology).set(.topologyStorageFormat, format)
          .set(.topologyData, bytes: data)
        _ = check(plan)
        _ = check(plan.set(.topologyCompressionFormat, 1).set(.topologyData, bytes: deflated(data)))
      }
    }
  }

  @Test func pruningTopology() {
    let pruned = UnitPlan(.topology).set(.topologyStorageFormat, 5).set(.pruneFlag, 1)
    let masks = pruned.set(.nnrRepType, 0).set(.orderFlag, 1).set(.sparseFlag, 1)
      .set(.countBits, 11, 16).with(.bitMaskValue, [.bytes([0xaa, 0xe0]), .bytes([0x0f, 0xf0])])
    let tree = check(masks)
    #expect(tree.numbers(of: .countBits) == [11, 16])
    #expect(tree.nodes.contains { $0.isTentative })
    _ = check(
      pruned.set(.nnrRepType, 1).set(.countIds, 1).set(.elementId, texts: "conv").set(.countDims, 2)
        .set(.dim, 3, 4))
    let indexed = pruned.set(.nnrRepType, 1).set(.countIds, 3).set(.elementIdIndex, 5, 6, 7)
      .set(.countDims, 1).set(.dim, 3)
    #expect(
      check(indexed) { $0.topologyIndexedReference = true }.numbers(of: .elementIdIndex)
        == [5, 6, 7])
  }

  @Test func quantizationUnit() {
    let tree = check(
      UnitPlan(.quantization).set(.quantizationStorageFormat, 1)
        .set(.quantizationData, bytes: [1, 0, 2]))
    #expect(tree.node(of: .quantizationData)?.value == .bytes([1, 0, 2], total: 3))
  }

  @Test(arguments: [7, 31, 32, 63]) func reservedTypes(_ type: Int) {
    let tree = check(
      UnitPlan(type: type).set(.partialDataCounterPresentFlag, 1).set(.partialDataCounter, 255)
        .set(.reservedUnitData, bytes: [0xff, 0xad]))
    #expect(tree.number(of: .partialDataCounter) == 255)
    #expect(tree.node(of: .reservedUnitData)?.value == .bytes([0xff, 0xad], total: 2))
  }

  @Test func aggregateOfUnits() {
    let plan = UnitPlan(.aggregate).set(.nnrAggregateUnitType, 1).set(.entryPointsPresentFlag, 1)
      .set(.nnrUnitTypeListed, 1, 5).set(.nnrUnitEntryPoint, 20, 1 << 33).set(.quantBitdepth, 8)
      .with(\.contained, [.modelParameters, .tensor("inner", 2, 2, payload: [1, 2, 3])])
    let tree = check(plan)
    #expect(
      tree.nodes.filter { if case .containedUnit = $0.kind { true } else { false } }.count == 2)
    #expect(tree.texts(of: .topologyElemId) == [Array("inner".utf8)])
    #expect(tree.number(of: .nnrUnitEntryPoint) == 20)
    _ = check(
      UnitPlan(.aggregate).set(.numOfNnrUnitsMinus2, 1)
        .with(\.contained, [.modelParameters, plan, .emptyTopology]))
  }

  @Test func placesInAnAggregateCountFromItsStart() throws {
    let cut = UnitPlan.modelParameters.with(\.cut, 2).with(\.forcedSize, 6)
    let plan = UnitPlan(.aggregate).with(\.contained, [.emptyTopology, cut, .emptyTopology])
    let tree = try #require(StreamWriter(plan).stream().tree(0))
    let inner = tree.nodes.filter { if case .containedUnit = $0.kind { true } else { false } }
    let breach = try #require(tree.diagnostics.first { $0.rule == .s10 })
    #expect(inner.count == 3 && inner[1].range.contains(breach.range.start))
    #expect(breach.message.contains("at bit \(breach.range.start),"))
  }

  @Test func aggregateWithAnUnknownHeader() {
    var plan = UnitPlan(.aggregate).with(
      \.contained, [.modelParameters, .tensor("inner", 2, 2, payload: [1, 2, 3])])
    plan.reading.triesRecollected = false
    _ = check(plan)
    plan.contained = []
    for count in [0, 1, 5, 63, 64, 65, 200] {
      let written = plan.set(.aggregateData, bytes: [UInt8](repeating: 0xff, count: count))
      let unit = StreamWriter(written).bytes
      #expect(StreamInvariants.broken(in: unit).isEmpty, "\(count) bytes")
    }
  }

  @Test func theLongSizeFormIsTakenWhereTheShortDoesNotReach() {
    for count in [0x7fff - 3, 0x7fff - 2] {
      let plan = UnitPlan(type: 40).set(
        .reservedUnitData, bytes: [UInt8](repeating: 0xaa, count: count))
      let tree = check(plan)
      let isLong = count == 0x7fff - 2
      #expect(tree.number(of: .nnrUnitSizeFlag) == (isLong ? 1 : 0))
      #expect(tree.number(of: .nnrUnitSize) == count + (isLong ? 5 : 3))
    }
    let tree = check(UnitPlan.start().set(.nnrUnitSizeFlag, 1))
    #expect(tree.number(of: .nnrUnitSize) == 6)
  }
}
