// NNR_NDU: format reference 2.12, 3.5 and 3.6.

extension Element {
  /// What the payload holds.
  public static let payloadType = Element(
    "nnr_compressed_data_unit_payload_type", .u(5), "What the payload holds.",
    .named(PayloadType.names, othersAllowed: false), section: "2.1", rule: .n01)
  /// Whether several names follow.
  public static let multipleTopologyElementsPresentFlag = Element(
    "nnr_multiple_topology_elements_present_flag", .u(1),
    "Whether the unit names several topology elements; a block always does.",
    .flag("one name", "a list of names"), section: "2.12")
  /// Whether the decompressed format is given.
  public static let decompressedDataFormatPresentFlag = Element(
    "nnr_decompressed_data_format_present_flag", .u(1),
    "Whether the number format of the decompressed tensor is given.", .flag("no", "yes"),
    section: "2.12")
  /// Whether the tensor parameters are given.
  public static let inputParametersPresentFlag = Element(
    "input_parameters_present_flag", .u(1),
    "Whether dimensions, unary length and parameter types may follow.",
    .flag("out of band", "here"), section: "2.12")
  /// The name of the tensor.
  public static let topologyElemId = Element(
    "topology_elem_id", .st, "The name of the parameter tensor.", .identifier, section: "2.12",
    rule: .n07)
  /// The index of the name.
  public static let topologyElemIdIndex = Element(
    "topology_elem_id_index", .ue(7),
    "The index of the tensor's name in the list of the topology unit.", section: "2.12",
    headerClass: .identifiers)
  /// Whether the node of the update tree is given.
  public static let nodeIdPresentFlag = Element(
    "node_id_present_flag", .u(1),
    "Whether the unit says which node of the parameter update tree it is.", .flag("no", "yes"),
    inferred: 0, section: "6.1")
  /// The device.
  public static let deviceId = Element(
    "device_id", .ue(1), "The device that made this version of the parameter.", section: "6.1")
  /// The parameter.
  public static let parameterId = Element(
    "parameter_id", .ue(5), "The number of the parameter within the model.", section: "6.1")
  /// The depth.
  public static let putNodeDepth = Element(
    "put_node_depth", .ue(4),
    "The depth of the node in the parameter update tree: how many updates came before.",
    section: "6.1")
  /// Whether a parent is named.
  public static let parentNodeIdPresentFlag = Element(
    "parent_node_id_present_flag", .u(1),
    "Whether the unit names its parent node: it then holds a difference to it.",
    .flag("no parent", "a differential update"), inferred: 0, section: "6.1")
  /// How the parent is named.
  public static let parentNodeIdType = Element(
    "parent_node_id_type", .u(2), "How the parent node is named.",
    .named(ParentNaming.names, othersAllowed: false),
    section: "2.1", rule: .u01)
  /// Whether contexts look at the parent.
  public static let temporalContextModelingFlag = Element(
    "temporal_context_modeling_flag", .u(1),
    "Whether the contexts of the payload are chosen with the parent's integers.",
    .flag("no", "needs the parent's integers"), inferred: 0, section: "6.3")
  /// The device of the parent.
  public static let parentDeviceId = Element(
    "parent_device_id", .ue(1), "The device that made the parent.", section: "6.1")
  /// The hash of the parent.
  public static let parentNodePayloadSha256 = Element(
    "parent_node_payload_sha256", .u(256), "The SHA-256 of the parent's payload.",
    section: "6.1")
  /// The hash of the parent.
  public static let parentNodePayloadSha512 = Element(
    "parent_node_payload_sha512", .u(512), "The SHA-512 of the parent's payload.",
    section: "6.1")
  /// Whether a codebook follows.
  public static let codebookPresentFlag = Element(
    "codebook_present_flag", .u(1),
    "Whether the coded integers are indices into a codebook that follows.",
    .flag("uniform", "codebook"), inferred: 0, section: "3.4")
  /// Whether dependent quantization is used.
  public static let dqFlag = Element(
    "dq_flag", .u(1),
    "Whether the integers were quantized with the 8-state trellis (dependent quantization).",
    .flag("no", "dependent quantization"), inferred: 0, section: "4.4")
  /// The number format of the decompressed tensor.
  public static let decompressedDataFormat = Element(
    "nnr_decompressed_data_format", .u(7), "The number format of the decompressed tensor.",
    .named(
      [
        0: "INT32", 1: "FLOAT32", 2: "INT2", 3: "INT3", 4: "INT4", 5: "INT8", 6: "INT16",
        7: "INT64", 8: "FLOAT16", 9: "FLOAT64",
      ], othersAllowed: false), section: "2.1", rule: .n25)
  /// Whether the dimensions are given.
  public static let tensorDimensionsFlag = Element(
    "tensor_dimensions_flag", .u(1), "Whether the dimensions of the tensor follow.",
    .flag("out of band", "here"), inferred: 0, section: "3.6")
  /// Whether the unary length is given.
  public static let cabacUnaryLengthFlag = Element(
    "cabac_unary_length_flag", .u(1), "Whether the unary length of the levels follows.",
    .flag("10, the default", "here"), inferred: 0, section: "2.12")
  /// The members of a block.
  public static let compressedParameterTypes = Element(
    "compressed_parameter_types", .u(4),
    "Which parameters the block holds beside its weight, or that the weight is decomposed.",
    .mask(ParameterTypes.names), inferred: 0,
    section: "2.1")
  /// The rank of the decomposition.
  public static let decompositionRank = Element(
    "decomposition_rank", .ue(3), "The number of columns of G and rows of H.",
    .range(1...Int.max), section: "3.1", rule: .n11)
  /// The rows of G.
  public static let gNumberOfRows = Element(
    "g_number_of_rows", .ue(3), "The number of rows of G; divides the number of weights.",
    .range(1...Int.max), section: "3.1", rule: .n11)
  /// The number of dimensions.
  public static let countTensorDimensions = Element(
    "count_tensor_dimensions", .ue(1), "The number of dimensions of the tensor.",
    .range(1...Int.max), section: "2.12", rule: .n09)
  /// A dimension.
  public static let tensorDimensions = Element(
    "tensor_dimensions", .ue(7), "A dimension of the tensor; 0 makes it empty.",
    .range(0...Int.max), section: "2.12", rule: .n08)
  /// The unary length.
  public static let cabacUnaryLengthMinus1 = Element(
    "cabac_unary_length_minus1", .u(8),
    "How many abs_level_greater flags a level can have, less 1.", .range(0...255), inferred: 9,
    section: "2.12")
  /// The place of the first dimension.
  public static let firstTensorDimensionShift = Element(
    "first_tensor_dimension_shift", .ue(1),
    "The place to which the first dimension is moved after decoding.", inferred: 0,
    section: "5.8", headerClass: .dimensions)
  /// The scan order.
  public static let scanOrder = Element(
    "scan_order", .u(4), "The order in which the weights were coded.",
    .named(
      [
        0: "row-major", 1: "blocks of 8 × 8", 2: "blocks of 16 × 16", 3: "blocks of 32 × 32",
        4: "blocks of 64 × 64",
      ], othersAllowed: false), inferred: 0, section: "2.1", rule: .n14)
  /// An entry point.
  public static let cabacEntryPointList = Element(
    "cabac_entry_point_list", .ue(11),
    "The decoder's state at the start of a block row: distance in bits << 11 | offset register << 3 | trellis state.",
    section: "3.5", headerClass: .entryPoints)
  /// The offset register at an entry point.
  public static let cabacEntryPointValue = Element(
    "cabac_entry_point_value", .u(8),
    "The upper bits of the arithmetic decoder's offset register at the start of the block row.",
    section: "3.5")
  /// The trellis state at an entry point.
  public static let cabacEntryPointState = Element(
    "cabac_entry_point_dq_state", .u(3), "The trellis state at the start of the block row.",
    inferred: 0, section: "3.5")
  /// The distance of an entry point.
  public static let cabacEntryPointDistance = Element(
    "cabac_entry_point_bit_offset", .ue(11),
    "The number of payload bits since the entry point before; coded as the change of it.",
    section: "3.5")
  /// The raw tensor.
  public static let rawFloat32Parameter = Element(
    "raw_float32_parameter", .flt32Tensor(.variable(.elementCount)),
    "The tensor as 32-bit floats, least significant byte first.", section: "5.5")
  /// The coded tensors.
  public static let compressedDataUnitPayload = Element(
    "nnr_compressed_data_unit_payload", .ae,
    "The arithmetic codeword of the unit's tensors.", section: "4.1")
}

extension Structure {
  /// nnr_compressed_data_unit_header().
  public static let compressedDataUnitHeader = Structure(
    "nnr_compressed_data_unit_header", section: "2.12", headerClass: .otherHeader
  ) {
    Element.payloadType
    Element.multipleTopologyElementsPresentFlag
    constraint(.n02, .payloadType != PayloadType.block || .multipleTopologyElementsPresentFlag == 1)
    constraint(.n03, .payloadType == PayloadType.block || .multipleTopologyElementsPresentFlag == 0)
    constraint(
      .m01,
      (.payloadType != PayloadType.float && .payloadType != PayloadType.block)
        || .quantizationSignalled == 1)
    Element.decompressedDataFormatPresentFlag
    Element.inputParametersPresentFlag
    when(.multipleTopologyElementsPresentFlag == 1) {
      when(.indexedReference == 0) {
        Structure.topologyElementsIdsList
      } otherwise: {
        Structure.topologyElementsIdsIndexList
      }
    } otherwise: {
      when(.indexedReference == 0) {
        Element.topologyElemId
      } otherwise: {
        Element.topologyElemIdIndex
      }
    }
    when(.profile == 1) { Structure.updateTreeNode }
    when(.payloadType == PayloadType.float || .payloadType == PayloadType.block) {
      Element.codebookPresentFlag
      when(.codebookPresentFlag == 1) { Structure.codebook }
    }
    when(.payloadType != PayloadType.rawFloat) { Element.dqFlag }
    constraint(
      .n19, .dqFlag == 0 || (.payloadType != PayloadType.int && .codebookPresentFlag == 0))
    when(.decompressedDataFormatPresentFlag == 1) { Element.decompressedDataFormat }
    when(.inputParametersPresentFlag == 1) { Structure.inputParameters }
    constraint(.n10, .dimensionsKnown == 1)
    when(.profile == 1 && .rank > 1) { Element.firstTensorDimensionShift }
    constraint(
      .n18, .firstTensorDimensionShift == 0 || .firstTensorDimensionShift < .variable(.rank))
    when(.rank > 1) {
      Element.scanOrder
      constraint(.n10, .scanOrder == 0 || .dimensionsKnown == 1, fatal: true)
      when(.scanOrder > 0) {
        loop("j", .variable(.entryPointCount)) {
          .composite(
            .cabacEntryPointList, .packedEntryPoint, Structure.cabacEntryPoint.items)
        }
      }
    }
    Element.byteAlignment
  }

  /// The node of the parameter update tree and its parent (rows 6 to 13 of 2.12).
  public static let updateTreeNode = Structure(
    "parameter_update_tree_node", section: "6.1", headerClass: .nodeIds
  ) {
    Element.nodeIdPresentFlag
    when(.nodeIdPresentFlag == 1) {
      Element.deviceId
      Element.parameterId
      Element.putNodeDepth
    }
    when(.parentSignallingEnabled == 1) {
      Element.parentNodeIdPresentFlag
      when(.parentNodeIdPresentFlag == 1) {
        Element.parentNodeIdType
        Element.temporalContextModelingFlag
        when(.parentNodeIdType == ParentNaming.node) {
          Element.parentDeviceId
          when(.nodeIdPresentFlag == 0) {
            Element.parameterId
            Element.putNodeDepth
          }
        }
        when(.parentNodeIdType == ParentNaming.sha256) { Element.parentNodePayloadSha256 }
        when(.parentNodeIdType == ParentNaming.sha512) { Element.parentNodePayloadSha512 }
        constraint(.u04, .putNodeDepth > 0 || .nodeIdPresentFlag == 0)
      }
    }
  }

  /// The dimensions and their company (rows 18 to 27 of 2.12).
  public static let inputParameters = Structure(
    "input_parameters", section: "2.12", headerClass: .dimensions
  ) {
    Element.tensorDimensionsFlag
    Element.cabacUnaryLengthFlag
    Element.compressedParameterTypes
    constraint(.n05, .payloadType != PayloadType.block || .compressedParameterTypes != 0)
    constraint(
      .n04,
      .payloadType != PayloadType.block || .indexedReference == 1
        || .countTopologyElementsMinus2 + 2 == .variable(.blockNames))
    when((.compressedParameterTypes & ParameterTypes.decomposed) != 0) {
      Element.decompositionRank
      Element.gNumberOfRows
    }
    when(.tensorDimensionsFlag == 1) {
      Element.countTensorDimensions
      loop("j", .element(.countTensorDimensions)) { Element.tensorDimensions }
    }
    constraint(
      .n11, (.compressedParameterTypes & ParameterTypes.decomposed) == 0 || .gRemainder == 0)
    when(.payloadType != PayloadType.block && .multipleTopologyElementsPresentFlag == 1) {
      Structure.topologyTensorDimensionMapping
    }
    when(.cabacUnaryLengthFlag == 1) { Element.cabacUnaryLengthMinus1 }
    when(
      .payloadType == PayloadType.block
        && (.compressedParameterTypes & ParameterTypes.decomposed) != 0 && .codebookPresentFlag == 1
    ) {
      Structure.codebookForH
    }
  }

  /// An entry of cabac_entry_point_list.
  public static let cabacEntryPoint = Structure("cabac_entry_point", section: "3.5") {
    Element.cabacEntryPointValue
    when(.dqFlag == 1) { Element.cabacEntryPointState }
    when(.entryPointIndex == 0) {
      read(.cabacEntryPointDistance, as: .ue(11))
    } otherwise: {
      read(
        .cabacEntryPointDistance, as: .ie(7),
        value: ValueRule(text: "the distance before + coded") { scope, coded, _ in
          (scope.value(of: .cabacEntryPointDistance) ?? 0).saturatingAdd(coded)
        })
    }
  }

  /// nnr_compressed_data_unit_payload().
  public static let compressedDataUnitPayload = Structure(
    "nnr_compressed_data_unit_payload", section: "2.12"
  ) {
    when(.payloadType == PayloadType.rawFloat) {
      Element.rawFloat32Parameter
    } otherwise: {
      Element.compressedDataUnitPayload
    }
  }
}
