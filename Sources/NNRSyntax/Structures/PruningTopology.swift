// nnr_pruning_topology_container(): format reference 2.11, recollected only.

extension Element {
  private static func recollected(
    _ name: String, _ descriptor: Descriptor, _ meaning: String, _ allowed: AllowedValues = .any
  ) -> Element {
    Element(name, descriptor, meaning, allowed, section: "2.11", evidence: .recollected)
  }

  /// How pruning information is represented.
  public static let nnrRepType = recollected(
    "nnr_rep_type", .u(2), "How the pruning information is represented.",
    .named([0: "NNR_TPL_BMSK", 1: "NNR_TPL_DICT"], othersAllowed: true))
  /// Whether pruning was used.
  public static let pruneFlag = recollected(
    "prune_flag", .u(1), "Whether pruning was used to reduce the parameters.", .flag("no", "yes"))
  /// The order of the bit mask.
  public static let orderFlag = recollected(
    "order_flag", .u(1), "The order of the bit mask.", .flag("column-major", "row-major"))
  /// Whether sparsification was applied.
  public static let sparseFlag = recollected(
    "sparse_flag", .u(1), "Whether sparsification was applied.", .flag("no", "yes"))
  /// Reserved bits.
  public static let nnrReservedZero3bits = recollected(
    "nnr_reserved_zero_3bits", .u(3), "Reserved.", .zero)
  /// The number of bits of a mask.
  public static let countBits = recollected("count_bits", .u(32), "The number of bits of the mask.")
  /// The mask.
  public static let bitMaskValue = recollected(
    "bit_mask_value", .bits(.element(.countBits)), "One bit for each parameter: 1 keeps it.")
  /// The number of entries of the dictionary.
  public static let countIds = recollected("count_ids", .u(8), "The number of pruned elements.")
  /// A name.
  public static let elementId = recollected(
    "element_id", .st, "The name of a pruned element.", .identifier)
  /// An index.
  public static let elementIdIndex = recollected(
    "element_id_index", .ue(7), "The index of a pruned element.")
  /// The number of dimensions.
  public static let countDims = recollected(
    "count_dims", .ue(1), "The number of dimensions of the pruned element.")
  /// A dimension.
  public static let dim = recollected("dim", .ue(7), "A dimension of the pruned element.")
}

extension Structure {
  /// nnr_pruning_topology_container().
  public static let pruningTopologyContainer = Structure(
    "nnr_pruning_topology_container", section: "2.11", evidence: .recollected
  ) {
    Element.nnrRepType
    Element.pruneFlag
    Element.orderFlag
    Element.sparseFlag
    Element.nnrReservedZero3bits
    when(.pruneFlag == 1 && .nnrRepType == 0) { Structure.bitMask }
    when(.pruneFlag == 1 && .nnrRepType == 1) {
      Element.countIds
      loop("i", .element(.countIds)) {
        when(.indexedReference == 0) {
          Element.elementId
        } otherwise: {
          Element.elementIdIndex
        }
        Element.countDims
        loop("k", .element(.countDims)) { Element.dim }
      }
      Element.byteAlignment
    }
    when(.sparseFlag == 1) { Structure.bitMask }
  }

  /// bit_mask().
  public static let bitMask = Structure("bit_mask", section: "2.11", evidence: .recollected) {
    Element.countBits
    Element.bitMaskValue
    Element.byteAlignment
  }
}
