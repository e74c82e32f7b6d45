// nnr_unit(), nnr_unit_size() and nnr_unit_header(): format reference 1.2 and 2.2.

extension Element {
  /// The length of the size field.
  public static let nnrUnitSizeFlag = Element(
    "nnr_unit_size_flag", .u(1), "How long the size field is.", .flag("15 bits", "31 bits"),
    section: "1.2")
  /// The size of the unit in bytes.
  public static let nnrUnitSize = Element(
    "nnr_unit_size", .u(15),
    "The number of bytes of the whole unit, these size bytes included.",
    .range(3...0x7fff_ffff), section: "1.2")
  /// The kind of unit.
  public static let nnrUnitType = Element(
    "nnr_unit_type", .u(6), "The kind of unit, which decides what follows.",
    .named(UnitType.names, othersAllowed: true), section: "2.1")
  /// Whether the unit stands alone.
  public static let independentlyDecodableFlag = Element(
    "independently_decodable_flag", .u(1),
    "Whether the unit can be decoded without other data units. The reference always writes 1.",
    .flag("needs other units", "stands alone"), section: "2.2")
  /// Whether the unit is a part of several.
  public static let partialDataCounterPresentFlag = Element(
    "partial_data_counter_present_flag", .u(1), "Whether the data is spread over several units.",
    .flag("whole", "a part"), section: "2.2")
  /// Which part the unit is.
  public static let partialDataCounter = Element(
    "partial_data_counter", .u(8), "How many parts are still to come; 0 is the last.",
    .range(0...255), inferred: 0, section: "2.2")
  /// The alignment bits.
  public static let byteAlignment = Element(
    "byte_alignment", .alignment,
    "One bit 1, then zeros to the next byte; a whole byte when already aligned.",
    section: "1.3", rule: .h04)
  /// The data of a unit whose type has no syntax.
  public static let reservedUnitData = Element(
    "reserved_unit_data", .bs,
    "The bytes of a unit of a reserved or unspecified type; a reader steps over them.",
    section: "2.1", evidence: .recollected, headerClass: .unparsed)
}

extension Structure {
  /// nnr_unit(): size, header, payload.
  public static let unit = Structure("nnr_unit", section: "1.1") {
    Structure.unitSize
    Structure.unitHeader
    Structure.unitPayload
  }

  /// nnr_unit_size().
  public static let unitSize = Structure("nnr_unit_size", section: "1.2", headerClass: .unitSize) {
    Element.nnrUnitSizeFlag
    when(.nnrUnitSizeFlag == 0) {
      read(.nnrUnitSize, as: .u(15))
    } otherwise: {
      read(.nnrUnitSize, as: .u(31))
    }
  }

  /// nnr_unit_header().
  public static let unitHeader = Structure(
    "nnr_unit_header", section: "2.2", headerClass: .unitHeader
  ) {
    Element.nnrUnitType
    Element.independentlyDecodableFlag
    Element.partialDataCounterPresentFlag
    when(.partialDataCounterPresentFlag == 1) { Element.partialDataCounter }
    when(.nnrUnitType == UnitType.start) { Structure.startUnitHeader }
    when(.nnrUnitType == UnitType.layerParameterSet) { Structure.layerParameterSetHeader }
    when(.nnrUnitType == UnitType.topology) { Structure.topologyUnitHeader }
    when(.nnrUnitType == UnitType.quantization) { Structure.quantizationUnitHeader }
    when(.nnrUnitType == UnitType.compressedData) { Structure.compressedDataUnitHeader }
    when(.nnrUnitType == UnitType.aggregate) { Structure.aggregateUnitHeader }
  }

  /// nnr_unit_payload().
  public static let unitPayload = Structure("nnr_unit_payload", section: "2") {
    when(.nnrUnitType == UnitType.modelParameterSet) { Structure.modelParameterSetPayload }
    when(.nnrUnitType == UnitType.layerParameterSet) { Structure.layerParameterSetPayload }
    when(.nnrUnitType == UnitType.topology) { Structure.topologyUnitPayload }
    when(.nnrUnitType == UnitType.quantization) { Structure.quantizationUnitPayload }
    when(.nnrUnitType == UnitType.compressedData) { Structure.compressedDataUnitPayload }
    when(.nnrUnitType == UnitType.aggregate) { Structure.aggregateUnitPayload }
    when(.nnrUnitType > UnitType.aggregate) { Element.reservedUnitData }
  }
}
