// NNR_MPS: format reference 2.4.

/// The quantization methods that a parameter set signals (format reference 2.1).
public struct QuantizationMethods: OptionSet, NamedNumber {
  /// The bits of the element.
  public let rawValue: Int

  /// The methods that bits stand for.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// NNR_QSU.
  public static let uniform = QuantizationMethods(rawValue: 1)
  /// NNR_QCB.
  public static let codebook = QuantizationMethods(rawValue: 2)
  /// The methods that are no reserved bits.
  public static let known: QuantizationMethods = [.uniform, .codebook]

  /// The names in the standard, by bit.
  public static let names = [1: "NNR_QSU", 2: "NNR_QCB", 4: "reserved"]

  /// Whether it says how weights are quantized, so that qp_density is there.
  public var signalsMethod: Bool { !isDisjoint(with: .known) }
}

extension Element {
  /// Whether a topology unit is carried.
  public static let topologyCarriageFlag = Element(
    "topology_carriage_flag", .u(1), "Whether the bitstream carries a topology unit.",
    .flag("no topology unit", "topology unit"), section: "2.4")
  /// Whether a sparsification map follows.
  public static let mpsSparsificationFlag = Element(
    "mps_sparsification_flag", .u(1), "Whether a sparsification performance map follows.",
    .flag("no map", "map"), section: "2.4")
  /// Whether a pruning map follows.
  public static let mpsPruningFlag = Element(
    "mps_pruning_flag", .u(1), "Whether a pruning performance map follows.",
    .flag("no map", "map"), section: "2.4")
  /// Whether a unification map follows.
  public static let mpsUnificationFlag = Element(
    "mps_unification_flag", .u(1), "Whether a unification performance map follows.",
    .flag("no map", "map"), section: "2.4")
  /// Whether a decomposition map follows.
  public static let mpsDecompositionPerformanceMapFlag = Element(
    "mps_decomposition_performance_map_flag", .u(1),
    "Whether a decomposition performance map follows.", .flag("no map", "map"), section: "2.4")
  /// The quantization methods of the model.
  public static let mpsQuantizationMethodFlags = Element(
    "mps_quantization_method_flags", .u(3), "The quantization methods that the model uses.",
    .mask(QuantizationMethods.names), section: "2.1")
  /// Whether data units name their tensors by index.
  public static let mpsTopologyIndexedReferenceFlag = Element(
    "mps_topology_indexed_reference_flag", .u(1),
    "Whether data units refer to topology elements by their index in a list.",
    .flag("by name", "by index"), section: "2.4")
  /// Whether the base model is named.
  public static let baseModelIdPresentFlag = Element(
    "base_model_id_present_flag", .u(1), "Whether the base model is named.",
    .flag("no", "yes"), section: "2.4")
  /// Whether the performance on a validation set is given.
  public static let validationSetPerformancePresentFlag = Element(
    "validation_set_performance_present_flag", .u(1),
    "Whether the performance of the model on a validation set is given.", .flag("no", "yes"),
    section: "2.4")
  /// Whether the metric holds for the maps.
  public static let metricTypePerformanceMapValidFlag = Element(
    "metric_type_performance_map_valid_flag", .u(1),
    "Whether performance_metric_type is the metric of the performance maps.", .flag("no", "yes"),
    section: "2.4")
  /// Whether data units may point to a parent.
  public static let mpsParentSignallingEnabledFlag = Element(
    "mps_parent_signalling_enabled_flag", .u(1),
    "Whether data units may name a parent node: the bitstream is, or may be, a differential update.",
    .flag("a base model", "may be an update"), section: "2.4")
  /// Whether predictive residual encoding is used.
  public static let nnrPreFlag = Element(
    "nnr_pre_flag", .u(1),
    "Whether predictive residual encoding was used; its decoding process is not known.",
    .flag("no", "yes"), section: "6.7")
  /// A reserved bit.
  public static let nnrReservedZero1bit = Element(
    "nnr_reserved_zero_1bit", .u(1), "Reserved.", .zero, section: "2.4", rule: .h03)
  /// Two reserved bits.
  public static let nnrReservedZero2bits = Element(
    "nnr_reserved_zero_2bits", .u(2), "Reserved.", .zero, section: "2.4", rule: .h03)
  /// Seven reserved bits.
  public static let nnrReservedZero7bits = Element(
    "nnr_reserved_zero_7bits", .u(7), "Reserved.", .zero, section: "2.4", rule: .h03)
  /// The name of the base model.
  public static let baseModelId = Element(
    "base_model_id", .st, "The identifier of the base model of an update.", .identifier,
    section: "2.4")
  /// The name of the metric.
  public static let performanceMetricType = Element(
    "performance_metric_type", .st,
    "The metric in which performance is given, such as an accuracy.", .identifier, section: "2.4")
  /// The density of the quantization parameters.
  public static let mpsQpDensity = Element(
    "mps_qp_density", .u(3),
    "How many quantization parameters lie between one step size and its double: 2 to this power.",
    .range(0...7), section: "5.1")
  /// The base quantization parameter.
  public static let mpsQuantizationParameter = Element(
    "mps_quantization_parameter", .i(13),
    "The base quantization parameter, to which the parameter of each tensor is added.",
    .range(-4096...4095), section: "2.4")
  /// The performance on a validation set.
  public static let validationSetPerformance = Element(
    "validation_set_performance", .flt32, "The performance of the model on a validation set.",
    section: "2.4")
}

extension Structure {
  /// nnr_model_parameter_set_unit_payload().
  public static let modelParameterSetPayload = Structure(
    "nnr_model_parameter_set_unit_payload", section: "2.4"
  ) {
    Element.topologyCarriageFlag
    Element.mpsSparsificationFlag
    Element.mpsPruningFlag
    Element.mpsUnificationFlag
    Element.mpsDecompositionPerformanceMapFlag
    Element.mpsQuantizationMethodFlags
    Element.mpsTopologyIndexedReferenceFlag
    when(.profile == 1) {
      Element.baseModelIdPresentFlag
      Element.validationSetPerformancePresentFlag
      Element.metricTypePerformanceMapValidFlag
      Element.mpsParentSignallingEnabledFlag
      when(.mpsParentSignallingEnabledFlag == 1) {
        Element.nnrPreFlag
      } otherwise: {
        Element.nnrReservedZero1bit
      }
      Element.nnrReservedZero2bits
      when(.baseModelIdPresentFlag == 1) { Element.baseModelId }
      when(
        .validationSetPerformancePresentFlag == 1 || .metricTypePerformanceMapValidFlag == 1
      ) {
        Element.performanceMetricType
      }
    } otherwise: {
      Element.nnrReservedZero7bits
    }
    when((.mpsQuantizationMethodFlags & QuantizationMethods.known) != 0) {
      Element.mpsQpDensity
      Element.mpsQuantizationParameter
    }
    when(.mpsSparsificationFlag == 1) { Structure.sparsificationPerformanceMap }
    when(.mpsPruningFlag == 1) { Structure.pruningPerformanceMap }
    when(.mpsUnificationFlag == 1) { Structure.unificationPerformanceMap }
    when(.mpsDecompositionPerformanceMapFlag == 1) { Structure.decompositionPerformanceMap }
    when(.profile == 1 && .validationSetPerformancePresentFlag == 1) {
      Element.validationSetPerformance
    }
    Element.byteAlignment
  }
}
