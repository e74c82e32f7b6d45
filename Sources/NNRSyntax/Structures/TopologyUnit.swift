// NNR_TPL: format reference 2.6 and 2.8.

/// topology_storage_format (format reference 2.1).
public enum TopologyFormat: Int, NamedNumber {
  /// NNR_TPL_UNREC
  case unrecognized = 0
  /// NNR_TPL_NNEF
  case nnef = 1
  /// NNR_TPL_ONNX
  case onnx = 2
  /// NNR_TPL_PYT
  case pyTorch = 3
  /// NNR_TPL_TEF
  case tensorFlow = 4
  /// NNR_TPL_PRUN
  case pruning = 5
  /// NNR_TPL_REFLIST
  case referenceList = 6

  /// The names in the standard, by number.
  public static let names = [
    0: "NNR_TPL_UNREC", 1: "NNR_TPL_NNEF", 2: "NNR_TPL_ONNX", 3: "NNR_TPL_PYT",
    4: "NNR_TPL_TEF", 5: "NNR_TPL_PRUN", 6: "NNR_TPL_REFLIST",
  ]

  /// Whether it is a format that models are exchanged in.
  public var isModel: Bool { self != .pruning && self != .referenceList }
}

extension Element {
  /// The exchange format of the topology.
  public static let topologyStorageFormat = Element(
    "topology_storage_format", .u(8), "The exchange format of the topology data.",
    .named(TopologyFormat.names, othersAllowed: false), section: "2.1", rule: .t03)
  /// The compression of the topology.
  public static let topologyCompressionFormat = Element(
    "topology_compression_format", .u(8), "How the topology data is compressed.",
    .named([0: "NNR_PT_RAW", 1: "NNR_DFL"], othersAllowed: false), section: "2.1", rule: .t03)
  /// The topology itself.
  public static let topologyData = Element(
    "topology_data", .bs,
    "The topology in its exchange format. The reference writes an empty string.", section: "2.6")
  /// The number of names.
  public static let countTopologyElementsMinus2 = Element(
    "count_topology_elements_minus2", .ue(7), "The number of names in the list, less 2.",
    section: "2.8")
  /// A name.
  public static let topologyElemIdList = Element(
    "topology_elem_id_list", .st, "The name of a parameter tensor.", .identifier, section: "2.8",
    rule: .n07)
  /// The index of a name.
  public static let topologyElemIdIndexList = Element(
    "topology_elem_id_index_list", .ue(7),
    "The index of a name in the list that the topology unit carries.", section: "2.8")
}

extension Variable {
  /// mps_topology_indexed_reference_flag of the parameter set in force.
  static let indexedReference = Variable(
    name: "mps_topology_indexed_reference_flag",
    meaning: "whether the model parameter set asks for references by index"
  ) { $0.context.topologyIndexedReference ? 1 : 0 }
}

extension Structure {
  /// nnr_topology_unit_header().
  public static let topologyUnitHeader = Structure(
    "nnr_topology_unit_header", section: "2.6", headerClass: .otherHeader
  ) {
    Element.topologyStorageFormat
    Element.topologyCompressionFormat
  }

  /// nnr_topology_unit_payload().
  public static let topologyUnitPayload = Structure("nnr_topology_unit_payload", section: "2.6") {
    when(.topologyStorageFormat == TopologyFormat.pruning && .triesRecollected == 1) {
      Structure.pruningTopologyContainer
    } otherwise: {
      when(.topologyStorageFormat == TopologyFormat.referenceList) {
        Structure.topologyElementsIdsList
      } otherwise: {
        Element.topologyData
      }
    }
  }

  /// topology_elements_ids_list( 0 ).
  public static let topologyElementsIdsList = Structure(
    "topology_elements_ids_list", section: "2.8", headerClass: .identifiers
  ) {
    Element.countTopologyElementsMinus2
    Element.byteAlignment
    loop("j", .countTopologyElementsMinus2 + 2) { Element.topologyElemIdList }
  }

  /// topology_elements_ids_list( 1 ).
  public static let topologyElementsIdsIndexList = Structure(
    "topology_elements_ids_list", section: "2.8", headerClass: .identifiers
  ) {
    Element.countTopologyElementsMinus2
    loop("j", .countTopologyElementsMinus2 + 2) { Element.topologyElemIdIndexList }
    Element.byteAlignment
  }
}
