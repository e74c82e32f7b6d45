import DeepCABAC
import NNRModel
import NNRSyntax
import TestSupport

/// Data units.
extension RuleStream {
  /// `plan` as the only data unit.
  static func only(_ plan: UnitPlan, _ parameters: UnitPlan = .modelParameters) -> [UnitPlan] {
    [.start(), parameters, .topology, plan]
  }

  /// A block of a weight and its bias, named in a list.
  static func block(_ dimensions: Int..., names: String...) throws -> UnitPlan {
    let rows = dimensions.first ?? 1
    var weight = PayloadTensor(4, 3)
    weight.parameters.dimensions = dimensions
    weight.encoding.levels = (0..<dimensions.reduce(1, *)).map { $0 % 3 }
    let payload = try codedPayload(PayloadTensor(rows), weight).bytes
    return try .coded("weight", weight).set(.payloadType, 3)
      .set(.multipleTopologyElementsPresentFlag, 1).set(.compressedParameterTypes, 8)
      .set(.countTopologyElementsMinus2, names.count - 2)
      .with(.topologyElemIdList, names.map { .bytes(Array($0.utf8)) })
      .set(.compressedDataUnitPayload, bytes: payload)
  }

  static func dataUnits() throws -> [RuleStream] {
    let coded = try UnitPlan.coded()
    var integers = PayloadTensor(4, 3)
    integers.quantizationDelta = nil
    let whole = try UnitPlan.coded("weight", integers).set(.payloadType, 0)
    let split = coded.set(.multipleTopologyElementsPresentFlag, 1)
      .set(.topologyElemIdList, texts: "a", "b")
    let names = UnitPlan.topology.set(.topologyStorageFormat, 6)
      .set(.topologyElemIdList, texts: "a", "b")
    let g = try UnitPlan.coded("w_G", PayloadTensor(4, 1)).set(.compressedParameterTypes, 1)
      .set(.gNumberOfRows, 4).set(.countTensorDimensions, 2).set(.tensorDimensions, 4, 3)
    return [
      RuleStream(.n01, only(coded.set(.payloadType, 5))),
      RuleStream(
        .n02, only(try block(4, 3, names: "w", "b").set(.multipleTopologyElementsPresentFlag, 0))),
      RuleStream(.n03, only(split)),
      RuleStream(.n04, only(try block(4, 3, names: "w", "b", "c"))),
      RuleStream(
        .n05,
        [
          .start(), .modelParameters.set(.mpsTopologyIndexedReferenceFlag, 1), names,
          coded.set(.payloadType, 3).set(.multipleTopologyElementsPresentFlag, 1)
            .set(.topologyElemIdIndexList, 0, 1),
        ]),
      RuleStream(.n06, only(coded) + [coded]),
      RuleStream(.n07, only(coded.set(.topologyElemId, bytes: [0x61, 0xff]))),
      RuleStream(
        .n07, only(coded.set(.topologyElemId, bytes: [0x61, 0x1b])), severity: .warning),
      RuleStream(.n08, only(coded.set(.tensorDimensions, 1 << 20, 1 << 20))),
      RuleStream(.n08, only(try .coded("empty", PayloadTensor(0, 3))), severity: .info),
      RuleStream(.n09, only(coded.set(.countTensorDimensions, 0))),
      RuleStream(.n10, only(coded.set(.tensorDimensionsFlag, 0))),
      RuleStream(.n11, only(coded.set(.compressedParameterTypes, 1).set(.gNumberOfRows, 5))),
      RuleStream(
        .n11,
        only(
          coded.set(.compressedParameterTypes, 1).set(.gNumberOfRows, 4).set(.decompositionRank, 4)),
        severity: .warning),
      RuleStream(.n12, only(try block(4, names: "w", "b"))),
      RuleStream(.n13, only(g)),
      RuleStream(.n13, only(g) + [coded]),
      RuleStream(.n14, only(coded.set(.scanOrder, 5))),
      RuleStream(.n15, only(try .coded("row", PayloadTensor(1, 6)).set(.scanOrder, 1))),
      RuleStream(.n18, only(coded.set(.firstTensorDimensionShift, 1)), severity: .warning),
      RuleStream(.n18, only(coded.set(.firstTensorDimensionShift, 2))),
      RuleStream(.n19, only(whole.set(.dqFlag, 1))),
      RuleStream(
        .n20,
        only(
          try .coded("weight", PayloadTensor(4, 3, unaryLength: 10)).set(.cabacUnaryLengthFlag, 0))),
      RuleStream(
        .n25,
        only(
          coded.set(.decompressedDataFormatPresentFlag, 1).set(.decompressedDataFormat, 77))),
      RuleStream(
        .n25,
        only(coded.set(.decompressedDataFormatPresentFlag, 1).set(.decompressedDataFormat, 5))),
      RuleStream(.n26, only(UnitPlan.raw().set(.rawFloat32Parameter, bytes: [1, 2, 3, 4, 5]))),
      RuleStream(
        .n27, only(UnitPlan.raw().set(.rawFloat32Parameter, bytes: [0, 0, 192, 127, 0, 0, 0, 0]))),
    ] + (try entryPoints())
  }

  private static func entryPoints() throws -> [RuleStream] {
    var blocks = PayloadTensor(16, 9)
    blocks.parameters.scanOrder = 1
    let entry = try codedPayload(blocks).entries[0]
    let plan = try UnitPlan.coded("blocks", blocks).set(.scanOrder, 1)
      .set(.cabacEntryPointValue, entry.value)
    // Positions count from where the first block row starts, which a tensor of one block row tells.
    let first = try firstBlockRow(blocks)
    return [
      RuleStream(
        .n16, only(plan.set(.cabacEntryPointDistance, entry.position - first + 1))),
      RuleStream(.n17, only(plan.set(.cabacEntryPointDistance, 0))),
      RuleStream(.n17, only(plan.set(.cabacEntryPointDistance, 100_000))),
    ]
  }

  /// The bit at which the first block row of a payload starts.
  static func firstBlockRow(_ tensor: PayloadTensor) throws -> Int {
    let decoder = PayloadDecoder(bytes: try codedPayload(tensor).bytes)
    _ = try decoder.readQuantizationDelta(bits: 8)
    try decoder.beginTensor(tensor.parameters)
    return decoder.firstBlockRowPosition
  }

  /// Levels 0 to 4, one for each entry of a codebook of five.
  static var fiveEntries: PayloadTensor {
    entries(5, levels: [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1])
  }

  static func entries(_ size: Int, levels: [Int]) -> PayloadTensor {
    var tensor = PayloadTensor(4, 3, levels: levels)
    tensor.parameters.codebook = CodebookLimits(size: size, zeroOffset: 0)
    return tensor
  }

  static func codebooks() throws -> [RuleStream] {
    let pair = entries(2, levels: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    let zeros = [Int](repeating: 0, count: 12)
    let plan = try UnitPlan.codebook(5, fiveEntries)
    let h = try UnitPlan.codebook(1, entries(1, levels: zeros))
    return [
      RuleStream(
        .n21, only(plan.set(CodebookElements.weight.zeroOffset, 90), .codebookParameters)),
      RuleStream(
        .n21, only(plan.set(CodebookElements.weight.size, 0), .codebookParameters)),
      RuleStream(
        .n22, only(try .codebook(2, first: Int(Int32.max), pair), .codebookParameters)),
      RuleStream(.n23, only(h, .codebookParameters)),
      RuleStream(
        .n24,
        only(try .codebook(5, entries(5, levels: pair.encoding.levels)), .codebookParameters)),
    ]
  }
}
