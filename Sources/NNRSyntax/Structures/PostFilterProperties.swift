// What nn_post_filter_characteristics() says of inputs, outputs, patches and complexity: format reference 13.4.

extension Element {
  /// The number of input pictures.
  public static let nnpfcNumInputPicsMinus1 = Element(
    "nnpfc_num_input_pics_minus1", .ue(0), "The number of input pictures, less 1.", .range(0...63),
    section: "13.4")
  /// Whether a picture is filtered.
  public static let nnpfcInputPicFilteringFlag = Element(
    "nnpfc_input_pic_filtering_flag", .u(1), "Whether the filter gives out the input picture.",
    .flag("input only", "filtered"), section: "13.4")
  /// What stands for an absent picture.
  public static let nnpfcAbsentInputPicZeroFlag = Element(
    "nnpfc_absent_input_pic_zero_flag", .u(1), "What stands for an input picture that is absent.",
    .flag("the nearest one", "zeros"), section: "13.4")
  /// The chroma format given out.
  public static let nnpfcOutSubCFlag = Element(
    "nnpfc_out_sub_c_flag", .u(1), "The chroma format that comes out of chroma upsampling.",
    .flag("4:2:2", "4:4:4"), section: "13.4")
  /// The colour format given out.
  public static let nnpfcOutColourFormatIdc = Element(
    "nnpfc_out_colour_format_idc", .u(2), "The chroma format that comes out of colourization.",
    .named([1: "4:2:0", 2: "4:2:2", 3: "4:4:4"], othersAllowed: false), section: "13.4",
    rule: .c09)
  /// Numerator of the ratio of widths.
  public static let nnpfcPicWidthNumMinus1 = Element(
    "nnpfc_pic_width_num_minus1", .ue(0), "Numerator of output width over input width, less 1.",
    .range(0...65535), section: "13.4", rule: .c09)
  /// Denominator of the ratio of widths.
  public static let nnpfcPicWidthDenomMinus1 = Element(
    "nnpfc_pic_width_denom_minus1", .ue(0), "Denominator of output width over input width, less 1.",
    .range(0...65535), section: "13.4", rule: .c09)
  /// Numerator of the ratio of heights.
  public static let nnpfcPicHeightNumMinus1 = Element(
    "nnpfc_pic_height_num_minus1", .ue(0), "Numerator of output height over input height, less 1.",
    .range(0...65535), section: "13.4", rule: .c09)
  /// Denominator of the ratio of heights.
  public static let nnpfcPicHeightDenomMinus1 = Element(
    "nnpfc_pic_height_denom_minus1", .ue(0),
    "Denominator of output height over input height, less 1.", .range(0...65535), section: "13.4",
    rule: .c09)
  /// Pictures made between two.
  public static let nnpfcInterpolatedPics = Element(
    "nnpfc_interpolated_pics", .ue(0), "The pictures made between two input pictures.",
    .range(0...64), section: "13.4", rule: .c09)
  /// Pictures made behind the last.
  public static let nnpfcExtrapolatedPicsMinus1 = Element(
    "nnpfc_extrapolated_pics_minus1", .ue(0), "The pictures made behind the last one, less 1.",
    section: "13.4")
  /// Picture added on the left.
  public static let nnpfcSpatialExtrapolationLeftOffset = Element(
    "nnpfc_spatial_extrapolation_left_offset", .ie(0), "How far the picture grows on the left.",
    section: "13.4")
  /// Picture added on the right.
  public static let nnpfcSpatialExtrapolationRightOffset = Element(
    "nnpfc_spatial_extrapolation_right_offset", .ie(0), "How far the picture grows on the right.",
    section: "13.4")
  /// Picture added at the top.
  public static let nnpfcSpatialExtrapolationTopOffset = Element(
    "nnpfc_spatial_extrapolation_top_offset", .ie(0), "How far the picture grows at the top.",
    section: "13.4")
  /// Picture added at the bottom.
  public static let nnpfcSpatialExtrapolationBottomOffset = Element(
    "nnpfc_spatial_extrapolation_bottom_offset", .ie(0), "How far the picture grows at the bottom.",
    section: "13.4")
  /// Where the channels are.
  public static let nnpfcComponentLastFlag = Element(
    "nnpfc_component_last_flag", .u(1), "Which dimension of the tensors counts the channels.",
    .flag("the second", "the last"), section: "13.4")
  /// The numbers put in.
  public static let nnpfcInpFormatIdc = Element(
    "nnpfc_inp_format_idc", .ue(0), "The numbers of the input tensors.",
    .named([0: "real, 0 to 1", 1: "unsigned integers"], othersAllowed: true), section: "13.4")
  /// Further inputs.
  public static let nnpfcAuxiliaryInpIdc = Element(
    "nnpfc_auxiliary_inp_idc", .ue(0), "Inputs beside the pictures, as a mask.",
    .mask([1: "auxiliary plane", 2: "prompt", 4: "seed"]), section: "13.4")
  /// Whether the prompt is here.
  public static let nnpfcInbandPromptFlag = Element(
    "nnpfc_inband_prompt_flag", .u(1), "Whether the message has the prompt.",
    .flag("from elsewhere", "here"), section: "13.4")
  /// Zeros up to the byte.
  public static let nnpfcAlignmentZeroBitC = Element(
    "nnpfc_alignment_zero_bit_c", .zeros, "Zeros up to the byte at which the prompt begins.",
    section: "13.4")
  /// The prompt.
  public static let nnpfcPrompt = Element(
    "nnpfc_prompt", .st, "The text that is put in beside the pictures.", section: "13.4",
    headerClass: .otherHeader)
  /// Whether the seed is here.
  public static let nnpfcInbandSeedFlag = Element(
    "nnpfc_inband_seed_flag", .u(1), "Whether the message has the seed.",
    .flag("from elsewhere", "here"), section: "13.4")
  /// The seed.
  public static let nnpfcSeed = Element(
    "nnpfc_seed", .u(16), "The seed of random numbers that are put in.", section: "13.4")
  /// The channels put in.
  public static let nnpfcInpOrderIdc = Element(
    "nnpfc_inp_order_idc", .ue(0), "The channels of the input tensors.",
    .named(PostFilterChannels.names, othersAllowed: true), section: "13.4")
  /// Luma bit depth put in.
  public static let nnpfcInpTensorLumaBitdepthMinus8 = Element(
    "nnpfc_inp_tensor_luma_bitdepth_minus8", .ue(0), "Bit depth of luma put in, less 8.",
    .range(0...24), section: "13.4", rule: .c09)
  /// Chroma bit depth put in.
  public static let nnpfcInpTensorChromaBitdepthMinus8 = Element(
    "nnpfc_inp_tensor_chroma_bitdepth_minus8", .ue(0), "Bit depth of chroma put in, less 8.",
    .range(0...24), section: "13.4", rule: .c09)
  /// The numbers given out.
  public static let nnpfcOutFormatIdc = Element(
    "nnpfc_out_format_idc", .ue(0), "The numbers of the output tensors.",
    .named([0: "real, 0 to 1", 1: "unsigned integers"], othersAllowed: true), section: "13.4")
  /// The channels given out.
  public static let nnpfcOutOrderIdc = Element(
    "nnpfc_out_order_idc", .ue(0), "The channels of the output tensors.",
    .named(PostFilterChannels.names, othersAllowed: false), section: "13.4", rule: .c09)
  /// Luma bit depth given out.
  public static let nnpfcOutTensorLumaBitdepthMinus8 = Element(
    "nnpfc_out_tensor_luma_bitdepth_minus8", .ue(0), "Bit depth of luma given out, less 8.",
    .range(0...24), section: "13.4", rule: .c09)
  /// Chroma bit depth given out.
  public static let nnpfcOutTensorChromaBitdepthMinus8 = Element(
    "nnpfc_out_tensor_chroma_bitdepth_minus8", .ue(0), "Bit depth of chroma given out, less 8.",
    .range(0...24), section: "13.4", rule: .c09)
  /// Whether the output has colours of its own.
  public static let nnpfcSeparateColourDescriptionPresentFlag = Element(
    "nnpfc_separate_colour_description_present_flag", .u(1),
    "Whether the colours that come out are described apart from those of the video.",
    .flag("as the video", "they follow"), section: "13.4")
  /// Colour primaries.
  public static let nnpfcColourPrimaries = Element(
    "nnpfc_colour_primaries", .u(8), "Colour primaries by the numbers of H.273.", section: "13.4")
  /// Transfer characteristics.
  public static let nnpfcTransferCharacteristics = Element(
    "nnpfc_transfer_characteristics", .u(8), "Transfer characteristics by the numbers of H.273.",
    section: "13.4")
  /// Matrix coefficients.
  public static let nnpfcMatrixCoeffs = Element(
    "nnpfc_matrix_coeffs", .u(8), "Matrix coefficients by the numbers of H.273.", section: "13.4")
  /// Full or limited range.
  public static let nnpfcFullRangeFlag = Element(
    "nnpfc_full_range_flag", .u(1), "Whether samples use the whole range.",
    .flag("limited", "full"), section: "13.4")
  /// Whether the place of chroma samples is said.
  public static let nnpfcChromaLocInfoPresentFlag = Element(
    "nnpfc_chroma_loc_info_present_flag", .u(1), "Whether the place of chroma samples follows.",
    .flag("no", "yes"), section: "13.4")
  /// The place of chroma samples.
  public static let nnpfcChromaSampleLocTypeFrame = Element(
    "nnpfc_chroma_sample_loc_type_frame", .ue(0), "Where chroma samples lie beside luma samples.",
    .range(0...6), section: "13.4", rule: .c09)
  /// How far patches overlap.
  public static let nnpfcOverlap = Element(
    "nnpfc_overlap", .ue(0), "Samples by which neighbouring patches overlap.", .range(0...16383),
    section: "13.4", rule: .c09)
  /// Whether all patches are alike.
  public static let nnpfcConstantPatchSizeFlag = Element(
    "nnpfc_constant_patch_size_flag", .u(1), "Whether the patch size is fixed.",
    .flag("a multiple of the delta", "fixed"), inferred: 1, section: "13.4")
  /// Patch width.
  public static let nnpfcPatchWidthMinus1 = Element(
    "nnpfc_patch_width_minus1", .ue(0), "Width of a patch in samples, less 1.", .range(0...32766),
    section: "13.4", rule: .c09)
  /// Patch height.
  public static let nnpfcPatchHeightMinus1 = Element(
    "nnpfc_patch_height_minus1", .ue(0), "Height of a patch in samples, less 1.",
    .range(0...32766), section: "13.4", rule: .c09)
  /// What divides the extended width.
  public static let nnpfcExtendedPatchWidthCdDeltaMinus1 = Element(
    "nnpfc_extended_patch_width_cd_delta_minus1", .ue(0),
    "What the width of a patch with its overlap is a multiple of, less 1.", section: "13.4")
  /// What divides the extended height.
  public static let nnpfcExtendedPatchHeightCdDeltaMinus1 = Element(
    "nnpfc_extended_patch_height_cd_delta_minus1", .ue(0),
    "What the height of a patch with its overlap is a multiple of, less 1.", section: "13.4")
  /// What stands outside of the picture.
  public static let nnpfcPaddingType = Element(
    "nnpfc_padding_type", .ue(0), "What stands outside of the picture.",
    .named(
      [0: "zeros", 1: "replication", 2: "reflection", 3: "wrap-around", 4: "fixed values"],
      othersAllowed: false), section: "13.4", rule: .c09)
  /// Luma outside of the picture.
  public static let nnpfcLumaPaddingVal = Element(
    "nnpfc_luma_padding_val", .ue(0), "Luma outside of the picture.", section: "13.4")
  /// Cb outside of the picture.
  public static let nnpfcCbPaddingVal = Element(
    "nnpfc_cb_padding_val", .ue(0), "Cb outside of the picture.", section: "13.4")
  /// Cr outside of the picture.
  public static let nnpfcCrPaddingVal = Element(
    "nnpfc_cr_padding_val", .ue(0), "Cr outside of the picture.", section: "13.4")
}

/// The channels of input and output tensors.
enum PostFilterChannels {
  static let names = [
    0: "luma", 1: "chroma", 2: "luma and chroma", 3: "four luma and two chroma channels",
  ]
}
