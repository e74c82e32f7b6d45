// nn_post_filter_characteristics(), the SEI message of payloadType 210: format reference 13.4.

extension Element {
  /// What the filter is for.
  public static let nnpfcPurpose = Element(
    "nnpfc_purpose", .u(16),
    "What the post-filter is for, as a mask; 0 is said by the application.",
    .mask([
      0x01: "general quality", 0x02: "chroma upsampling", 0x04: "resolution resampling",
      0x08: "picture rate upsampling", 0x10: "bit depth upsampling", 0x20: "colourization",
      0x40: "temporal extrapolation", 0x80: "spatial extrapolation",
    ]), section: "13.4")
  /// The number of the filter.
  public static let nnpfcId = Element(
    "nnpfc_id", .ue(0), "The number that base, updates and activations of a filter share.",
    .range(0...0xffff_fffe), section: "13.4", rule: .c09)
  /// Base or update.
  public static let nnpfcBaseFlag = Element(
    "nnpfc_base_flag", .u(1), "Whether the message defines the filter or updates its base.",
    .flag("an update of the base", "the base"), section: "13.4")
  /// Where the network is.
  public static let nnpfcModeIdc = Element(
    "nnpfc_mode_idc", .ue(0), "Where the network is: in the message, or named by a URI.",
    .named([0: "ISO/IEC 15938-17 bytes within", 1: "named by a URI"], othersAllowed: false),
    section: "13.4", rule: .c09)
  /// Zeros up to the byte.
  public static let nnpfcAlignmentZeroBitA = Element(
    "nnpfc_alignment_zero_bit_a", .zeros, "Zeros up to the byte at which the tag begins.",
    section: "13.4")
  /// The format of the network.
  public static let nnpfcTagUri = Element(
    "nnpfc_tag_uri", .st,
    "A tag that names the format of the network; tag:iso.org,2023:15938-17 is NNR.",
    section: "13.4", headerClass: .otherHeader)
  /// The place of the network.
  public static let nnpfcUri = Element(
    "nnpfc_uri", .st, "Where the network is to be had; it is shown and never followed.",
    section: "13.4", headerClass: .otherHeader)
  /// Whether properties follow.
  public static let nnpfcPropertyPresentFlag = Element(
    "nnpfc_property_present_flag", .u(1),
    "Whether inputs, outputs and patches are described; an update may keep those of its base.",
    .flag("none here", "they follow"), section: "13.4")
  /// Zeros up to the byte.
  public static let nnpfcAlignmentZeroBitB = Element(
    "nnpfc_alignment_zero_bit_b", .zeros, "Zeros up to the byte at which the network begins.",
    section: "13.4")
  /// The network.
  public static let nnpfcPayloadByte = Element(
    "nnpfc_payload_byte", .payloadBytes,
    "The ISO/IEC 15938-17 bitstream, to the last byte of the message.", section: "13.4")
}

extension Structure {
  /// nn_post_filter_characteristics().
  public static let postFilterCharacteristics = Structure(
    "nn_post_filter_characteristics", section: "13.4", headerClass: .otherHeader
  ) {
    Element.nnpfcPurpose
    Element.nnpfcId
    Element.nnpfcBaseFlag
    Element.nnpfcModeIdc
    when(.nnpfcModeIdc == 1) {
      when(.bitsToByte > 0) { Element.nnpfcAlignmentZeroBitA }
      Element.nnpfcTagUri
      Element.nnpfcUri
    }
    Element.nnpfcPropertyPresentFlag
    when(.nnpfcPropertyPresentFlag == 1) { Structure.postFilterProperties }
    when(.nnpfcModeIdc == 0) {
      when(.bitsToByte > 0) { Element.nnpfcAlignmentZeroBitB }
      Element.nnpfcPayloadByte
    } otherwise: {
      Structure.payloadEnd
    }
  }
}
