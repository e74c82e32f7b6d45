import DeepCABAC

/// What of a payload is read otherwise than its header says: how another reading is tried.
public struct PayloadOverrides: Sendable, Hashable {
  /// dq_flag as the payload is decoded.
  public var dependentQuantization: Bool?
  /// scan_order as the payload is decoded.
  public var scanOrder: Int?
  /// cabac_unary_length_minus1 + 1 as the payload is decoded.
  public var unaryLength: Int?
  /// temporal_context_modeling_flag as the payload is decoded.
  public var temporalContexts: Bool?
  /// parent_node_id_present_flag as the payload is decoded: whether hist_dep_sig_prob_enabled_flag is coded.
  public var parentNodePresent: Bool?
  /// The density that gives qp_delta its length.
  public var qpDensity: Int?

  /// The dimensions of the only tensor of the unit as the payload is decoded.
  public var dimensions: [Int]?

  /// Everything as the header says.
  public init() {}
}

extension UnitDecoding {
  /// Whether contexts look at the parent's integers.
  package var usesTemporalContexts: Bool {
    (overrides.temporalContexts ?? unit.temporalContexts) && dialect == .d2
  }

  /// The bits of qp_delta.
  package var quantizationDeltaBits: Int {
    6 + (overrides.qpDensity ?? parameters.qpDensity ?? 0)
  }

  /// The tensors of the payload as the bin-by-bin decoder takes them; empty for raw floats.
  package var walkedTensors: [BinWalker.Tensor] {
    guard unit.payloadType != .rawFloat else { return [] }
    return unit.codedTensors.map { tensor in
      let place = tensor.place
      let parent = parents.indices.contains(place) ? parents[place] : nil
      return BinWalker.Tensor(
        quantizationDeltaBits: tensor.quantizer == .skip ? nil : quantizationDeltaBits,
        parameters: tensor.payloadParameters(self), base: usesTemporalContexts ? parent : nil,
        history: histories.indices.contains(place) ? histories[place] : nil)
    }
  }
}

extension CodedTensor {
  /// What the payload decoder needs to know.
  package func payloadParameters(_ decoding: UnitDecoding) -> CodedTensorParameters {
    let overrides = decoding.overrides
    return CodedTensorParameters(
      dimensions: overrides.dimensions ?? dimensions ?? [],
      dependentQuantization: (overrides.dependentQuantization ?? dqFlag) && quantizer != .skip,
      scanOrder: overrides.scanOrder ?? scanOrder,
      unaryLength: overrides.unaryLength ?? unaryLength, dialect: decoding.dialect.payload,
      parentNodePresent: overrides.parentNodePresent ?? (decoding.unit.parent != nil),
      codebook: codebook.map { CodebookLimits(size: $0.values.count, zeroOffset: $0.zeroOffset) })
  }
}
