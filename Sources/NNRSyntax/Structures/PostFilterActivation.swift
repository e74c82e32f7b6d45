// nn_post_filter_activation(), the SEI message of payloadType 211: format reference 13.5.

extension Element {
  /// The filter that is meant.
  public static let nnpfaTargetId = Element(
    "nnpfa_target_id", .ue(0), "The nnpfc_id of the filter that is switched on or off.",
    .range(0...0xffff_fffe), section: "13.5", rule: .c09)
  /// On or off.
  public static let nnpfaCancelFlag = Element(
    "nnpfa_cancel_flag", .u(1), "Whether the filter is switched off.", .flag("on", "off"),
    section: "13.5")
  /// How long.
  public static let nnpfaPersistenceFlag = Element(
    "nnpfa_persistence_flag", .u(1), "For how long the filter is on.",
    .flag("this picture", "until it is switched off"), section: "13.5")
  /// Base or update.
  public static let nnpfaTargetBaseFlag = Element(
    "nnpfa_target_base_flag", .u(1), "Which network filters.",
    .flag("the base with the latest update", "the base"), section: "13.5")
  /// Pictures before.
  public static let nnpfaNoPrevClvsFlag = Element(
    "nnpfa_no_prev_clvs_flag", .u(1), "Whether pictures of the sequence before are used.",
    .flag("they may be", "they are not"), section: "13.5")
  /// Pictures behind.
  public static let nnpfaNoFollClvsFlag = Element(
    "nnpfa_no_foll_clvs_flag", .u(1), "Whether pictures of the sequence behind are used.",
    .flag("they may be", "they are not"), section: "13.5")
  /// The number of output flags.
  public static let nnpfaNumOutputEntries = Element(
    "nnpfa_num_output_entries", .ue(0), "How many pictures the flags that follow speak of.",
    .range(0...4096), section: "13.5", rule: .c09)
  /// Whether a picture is given out.
  public static let nnpfaOutputFlag = Element(
    "nnpfa_output_flag", .u(1), "Whether the picture is given out.", .flag("no", "yes"),
    section: "13.5")
  /// Whether a prompt follows.
  public static let nnpfaPromptUpdateFlag = Element(
    "nnpfa_prompt_update_flag", .u(1), "Whether a prompt follows.", .flag("no", "yes"),
    section: "13.5")
  /// Zeros up to the byte.
  public static let nnpfaAlignmentZeroBit = Element(
    "nnpfa_alignment_zero_bit", .zeros, "Zeros up to the byte at which the prompt begins.",
    section: "13.5")
  /// The prompt.
  public static let nnpfaPrompt = Element(
    "nnpfa_prompt", .st, "The prompt from here on.", section: "13.5", headerClass: .otherHeader)
  /// Whether a seed follows.
  public static let nnpfaSeedUpdateFlag = Element(
    "nnpfa_seed_update_flag", .u(1), "Whether a seed follows.", .flag("no", "yes"),
    section: "13.5")
  /// The seed.
  public static let nnpfaSeed = Element(
    "nnpfa_seed", .u(16), "The seed from here on.", section: "13.5")
  /// Whether inputs are shifted.
  public static let nnpfaSelectedInputFlag = Element(
    "nnpfa_selected_input_flag", .u(1), "Whether the input pictures are chosen here.",
    .flag("as usual", "chosen"), section: "13.5")
  /// By how many pictures.
  public static let nnpfaNumInputPicShift = Element(
    "nnpfa_num_input_pic_shift", .ue(0), "By how many pictures the input is shifted.",
    section: "13.5")
}

extension Structure {
  /// nn_post_filter_activation(); what later editions added is there if bits are left before the stop bit.
  public static let postFilterActivation = Structure(
    "nn_post_filter_activation", section: "13.5", headerClass: .otherHeader
  ) {
    Element.nnpfaTargetId
    Element.nnpfaCancelFlag
    when(.nnpfaCancelFlag == 0) {
      Element.nnpfaPersistenceFlag
      Element.nnpfaTargetBaseFlag
      Element.nnpfaNoPrevClvsFlag
      when(.nnpfaPersistenceFlag == 1) { Element.nnpfaNoFollClvsFlag }
      Element.nnpfaNumOutputEntries
      loop("i", .element(.nnpfaNumOutputEntries)) { Element.nnpfaOutputFlag }
      when(.moreDataInPayload == 1) {
        Element.nnpfaPromptUpdateFlag
        when(.nnpfaPromptUpdateFlag == 1) {
          when(.bitsToByte > 0) { Element.nnpfaAlignmentZeroBit }
          Element.nnpfaPrompt
        }
        Element.nnpfaSeedUpdateFlag
        when(.nnpfaSeedUpdateFlag == 1) { Element.nnpfaSeed }
        when(.moreDataInPayload == 1) {
          Element.nnpfaSelectedInputFlag
          when(.nnpfaSelectedInputFlag == 1) { Element.nnpfaNumInputPicShift }
        }
      }
    }
    Structure.payloadEnd
  }
}
