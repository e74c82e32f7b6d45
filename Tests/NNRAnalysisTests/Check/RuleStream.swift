import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport

/// A stream that breaks a rule and only it; for updates with the streams before it.
struct RuleStream: Sendable, CustomStringConvertible {
  /// The rule.
  var rule: Rule
  /// How bad it is here.
  var severity: Severity
  /// The streams, the one that is checked last.
  var streams: [[UInt8]]
  /// Rules that cannot but be broken too, with the reason.
  var accompanied: [Rule: String] = [:]
  /// The memory budget.
  var maxMemory = 2 << 30

  init(
    _ rule: Rule, _ units: [UnitPlan], severity: Severity? = nil, after: [[UnitPlan]] = [],
    accompanied: [Rule: String] = [:]
  ) {
    self.init(
      rule, bytes: Self.bytes(units), severity: severity, after: after, accompanied: accompanied)
  }

  init(
    _ rule: Rule, bytes: [UInt8], severity: Severity? = nil, after: [[UnitPlan]] = [],
    accompanied: [Rule: String] = [:]
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    streams = after.map(Self.bytes) + [bytes]
    self.accompanied = accompanied
  }

  /// Streams of NNCodec that break a rule about writers; the other rules are no matter of theirs.
  init(_ rule: Rule, cases: [String]) throws {
    self.rule = rule
    severity = rule.severity
    streams = try cases.map { try WriterCase.bytes($0) }
    let writers: [Rule] = [.r01, .r02, .r03, .r04, .r05]
    for other in Rule.allCases where !writers.contains(other) {
      accompanied[other] = "a real stream"
    }
  }

  var description: String { "\(rule.id) \(severity)" }

  static func writers() throws -> [RuleStream] {
    [
      try RuleStream(.r01, cases: ["fault2_plain_1"]),
      try RuleStream(.r02, cases: ["bitdepth8_dq_tca_1"]),
      try RuleStream(.r03, cases: (0...2).map { "base_in_history_\($0)" }),
      try RuleStream(.r04, cases: ["update_without_parent_2.1.3_2"]),
      try RuleStream(.r05, cases: (1...3).map { "stale_parent_2.1.2_\($0)" }),
    ]
  }

  /// The bytes of units.
  static func bytes(_ units: [UnitPlan]) -> [UInt8] {
    var writer = StreamWriter()
    for unit in units { writer.append(unit) }
    return writer.bytes
  }

  /// The streams, opened.
  var session: Session {
    var options = Session.Options()
    options.maxMemory = maxMemory
    return Session(
      streams.enumerated().map { (source: MemorySource($1), name: "stream \($0)") },
      options: options)
  }

  /// Every stream there is.
  static func all() throws -> [RuleStream] {
    try units() + headers() + parameterSets() + topologies() + dataUnits() + codebooks()
      + payloads() + updates() + limits() + writers()
  }
}

extension UnitPlan {
  /// A topology that is there.
  static var topology: UnitPlan {
    UnitPlan(.topology).set(.independentlyDecodableFlag, 1).set(.topologyStorageFormat, 3)
      .set(.topologyData, texts: "net")
  }

  /// A raw tensor of two floats.
  static func raw(_ name: String = "raw") -> UnitPlan {
    UnitPlan(.compressedData).set(.independentlyDecodableFlag, 1).set(.payloadType, 2)
      .set(.inputParametersPresentFlag, 1).set(.topologyElemId, texts: name)
      .set(.tensorDimensionsFlag, 1).set(.countTensorDimensions, 1).set(.tensorDimensions, 2)
      .set(.rawFloat32Parameter, bytes: [0, 0, 128, 63, 0, 0, 0, 64])
  }

  /// A coded tensor of 4 × 3 weights with its payload.
  static func coded(
    _ name: String = "weight", _ tensor: PayloadTensor = PayloadTensor(4, 3)
  ) throws -> UnitPlan {
    let dimensions = tensor.parameters.dimensions
    return UnitPlan.tensor(name, payload: try codedPayload(tensor).bytes)
      .set(.countTensorDimensions, dimensions.count)
      .with(.tensorDimensions, dimensions.map(UnitPlan.Coded.number))
      .set(.cabacUnaryLengthMinus1, tensor.parameters.unaryLength - 1)
  }

  /// A tensor whose entries come from a codebook, from `first` on with a distance of 1; level 0 is entry 0.
  static func codebook(
    _ size: Int, first: Int = 5, _ tensor: PayloadTensor
  ) throws -> UnitPlan {
    try coded("weight", tensor).set(.codebookPresentFlag, 1)
      .set(CodebookElements.weight.size, size)
      .set(CodebookElements.weight.zeroOffset, -(size >> 1))
      .set(CodebookElements.weight.entries, first, 0)
  }

  /// A parameter set that signals codebooks.
  static var codebookParameters: UnitPlan { modelParameters.set(.mpsQuantizationMethodFlags, 3) }

  /// A parameter set of an update.
  static var updateParameters: UnitPlan { modelParameters.set(.mpsParentSignallingEnabledFlag, 1) }

  /// The same as a node of the update tree.
  func node(depth: Int, device: Int = 0, parameter: Int = 0) -> UnitPlan {
    set(.nodeIdPresentFlag, 1).set(.deviceId, device).set(.parameterId, parameter)
      .set(.putNodeDepth, depth)
  }

  /// The same with a parent of a kind.
  func parent(_ type: Int = 0) -> UnitPlan {
    set(.parentNodeIdPresentFlag, 1).set(.parentNodeIdType, type)
  }
}
