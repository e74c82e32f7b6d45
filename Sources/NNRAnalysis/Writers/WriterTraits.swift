import NNRModel
import NNRSyntax

/// What of a stream differs between writers.
struct WriterTraits {
  /// general_profile_idc; nil without a start unit.
  var profile: Int?
  /// mps_parent_signalling_enabled_flag.
  var signalsParents = false
  /// nnr_pre_flag.
  var preFlag = false
  /// The values of parent_node_id_present_flag.
  var presentFlags: Set<Int> = []
  /// The greatest put_node_depth.
  var depth = 0
  /// The first unit with hist_dep_sig_prob_enabled_flag 1, among the first units that can have it.
  var historyUnit: Int?
  /// Whether that unit has temporal contexts.
  var historyIsTemporal = true
  /// What no public function of NNCodec writes, by the names of elements and units.
  var foreign: [String] = []

  /// The most units whose payloads are begun to look for a history flag.
  private static let historyUnits = 64

  /// The traits of a stream.
  init(_ session: Session, stream number: Int) {
    let stream = session.streams[number]
    profile = stream.profileInForce == nil ? nil : stream.profile
    var tried = 0
    for unit in 0..<stream.unitCount {
      guard let tree = stream.tree(unit), let type = stream.index.entries[unit].type else {
        continue
      }
      lookForForeign(tree, type)
      if tree.number(of: .mpsParentSignallingEnabledFlag) == 1 { signalsParents = true }
      if tree.number(of: .nnrPreFlag) == 1 { preFlag = true }
      if let flag = tree.number(of: .parentNodeIdPresentFlag) { presentFlags.insert(flag) }
      depth = max(depth, tree.number(of: .putNodeDepth) ?? 0)
      let isTemporal = tree.number(of: .temporalContextModelingFlag) == 1
      guard tree.number(of: .parentNodeIdPresentFlag) == 1, tried < Self.historyUnits,
        historyUnit == nil || historyIsTemporal && !isTemporal
      else { continue }
      tried += 1
      if session.historyFlag(stream: number, unit: unit) == true {
        historyUnit = unit
        historyIsTemporal = isTemporal
      }
    }
  }

  private mutating func lookForForeign(_ tree: SyntaxTree, _ type: UnitType) {
    var found: [String] = []
    if [.layerParameterSet, .quantization, .aggregate].contains(type) || !type.isKnown {
      found.append(type.name)
    }
    if tree.number(of: .independentlyDecodableFlag) == 0 {
      found.append("independently_decodable_flag 0")
    }
    if tree.number(of: .partialDataCounterPresentFlag) == 1 {
      found.append("partial_data_counter")
    }
    for (element, name) in Self.foreignElements where tree.node(of: element) != nil {
      found.append(name)
    }
    if tree.number(of: .payloadType) == 2 { found.append("NNR_PT_RAW_FLOAT") }
    if tree.number(of: .firstTensorDimensionShift) ?? 0 > 0 {
      found.append("first_tensor_dimension_shift other than 0")
    }
    if tree.number(of: .mpsTopologyIndexedReferenceFlag) == 1 {
      found.append("mps_topology_indexed_reference_flag 1")
    }
    if type == .compressedData, tree.number(of: .dqFlag) == 1,
      tree.number(of: .codebookPresentFlag) == 1
    {
      found.append("dq_flag 1 with a codebook")
    }
    for name in found where !foreign.contains(name) { foreign.append(name) }
  }

  private static let foreignElements: [(Element, String)] = [
    (.baseModelId, "base_model_id"), (.performanceMetricType, "performance_metric_type"),
    (.spmCountThresholds, "a sparsification_performance_map"),
    (.ppmCountPruningRatios, "a pruning_performance_map"),
    (.upmCountThresholds, "a unification_performance_map"),
    (.dpmCountThresholds, "a decomposition_performance_map"),
    (.decompressedDataFormat, "nnr_decompressed_data_format"),
    (.parentNodePayloadSha256, "parent_node_payload_sha256"),
    (.parentNodePayloadSha512, "parent_node_payload_sha512"),
  ]
}
