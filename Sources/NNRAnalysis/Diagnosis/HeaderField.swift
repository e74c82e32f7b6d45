import NNRSyntax

/// An element of a data unit's header that others in it depend on.
public enum HeaderField: Sendable, Hashable, CaseIterable {
  /// nnr_compressed_data_unit_payload_type: a codebook, dq_flag and qp_delta are there or not.
  case payloadType
  /// dq_flag: entry points have a state.
  case dqFlag
  /// scan_order: there are entry points.
  case scanOrder
  /// cabac_unary_length_flag: a length follows.
  case cabacUnaryLengthFlag
  /// parent_node_id_present_flag: the parent follows.
  case parentNodeIdPresentFlag
  /// temporal_context_modeling_flag.
  case temporalContextModelingFlag
  /// codebook_present_flag: a codebook follows.
  case codebookPresentFlag

  /// The element.
  public var element: Element {
    switch self {
    case .payloadType: .payloadType
    case .dqFlag: .dqFlag
    case .scanOrder: .scanOrder
    case .cabacUnaryLengthFlag: .cabacUnaryLengthFlag
    case .parentNodeIdPresentFlag: .parentNodeIdPresentFlag
    case .temporalContextModelingFlag: .temporalContextModelingFlag
    case .codebookPresentFlag: .codebookPresentFlag
    }
  }

  /// The values that it may have.
  var values: ClosedRange<Int> {
    switch self {
    case .payloadType: 0...3
    case .scanOrder: 0...4
    default: 0...1
    }
  }
}
