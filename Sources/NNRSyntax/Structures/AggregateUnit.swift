// NNR_AGG: format reference 2.9, recollected only.

extension Element {
  private static func recollected(
    _ name: String, _ descriptor: Descriptor, _ meaning: String, _ allowed: AllowedValues = .any,
    headerClass: HeaderClass? = nil
  ) -> Element {
    Element(
      name, descriptor, meaning, allowed, section: "2.9", evidence: .recollected,
      headerClass: headerClass)
  }

  /// The kind of aggregate.
  public static let nnrAggregateUnitType = recollected(
    "nnr_aggregate_unit_type", .u(8), "Whether the contained units form a self-contained set.",
    .named([0: "NNR_AGG_GEN", 1: "NNR_AGG_SLF"], othersAllowed: true))
  /// Whether the places of the units are given.
  public static let entryPointsPresentFlag = recollected(
    "entry_points_present_flag", .u(1), "Whether the places of the contained units are listed.",
    .flag("no", "yes"))
  /// The number of units.
  public static let numOfNnrUnitsMinus2 = recollected(
    "num_of_nnr_units_minus2", .u(16), "The number of contained units, less 2.")
  /// The type of a contained unit.
  public static let nnrUnitTypeListed = recollected(
    "nnr_unit_type_listed", .u(6), "The type of a contained unit.")
  /// The place of a contained unit.
  public static let nnrUnitEntryPoint = recollected(
    "nnr_unit_entry_point", .u(34), "The byte offset of a contained unit.")
  /// The bit depth of the coefficients.
  public static let quantBitdepth = recollected(
    "quant_bitdepth", .u(5), "The bit depth of the quantized coefficients of a contained unit.")
  /// The scan order of coding tree units.
  public static let ctuScanOrder = recollected(
    "ctu_scan_order", .u(1), "The scan order of the coding tree units of a contained unit.")
  /// The bits between the header and the first unit.
  public static let aggregateAlignment = recollected(
    "aggregate_alignment", .alignment, "The bits up to the first contained unit.")
  /// The contained units where they cannot be told apart.
  public static let aggregateData = recollected(
    "aggregate_data", .bs, "The contained units, where they cannot be told apart.",
    headerClass: .unparsed)
}

extension Variable {
  /// Whether unification is signalled.
  static let unification = Variable(
    name: "mps_unification_flag", meaning: "whether the parameter set signals unification"
  ) { $0.context.unificationSignalled ? 1 : 0 }

  /// Whether the recollected layout of an aggregate's header is tried.
  static let triesRecollected = Variable(
    name: "recollectedLayout", meaning: "1: the layout recollected from drafts is tried"
  ) { $0.reading.triesRecollected ? 1 : 0 }
}

extension Structure {
  /// nnr_aggregate_unit_header().
  public static let aggregateUnitHeader = Structure(
    "nnr_aggregate_unit_header", section: "2.9", evidence: .recollected, headerClass: .otherHeader
  ) {
    when(.triesRecollected == 1) {
      Element.nnrAggregateUnitType
      Element.entryPointsPresentFlag
      Element.nnrReservedZero7bits
      Element.numOfNnrUnitsMinus2
      when(.entryPointsPresentFlag == 1) {
        loop("i", .numOfNnrUnitsMinus2 + 2) {
          Element.nnrUnitTypeListed
          Element.nnrUnitEntryPoint
        }
      }
      loop("i", .numOfNnrUnitsMinus2 + 2) {
        Element.quantBitdepth
        when(.unification == 1) { Element.ctuScanOrder }
      }
      Element.aggregateAlignment
    }
  }

  /// nnr_aggregate_unit_payload(): complete units, which the parser looks for by their sizes.
  public static let aggregateUnitPayload = Structure(
    "nnr_aggregate_unit_payload", section: "2.9", evidence: .recollected
  ) {
    Element.aggregateData
  }
}
