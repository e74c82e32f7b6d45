/// What header bits are spent on: the classes of the cost contract outside of arithmetic codewords.
///
/// Structures and elements name their class where they are described; what names none takes the class of the structure
/// around it (format reference 7.1).
public enum HeaderClass: String, Sendable, Hashable, CaseIterable {
  /// nnr_unit_size()
  case unitSize = "unit_size"
  /// The elements of nnr_unit_header() itself.
  case unitHeader = "unit_header"
  /// Names of tensors and models, and indices that stand for them.
  case identifiers
  /// The node of the parameter update tree and its parent.
  case nodeIds = "node_ids"
  /// Codebooks.
  case codebook
  /// Dimensions and the parameters beside them.
  case dimensions
  /// cabac_entry_point_list
  case entryPoints = "entry_points"
  /// Everything else: flags, parameter sets, performance maps.
  case otherHeader = "other_header"
  /// Bits up to the next byte.
  case alignment
  /// Data that is stored as it is: raw floats, topologies.
  case raw
  /// Bits that could not be read or have no syntax.
  case unparsed

  /// The class that a way of writing has wherever it stands; nil if the place decides.
  init?(_ descriptor: Descriptor) {
    switch descriptor {
    case .alignment, .zeros: self = .alignment
    case .st: self = .identifiers
    case .bs, .flt32Tensor, .payloadBytes: self = .raw
    default: return nil
    }
  }
}

extension SyntaxTree {
  /// The class of the bits of a leaf; nil for an arithmetic codeword, whose bits the decoder tells apart.
  public func headerClass(of leaf: Int) -> HeaderClass? {
    switch nodes[leaf].kind {
    case .unparsed: return .unparsed
    case .element(let element, let descriptor):
      if case .ae = descriptor { return nil }
      if let found = element.headerClass ?? HeaderClass(descriptor) { return found }
    case .structure, .containedUnit: break
    }
    var place = nodes[leaf].parent
    while let around = place {
      switch nodes[around].kind {
      case .structure(let structure): if let found = structure.headerClass { return found }
      case .element(let element, _): if let found = element.headerClass { return found }
      case .containedUnit, .unparsed: break
      }
      place = nodes[around].parent
    }
    return .otherHeader
  }
}
