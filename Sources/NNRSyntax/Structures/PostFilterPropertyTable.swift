// The order and the conditions of a filter's properties, and its complexity and metadata: format reference 13.4.

extension Element {
  /// Whether complexity is said.
  public static let nnpfcComplexityInfoPresentFlag = Element(
    "nnpfc_complexity_info_present_flag", .u(1), "Whether the complexity follows.",
    .flag("no", "yes"), section: "13.4")
  /// The type of the parameters.
  public static let nnpfcParameterTypeIdc = Element(
    "nnpfc_parameter_type_idc", .u(2), "The type of the network's parameters.",
    .named([0: "integers", 1: "floats or integers", 2: "binary"], othersAllowed: true),
    section: "13.4")
  /// The size of a parameter.
  public static let nnpfcLog2ParameterBitLengthMinus3 = Element(
    "nnpfc_log2_parameter_bit_length_minus3", .u(2), "The most bits of a parameter.",
    .named([0: "8 bits", 1: "16 bits", 2: "32 bits", 3: "64 bits"], othersAllowed: true),
    section: "13.4")
  /// The number of parameters.
  public static let nnpfcNumParametersIdc = Element(
    "nnpfc_num_parameters_idc", .u(6),
    "The number of parameters: at most (2048 << value) - 1; 0 is unknown.", section: "13.4")
  /// Operations.
  public static let nnpfcNumKmacOperationsIdc = Element(
    "nnpfc_num_kmac_operations_idc", .ue(0),
    "Thousands of multiply-accumulate operations a sample, at most; 0 is unknown.",
    section: "13.4")
  /// Size of the parameters.
  public static let nnpfcTotalKilobyteSize = Element(
    "nnpfc_total_kilobyte_size", .ue(0),
    "Kilobytes of all parameters, uncompressed; 0 is unknown.", section: "13.4")
  /// Bits of metadata.
  public static let nnpfcNumMetadataExtensionBits = Element(
    "nnpfc_num_metadata_extension_bits", .ue(0),
    "Bits of metadata that follow; what they count is not known for sure.", .range(0...4096),
    section: "13.4")
  /// Whether the application names the purpose.
  public static let nnpfcApplicationPurposeTagUriPresentFlag = Element(
    "nnpfc_application_purpose_tag_uri_present_flag", .u(1), "Whether a tag names the purpose.",
    .flag("no", "yes"), section: "13.4")
  /// Zeros up to the byte.
  public static let nnpfcMetadataAlignmentZeroBit = Element(
    "nnpfc_metadata_alignment_zero_bit", .zeros, "Zeros up to the byte at which the tag begins.",
    section: "13.4")
  /// The purpose.
  public static let nnpfcApplicationPurposeTagUri = Element(
    "nnpfc_application_purpose_tag_uri", .st, "A tag that names the purpose.", section: "13.4",
    headerClass: .otherHeader)
  /// Overscan.
  public static let nnpfcScanTypeIdc = Element(
    "nnpfc_scan_type_idc", .u(2), "Whether the output is meant for overscan.",
    .named([0: "unknown", 1: "overscan", 2: "no overscan"], othersAllowed: true), section: "13.4")
  /// For people.
  public static let nnpfcForHumanViewingIdc = Element(
    "nnpfc_for_human_viewing_idc", .u(2), "How well the output suits people.",
    .named([0: "unknown", 1: "unsuitable", 2: "suitable", 3: "optimal"], othersAllowed: true),
    section: "13.4")
  /// For machines.
  public static let nnpfcForMachineAnalysisIdc = Element(
    "nnpfc_for_machine_analysis_idc", .u(2), "How well the output suits machines.",
    .named([0: "unknown", 1: "unsuitable", 2: "suitable", 3: "optimal"], othersAllowed: true),
    section: "13.4")
  /// Metadata of later editions.
  public static let nnpfcReservedMetadataExtension = Element(
    "nnpfc_reserved_metadata_extension", .uv(.variable(.metadataLeft)),
    "Metadata of later editions; readers step over it.", section: "13.4")
}

extension Variable {
  /// What is left of the metadata bits; alignment is not counted.
  static let metadataLeft = Variable(
    name: "metadataBitsLeft",
    meaning:
      "nnpfc_num_metadata_extension_bits less the bits of the metadata read, alignment not counted"
  ) { scope in
    let told = scope.value(of: .nnpfcNumMetadataExtensionBits) ?? 0
    return max(0, told.saturatingAdd(scope.reading.metadataSurplus - metadataUsed(scope)))
  }

  /// The bits of the metadata read.
  static let metadataRead = Variable(
    name: "metadataBitsRead", meaning: "the bits of the metadata read, alignment not counted"
  ) { metadataUsed($0) }

  private static func metadataUsed(_ scope: some SyntaxScope) -> Int {
    let fixed: [(Element, Int)] = [
      (.nnpfcApplicationPurposeTagUriPresentFlag, 1), (.nnpfcScanTypeIdc, 2),
      (.nnpfcForHumanViewingIdc, 2), (.nnpfcForMachineAnalysisIdc, 2),
    ]
    let tag = scope.text(of: .nnpfcApplicationPurposeTagUri).map { 8 * ($0.count + 1) } ?? 0
    return fixed.reduce(tag) { $0 + scope.count(of: $1.0) * $1.1 }
  }
}

extension Structure {
  /// What a filter takes, gives and costs.
  public static let postFilterProperties = Structure("nnpfc_properties", section: "13.4") {
    Element.nnpfcNumInputPicsMinus1
    constraint(.c10, .nnpfcNumInputPicsMinus1 < 64, fatal: true)
    when(.nnpfcNumInputPicsMinus1 > 0) {
      loop("i", .nnpfcNumInputPicsMinus1 + 1) { Element.nnpfcInputPicFilteringFlag }
      Element.nnpfcAbsentInputPicZeroFlag
    }
    when(.nnpfcPurpose & 0x02 != 0) { Element.nnpfcOutSubCFlag }
    when(.nnpfcPurpose & 0x20 != 0) { Element.nnpfcOutColourFormatIdc }
    when(.nnpfcPurpose & 0x04 != 0) {
      Element.nnpfcPicWidthNumMinus1
      Element.nnpfcPicWidthDenomMinus1
      Element.nnpfcPicHeightNumMinus1
      Element.nnpfcPicHeightDenomMinus1
    }
    when(.nnpfcPurpose & 0x08 != 0) {
      loop("i", .element(.nnpfcNumInputPicsMinus1)) { Element.nnpfcInterpolatedPics }
    }
    when(.nnpfcPurpose & 0x40 != 0) { Element.nnpfcExtrapolatedPicsMinus1 }
    when(.nnpfcPurpose & 0x80 != 0) {
      Element.nnpfcSpatialExtrapolationLeftOffset
      Element.nnpfcSpatialExtrapolationRightOffset
      Element.nnpfcSpatialExtrapolationTopOffset
      Element.nnpfcSpatialExtrapolationBottomOffset
    }
    Structure.postFilterTensors
    when(.nnpfcPurpose & 0x80 == 0) {
      Element.nnpfcOverlap
      Element.nnpfcConstantPatchSizeFlag
    }
    when(.nnpfcConstantPatchSizeFlag == 1) {
      Element.nnpfcPatchWidthMinus1
      Element.nnpfcPatchHeightMinus1
    } otherwise: {
      Element.nnpfcExtendedPatchWidthCdDeltaMinus1
      Element.nnpfcExtendedPatchHeightCdDeltaMinus1
    }
    Element.nnpfcPaddingType
    when(.nnpfcPaddingType == 4) {
      when(.nnpfcInpOrderIdc != 1) { Element.nnpfcLumaPaddingVal }
      when(.nnpfcInpOrderIdc != 0) {
        Element.nnpfcCbPaddingVal
        Element.nnpfcCrPaddingVal
      }
    }
    Element.nnpfcComplexityInfoPresentFlag
    when(.nnpfcComplexityInfoPresentFlag == 1) {
      Element.nnpfcParameterTypeIdc
      when(.nnpfcParameterTypeIdc != 2) { Element.nnpfcLog2ParameterBitLengthMinus3 }
      Element.nnpfcNumParametersIdc
      Element.nnpfcNumKmacOperationsIdc
      Element.nnpfcTotalKilobyteSize
    }
    Element.nnpfcNumMetadataExtensionBits
    constraint(.c10, .nnpfcNumMetadataExtensionBits <= 4096, fatal: true)
    when(.nnpfcNumMetadataExtensionBits > 0) { Structure.postFilterMetadata }
  }

  /// The tensors put in and given out.
  static let postFilterTensors = Structure("nnpfc_tensors", section: "13.4") {
    Element.nnpfcComponentLastFlag
    Element.nnpfcInpFormatIdc
    Element.nnpfcAuxiliaryInpIdc
    when(.nnpfcAuxiliaryInpIdc & 2 != 0) {
      Element.nnpfcInbandPromptFlag
      when(.nnpfcInbandPromptFlag == 1) {
        when(.bitsToByte > 0) { Element.nnpfcAlignmentZeroBitC }
        Element.nnpfcPrompt
      }
    }
    when(.nnpfcAuxiliaryInpIdc & 4 != 0) {
      Element.nnpfcInbandSeedFlag
      when(.nnpfcInbandSeedFlag == 1) { Element.nnpfcSeed }
    }
    Element.nnpfcInpOrderIdc
    when(.nnpfcInpFormatIdc == 1) {
      when(.nnpfcInpOrderIdc != 1) { Element.nnpfcInpTensorLumaBitdepthMinus8 }
      when(.nnpfcInpOrderIdc != 0) { Element.nnpfcInpTensorChromaBitdepthMinus8 }
    }
    Element.nnpfcOutFormatIdc
    Element.nnpfcOutOrderIdc
    when(.nnpfcOutFormatIdc == 1) {
      when(.nnpfcOutOrderIdc != 1) { Element.nnpfcOutTensorLumaBitdepthMinus8 }
      when(.nnpfcOutOrderIdc != 0) { Element.nnpfcOutTensorChromaBitdepthMinus8 }
    }
    Element.nnpfcSeparateColourDescriptionPresentFlag
    when(.nnpfcSeparateColourDescriptionPresentFlag == 1) {
      Element.nnpfcColourPrimaries
      Element.nnpfcTransferCharacteristics
      when(.nnpfcOutFormatIdc == 1) {
        Element.nnpfcMatrixCoeffs
        Element.nnpfcFullRangeFlag
      }
    }
    when(.nnpfcOutOrderIdc != 0) {
      Element.nnpfcChromaLocInfoPresentFlag
      when(.nnpfcChromaLocInfoPresentFlag == 1) { Element.nnpfcChromaSampleLocTypeFrame }
    }
  }

  /// The metadata extension.
  static let postFilterMetadata = Structure("nnpfc_metadata_extension", section: "13.4") {
    when(.nnpfcPurpose == 0) {
      Element.nnpfcApplicationPurposeTagUriPresentFlag
      when(.nnpfcApplicationPurposeTagUriPresentFlag == 1) {
        when(.bitsToByte > 0) { Element.nnpfcMetadataAlignmentZeroBit }
        Element.nnpfcApplicationPurposeTagUri
      }
    }
    when(.nnpfcPurpose & 0x84 != 0) { Element.nnpfcScanTypeIdc }
    Element.nnpfcForHumanViewingIdc
    Element.nnpfcForMachineAnalysisIdc
    constraint(.c11, .nnpfcNumMetadataExtensionBits >= .variable(.metadataRead))
    when(.metadataLeft > 0) { Element.nnpfcReservedMetadataExtension }
  }
}
