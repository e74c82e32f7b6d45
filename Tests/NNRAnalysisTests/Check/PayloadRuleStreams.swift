import DeepCABAC
import NNRModel
import NNRSyntax
import TestSupport

/// Payloads, dialects, updates and limits.
extension RuleStream {
  private static let told = "the dialect of a profile 0 stream is told whenever it shows"

  static func payloads() throws -> [RuleStream] {
    let tensor = PayloadTensor(4, 3)
    let good = try codedPayload(tensor).bytes
    let coded = try UnitPlan.coded()
    func with(_ payload: [UInt8]) -> [UnitPlan] {
      only(coded.set(.compressedDataUnitPayload, bytes: payload))
    }
    var damaged = good
    damaged[damaged.count - 1] ^= 1
    var high = tensor
    high.quantizationDelta = 127
    var rows = PayloadTensor(4, 3, levels: [Int](repeating: 0, count: 12))
    rows.encoding.skippedRows = [0, 1, 2, 3]
    var wasteful = tensor
    wasteful.encoding.ecoSets = [ContextLayout(unaryLength: 11).remainder + 5: 3]
    let wrapped = PayloadTensor(4, 3, levels: [2_147_483_520] + Array(repeating: 0, count: 11))
    let constant = PayloadTensor(4, 3, levels: Array(repeating: 100, count: 12))
    return [
      RuleStream(.p01, with(try codedPayload(tensor, terminateBin: false).bytes)),
      RuleStream(.p02, with(damaged)),
      RuleStream(.p03, with(good + [0])),
      RuleStream(.p04, with(Array(good.prefix(3)))),
      RuleStream(
        .p05,
        only(
          try .coded(
            "weight", PayloadTensor(4, 3, levels: [1 << 31] + Array(repeating: 0, count: 11))))),
      RuleStream(.p07, only(try .coded("weight", high))),
      RuleStream(.p08, only(try .coded("weight", rows))),
      RuleStream(.p09, only(coded, .modelParameters.set(.mpsQuantizationParameter, 600))),
      RuleStream(.p10, only(try .coded("weight", wasteful))),
      RuleStream(.p11, only(try .coded("weight", wrapped))),
      RuleStream(.p12, only(try .coded("weight", constant))),
      RuleStream(.p13, only(try .coded("weight", PayloadTensor(2, levels: [70_000, -3])))),
      RuleStream(
        .p13, only(try .coded("weight", PayloadTensor(1, levels: [70_000]))), severity: .info),
    ] + (try dialects())
  }

  private static func dialects() throws -> [RuleStream] {
    func tensor(_ name: String, _ dialect: PayloadDialect) throws -> UnitPlan {
      // With one block row only edition 1 sets the range to 256.
      var tensor = PayloadTensor(7, 9)
      tensor.parameters.dialect = dialect
      tensor.parameters.scanOrder = 1
      return try .coded(name, tensor).set(.scanOrder, 1)
    }
    func stream(_ plans: [UnitPlan]) -> [UnitPlan] {
      [.start(profile: 0), .codebookParameters, .topology] + plans
    }
    let old = try ["a", "b", "c"].map { try tensor($0, .edition1) }
    var outside = PayloadTensor(4, 3, levels: [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5])
    outside.parameters.dialect = .edition2Profile0
    return [
      RuleStream(.s12, stream(old)),
      RuleStream(
        .s13, stream(old + [try tensor("d", .edition2Profile0)]), accompanied: [.s12: told]),
      RuleStream(
        .p06, stream([try .codebook(5, outside)]), accompanied: [.s12: told]),
    ]
  }

  /// A stream of the weight, as the root of the update tree.
  static func base() throws -> [UnitPlan] {
    only(try UnitPlan.coded().node(depth: 0))
  }

  /// An update of the weight whose contexts look at the base.
  static func temporal() throws -> UnitPlan {
    var tensor = PayloadTensor(4, 3)
    tensor.parameters.parentNodePresent = true
    tensor.encoding.base = tensor.encoding.levels.map { Int32($0) }
    return try UnitPlan.coded("weight", tensor).set(.temporalContextModelingFlag, 1)
  }

  /// An update of the weight whose contexts do not look at the base.
  static func update(_ name: String = "weight", _ dimensions: (Int, Int) = (4, 3)) throws
    -> UnitPlan
  {
    var tensor = PayloadTensor(dimensions.0, dimensions.1)
    tensor.parameters.parentNodePresent = true
    return try .coded(name, tensor)
  }

  static func updates() throws -> [RuleStream] {
    func with(_ plans: UnitPlan...) -> [UnitPlan] {
      [.start(), .updateParameters, .topology] + plans
    }
    let update = try update()
    let needy = try temporal().set(.independentlyDecodableFlag, 0)
    var remembering = PayloadTensor(4, 3)
    remembering.parameters.parentNodePresent = true
    remembering.encoding.historyFlag = true
    remembering.encoding.history = [UInt8](repeating: 1, count: 12)
    let hash = [UInt8](repeating: 7, count: 32)
    let alone: [Rule: String] = [.u10: "the update is alone, and so are all its differences"]
    return [
      RuleStream(.u10, with(update.node(depth: 1).parent())),
      RuleStream(.u01, with(update.node(depth: 1).parent(3))),
      RuleStream(.u02, with(needy.node(depth: 1).parent())),
      RuleStream(.u03, with(update.node(depth: 2).parent()), after: [try base()]),
      RuleStream(.u03, with(needy.node(depth: 2).parent()), after: [try base()]),
      RuleStream(
        .u03, with(update.node(depth: 1, parameter: 4).parent()), after: [try base()]),
      RuleStream(
        .u03, with(update.node(depth: 1).parent().set(.parentDeviceId, 3)), after: [try base()]),
      RuleStream(.u04, with(update.node(depth: 0).parent()), accompanied: alone),
      RuleStream(
        .u05,
        with(
          update.node(depth: 1).parent(), try UnitPlan.coded("other").node(depth: 1, parameter: 1)),
        accompanied: alone),
      RuleStream(
        .u06, with(update.node(depth: 1).parent(1).set(.parentNodePayloadSha256, bytes: hash)),
        after: [try base()]),
      RuleStream(
        .u07,
        with(
          try .coded("weight", remembering).set(.independentlyDecodableFlag, 0).node(depth: 1)
            .parent()),
        accompanied: alone),
      RuleStream(
        .u08, with(try Self.update("weight", (3, 4)).node(depth: 1).parent()), after: [try base()]),
      RuleStream(
        .u09, with(update.node(depth: 1).parent()),
        after: [try base() + [try .coded("other")]]),
    ]
  }

  static func limits() throws -> [RuleStream] {
    let many = (0..<1_100).map { UnitPlan.raw("raw \($0)") }
    var units = RuleStream(.l01, [.start(), .modelParameters, .topology] + many)
    units.maxMemory = 1 << 20
    // A few bits skip rows of any width.
    var rows = PayloadTensor(4, 3, levels: [Int](repeating: 0, count: 12))
    rows.encoding.skippedRows = [0, 1, 2, 3]
    let wide = try UnitPlan.coded("weight", rows).set(.tensorDimensions, 4, 1 << 28)
    var nested = UnitPlan(.quantization).set(.quantizationData, bytes: [1])
    for _ in 0..<6 { nested = UnitPlan(.aggregate).with(\.contained, [nested, nested]) }
    return [
      units, RuleStream(.l02, only(wide)),
      RuleStream(
        .l03, try clean() + [nested],
        accompanied: [.a01: "only aggregates can be nested, and the reference knows none"]),
      RuleStream(.l04, only(try hugeCodebook(), .codebookParameters)),
    ]
  }

  /// A unit that claims a codebook of half a million entries; bits of the payload serve as entries of one bit each.
  static func hugeCodebook() throws -> UnitPlan {
    try UnitPlan.codebook(500_000, fiveEntries).with(\.loopLimit, 1)
      .set(.compressedDataUnitPayload, bytes: [UInt8](repeating: 0xff, count: 70_000))
  }
}
