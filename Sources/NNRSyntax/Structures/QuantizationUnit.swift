// NNR_QNT: format reference 2.7.

extension Element {
  /// The format of the quantization data.
  public static let quantizationStorageFormat = Element(
    "quantization_storage_format", .u(8), "The format of the quantization data.",
    .named([0: "unrecognised", 1: "NNEF"], othersAllowed: true), section: "2.7",
    evidence: .recollected)
  /// The compression of the quantization data.
  public static let quantizationCompressionFormat = Element(
    "quantization_compression_format", .u(8), "How the quantization data is compressed.",
    .named([0: "NNR_PT_RAW", 1: "NNR_DFL"], othersAllowed: true), section: "2.7",
    evidence: .recollected)
  /// The quantization data itself.
  public static let quantizationData = Element(
    "quantization_data", .bs, "Quantization information for the whole network.", section: "2.7")
}

extension Structure {
  /// nnr_quantization_unit_header().
  public static let quantizationUnitHeader = Structure(
    "nnr_quantization_unit_header", section: "2.7", headerClass: .otherHeader
  ) {
    Element.quantizationStorageFormat
    Element.quantizationCompressionFormat
  }

  /// nnr_quantization_unit_payload().
  public static let quantizationUnitPayload = Structure(
    "nnr_quantization_unit_payload", section: "2.7"
  ) {
    Element.quantizationData
  }
}
