// NNR_LPS: format reference 2.5.

extension Element {
  /// Whether the layer parameter set stands alone.
  public static let lpsSelfContainedFlag = Element(
    "lps_self_contained_flag", .u(1),
    "Whether the units that refer to this parameter set can be decoded with it alone.",
    .flag("no", "yes"), section: "2.5")
  /// A reserved bit, in the reference's spelling.
  public static let nnrReservedZero1Bits = Element(
    "nnr_reserved_zero_1_bits", .u(1), "Reserved.", .zero, section: "2.5", rule: .h03)
  /// Whether a sparsification map follows.
  public static let lpsSparsificationFlag = Element(
    "lps_sparsification_flag", .u(1), "Whether a sparsification performance map follows.",
    .flag("no map", "map"), section: "2.5")
  /// Whether a pruning map follows.
  public static let lpsPruningFlag = Element(
    "lps_pruning_flag", .u(1), "Whether a pruning performance map follows.",
    .flag("no map", "map"), section: "2.5")
  /// Whether a unification map follows.
  public static let lpsUnificationFlag = Element(
    "lps_unification_flag", .u(1), "Whether a unification performance map follows.",
    .flag("no map", "map"), section: "2.5")
  /// The quantization methods of the layers.
  public static let lpsQuantizationMethodFlags = Element(
    "lps_quantization_method_flags", .u(3),
    "The quantization methods of the data units that follow.",
    .mask(QuantizationMethods.names), section: "2.1")
  /// The density of the quantization parameters.
  public static let lpsQpDensity = Element(
    "lps_qp_density", .u(3),
    "The density of quantization parameters, in place of the model parameter set's.",
    .range(0...7), section: "2.5")
  /// The base quantization parameter.
  public static let lpsQuantizationParameter = Element(
    "lps_quantization_parameter", .i(13),
    "The base quantization parameter, in place of the model parameter set's.",
    .range(-4096...4095), section: "2.5")
}

extension Structure {
  /// nnr_layer_parameter_set_unit_header().
  public static let layerParameterSetHeader = Structure(
    "nnr_layer_parameter_set_unit_header", section: "2.5", headerClass: .otherHeader
  ) {
    Element.lpsSelfContainedFlag
    Element.nnrReservedZero7bits
  }

  /// nnr_layer_parameter_set_unit_payload().
  public static let layerParameterSetPayload = Structure(
    "nnr_layer_parameter_set_unit_payload", section: "2.5"
  ) {
    Element.nnrReservedZero1Bits
    Element.lpsSparsificationFlag
    Element.lpsPruningFlag
    Element.lpsUnificationFlag
    Element.lpsQuantizationMethodFlags
    Element.nnrReservedZero1bit
    when((.lpsQuantizationMethodFlags & QuantizationMethods.known) != 0) {
      Element.lpsQpDensity
      Element.lpsQuantizationParameter
    }
    when(.lpsSparsificationFlag == 1) { Structure.sparsificationPerformanceMap }
    when(.lpsPruningFlag == 1) { Structure.pruningPerformanceMap }
    when(.lpsUnificationFlag == 1) { Structure.unificationPerformanceMap }
    Element.byteAlignment
  }
}
