import NNRSyntax

/// An element of a data unit's header that others in it depend on.
public enum HeaderField: Sendable, Hashable, CaseIterable {
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
    case .dqFlag: .dqFlag
    case .scanOrder: .scanOrder
    case .cabacUnaryLengthFlag: .cabacUnaryLengthFlag
    case .parentNodeIdPresentFlag: .parentNodeIdPresentFlag
    case .temporalContextModelingFlag: .temporalContextModelingFlag
    case .codebookPresentFlag: .codebookPresentFlag
    }
  }

  /// The values that it may have.
  var values: ClosedRange<Int> { self == .scanOrder ? 0...4 : 0...1 }
}
