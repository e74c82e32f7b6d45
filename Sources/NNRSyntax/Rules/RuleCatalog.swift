// The catalogue of rules (format reference 10). S14, T05 and L are ours.

/// A rule that a stream can break: the catalogue of format reference 10 and of our own limits.
///
/// The cases stand in the order in which rules are listed.
public enum Rule: String, Sendable, CaseIterable {
  // Units and their order.
  case s01, s02, s03, s04, s05, s06, s07, s08, s09, s10, s11, s12, s13, s14
  // Headers of all units.
  case h01, h02, h03, h04
  // Parameter sets.
  case m01, m02, m03, m04, m05, m06, m07, m08, m09, m10
  // Topology.
  case t01, t02, t03, t04, t05
  // Data units.
  case n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12, n13, n14, n15, n16, n17, n18,
    n19, n20, n21, n22, n23, n24, n25, n26, n27
  // Payloads.
  case p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14
  // Updates.
  case u01, u02, u03, u04, u05, u06, u07, u08, u09, u10
  // What the reference's writers do.
  case r01, r02, r03, r04, r05
  // What the reference knows.
  case a01
  // Our own limits.
  case l01, l02, l03, l04
  // What carries a stream.
  case c01, c02, c03, c04, c05, c06, c07, c08, c09, c10, c11, c12, c13, c14, c15, c16, c17, c18,
    c19, c20
}

/// What the catalogue says of a rule.
struct RuleText {
  let severity: Severity
  let condition: String
  let reason: String
  let mistake: String
  let needsDecoding: Bool
  let needsSearch: Bool

  /// The text of a rule; see the properties of `Rule`.
  init(
    _ severity: Severity, _ condition: String, why reason: String, mistake: String,
    decoding: Bool = false, search: Bool = false
  ) {
    self.severity = severity
    self.condition = condition
    self.reason = reason
    self.mistake = mistake
    needsDecoding = decoding
    needsSearch = search
  }
}

extension Rule {
  /// The text of each rule.
  var text: RuleText {
    switch self {
    case .s01:
      RuleText(
        .error, "the first unit is not NNR_STR",
        why:
          "A reader learns the profile from the start unit; without it every later condition is a guess.",
        mistake: "The start unit was left out, or the file begins in the middle of a stream.")
    case .s02:
      RuleText(
        .error, "more than one NNR_STR",
        why: "A bitstream has one start unit; a second one changes the profile on the way.",
        mistake: "Several bitstreams were put into one file.")
    case .s03:
      RuleText(
        .error, "no NNR_MPS before the first NNR_LPS, NNR_TPL or NNR_NDU",
        why: "The elements of a data unit depend on the model parameter set.",
        mistake: "The model parameter set was left out or written too late.")
    case .s04:
      RuleText(
        .error, "more than one NNR_MPS",
        why: "The reference stops at the second one; which holds is not known.",
        mistake: "Parameter sets of several models were mixed.")
    case .s05:
      RuleText(
        .error,
        "the unit size is below the minimum, beyond the end of the file, or reaches over other units",
        why: "The next unit cannot be found with such a size.",
        mistake: "The size field was not updated after writing the unit, or the file was cut.")
    case .s06:
      RuleText(
        .info, "the 31-bit size form for a size that fits 15 bits",
        why: "Two bytes are wasted.",
        mistake: "The size form was chosen before the size was known.")
    case .s07:
      RuleText(
        .error, "bytes at the end that cannot form a unit",
        why: "Something is missing or was appended.",
        mistake: "The file was cut inside a size field, or padded.")
    case .s08:
      RuleText(
        .warning, "a unit type that is reserved (7 to 31) or unspecified (32 to 63)",
        why: "Readers step over such units, so what they hold is lost.",
        mistake: "A private or future unit type.")
    case .s09:
      RuleText(
        .warning, "general_profile_idc is neither 0 nor 1",
        why: "The reference parses every other value as edition 1.",
        mistake: "The profile field was not set.")
    case .s10:
      RuleText(
        .error, "the unit's syntax does not end where its size says",
        why: "Elements are missing or there are bytes too many.",
        mistake: "An element was left out or written with another length, or the size is wrong.")
    case .s11:
      RuleText(
        .warning, "no NNR_NDU in the stream",
        why: "The stream holds no parameter (with parent signalling: an update of zeros).",
        mistake: "All tensors were skipped.")
    case .s12:
      RuleText(
        .info, "profile 0: the dialect was told by decoding",
        why: "Two incompatible kinds of software write profile 0.",
        mistake: "None: say which software wrote the file.", decoding: true)
    case .s13:
      RuleText(
        .error, "data units of one file decode in different dialects only",
        why: "A file has one writer.",
        mistake: "Units of several writers were mixed.", decoding: true)
    case .s14:
      RuleText(
        .error,
        "bytes between units were stepped over; the chain of units continues behind them",
        why: "What lies between is lost; the continuation is a guess.",
        mistake: "A unit was damaged or its size is wrong.")
    case .h01:
      RuleText(
        .info, "the unit is a part of several (partial_data_counter_present_flag)",
        why: "The payload cannot be decoded alone and the reference refuses it.",
        mistake: "None, unless the counters do not go down to 0.")
    case .h02:
      RuleText(
        .warning,
        "independently_decodable_flag is 1 though contexts look at a parent or a history",
        why: "A reader would believe it can decode the unit alone.",
        mistake: "The flag is always written as 1 (known NNCodec quirk).")
    case .h03:
      RuleText(
        .warning, "a reserved bit is not zero",
        why: "A later edition may give the bit a meaning.",
        mistake: "An element was written too long, or bits are shifted.")
    case .h04:
      RuleText(
        .warning, "byte_alignment() is not a 1 followed by zeros",
        why: "The reference ignores these bits; other readers need not.",
        mistake: "The alignment bit was left out, or bits are shifted.")
    case .m01:
      RuleText(
        .error, "a FLOAT or BLOCK unit though no quantization method is signalled",
        why: "qp_density is unknown, so the payload cannot be read.",
        mistake: "mps_quantization_method_flags was left at 0.")
    case .m02:
      RuleText(
        .info, "a codebook is used but NNR_QCB is not signalled",
        why: "The flags should name every method used; NNCodec never sets this one.",
        mistake: "None with NNCodec.")
    case .m03:
      RuleText(
        .warning, "topology_carriage_flag does not agree with the topology units",
        why: "A reader may wait for a topology that never comes.",
        mistake: "The flag is written as a constant (known NNCodec quirk).")
    case .m04:
      RuleText(
        .error, "references by index without a list of names",
        why: "The names of the tensors are unknown.",
        mistake: "The NNR_TPL_REFLIST topology unit was left out or comes later.")
    case .m05:
      RuleText(
        .info, "nnr_pre_flag is 1",
        why:
          "The decoding process of predictive residual encoding is not known; NNCodec ignores the flag.",
        mistake: "None.")
    case .m06:
      RuleText(
        .warning, "base_model_id is empty",
        why: "The base model is said to be named, and is not.",
        mistake: "The identifier was not filled in.")
    case .m07:
      RuleText(
        .warning, "a performance map has a count of 0",
        why: "The reference reads count − 1 entries.",
        mistake: "The count was written without the 1 that the reference expects.")
    case .m08:
      RuleText(
        .warning,
        "a performance map fits its unit only when read with as many entries as its count",
        why: "The reference reads one entry less.",
        mistake: "The writer follows another reading of the standard.")
    case .m09:
      RuleText(
        .warning, "the class bitmask does not have as many bits as there are classes",
        why: "The accuracies cannot be matched to classes.",
        mistake: "Mask and count were filled from different lists.")
    case .m10:
      RuleText(
        .warning, "a ratio or accuracy is not a finite number within 0 and 1",
        why: "Such a value says nothing.",
        mistake: "A percentage or an uninitialised value was written.")
    case .t01:
      RuleText(
        .error, "topology data is said to be deflated but does not inflate",
        why: "The topology is lost.",
        mistake: "Raw data was written with the compression format of deflate, or it is cut.")
    case .t02:
      RuleText(
        .info, "the topology data is empty",
        why: "The model's structure must come from elsewhere; NNCodec always writes it so.",
        mistake: "None.")
    case .t03:
      RuleText(
        .warning, "the storage or compression format of a topology is reserved or unspecified",
        why: "The data can be shown as bytes only.",
        mistake: "A private format.")
    case .t04:
      RuleText(
        .warning, "the list of names holds a name twice",
        why: "An index then does not say which.",
        mistake: "Names were not made unique.")
    case .t05:
      RuleText(
        .warning, "inflated topology data is larger than the limit and was cut",
        why: "A deflate bomb must not fill the memory.",
        mistake: "None if the topology is really that large: raise --max-memory.")
    case .n01:
      RuleText(
        .error, "a payload type above 3",
        why: "Its syntax is unknown; the unit is stepped over.",
        mistake: "The payload type field was not set.")
    case .n02:
      RuleText(
        .error, "a block with nnr_multiple_topology_elements_present_flag 0",
        why: "A block names each of its tensors.",
        mistake: "The flag was not set for a block.")
    case .n03:
      RuleText(
        .warning, "several names in a unit that is not a block (tensor split)",
        why: "The layout of its mapping is only recollected, and the reference does not know it.",
        mistake: "None, if the tensor really was split.")
    case .n04:
      RuleText(
        .error, "a block names more or fewer tensors than it holds",
        why: "The tensors cannot be given their names.",
        mistake: "compressed_parameter_types does not agree with the list of names.")
    case .n05:
      RuleText(
        .warning, "a block whose compressed_parameter_types is 0",
        why: "A block with a weight alone should be a FLOAT unit.",
        mistake: "The types were not filled in.")
    case .n06:
      RuleText(
        .warning, "a name is coded twice",
        why: "Which tensor holds is not defined.",
        mistake: "Names were not made unique.")
    case .n07:
      RuleText(
        .error, "an identifier is not valid UTF-8",
        why: "The reference refuses it.",
        mistake: "Names were written in another encoding.")
    case .n08:
      RuleText(
        .error, "more weights than the limit (as information: a dimension of 0)",
        why: "Such a tensor cannot be decoded in bounded memory.",
        mistake: "Dimensions are shifted, or the tensor is empty.")
    case .n09:
      RuleText(
        .error, "count_tensor_dimensions is 0",
        why: "A tensor has at least one dimension.",
        mistake: "A scalar was written without reshaping it to one element.")
    case .n10:
      RuleText(
        .warning, "the dimensions are out of band and not known",
        why: "The payload cannot be decoded without them.",
        mistake:
          "None: open the base model's stream first. NNCodec leaves them out of the blocks of updates."
      )
    case .n11:
      RuleText(
        .error, "the decomposition does not fit the weight",
        why: "G and H cannot be multiplied into the weight's shape.",
        mistake: "g_number_of_rows or decomposition_rank belongs to another tensor.")
    case .n12:
      RuleText(
        .warning, "vectors in a block whose weight has less than two dimensions",
        why: "A scaling per row needs rows.",
        mistake: "The block was formed around the wrong tensor.")
    case .n13:
      RuleText(
        .error, "a decomposed tensor G is not followed by its H",
        why: "The weight cannot be put together.",
        mistake: "Units were reordered or left out.")
    case .n14:
      RuleText(
        .error, "scan_order above 4",
        why: "No scan is defined for it.",
        mistake: "Bits are shifted, or the block size was written instead of its code.")
    case .n15:
      RuleText(
        .warning, "a block scan for a tensor with one row or one column",
        why: "Row-major order is used instead.",
        mistake: "scan_order was not reset for vectors.")
    case .n16:
      RuleText(
        .warning, "the entry points do not agree with the payload",
        why: "Decoding in sequence works; random access by the list fails.",
        mistake:
          "The entry points were computed in another pass than the payload (NNCodec does so, quirks Q7 and Q8).",
        decoding: true)
    case .n17:
      RuleText(
        .warning, "an entry point that lies before the one before it or beyond the payload",
        why: "The list cannot be used.",
        mistake: "Distances were written as positions.")
    case .n18:
      RuleText(
        .error,
        "first_tensor_dimension_shift is the number of dimensions or more (as a warning: not 0)",
        why:
          "There is no such place for the first dimension; within the dimensions what the shift does is not certain, so the tensor is shown in coded order.",
        mistake: "The shift was counted from 1, or bits are shifted; as a warning none.")
    case .n19:
      RuleText(
        .warning, "dq_flag is 1 for integers or together with a codebook",
        why: "The reference ignores it for integers; its meaning with a codebook is not known.",
        mistake: "The flag was set for the whole model.")
    case .n20:
      RuleText(
        .info, "the unary length is not given: 10 holds",
        why: "The reference assumes 10.",
        mistake: "None.")
    case .n21:
      RuleText(
        .error, "a codebook is empty or its zero offset lies outside",
        why: "Levels cannot be mapped to entries.",
        mistake: "The offset is relative to the middle of the codebook.")
    case .n22:
      RuleText(
        .error, "a codebook entry exceeds 32 bits",
        why: "Entries are 32-bit integers.",
        mistake: "The deltas are shifted, or the order of their code is wrong.")
    case .n23:
      RuleText(
        .info, "a codebook with one entry: the tensor is constant",
        why: "Nothing is coded for it in profile 1.",
        mistake: "None.")
    case .n24:
      RuleText(
        .info, "codebook entries that are never used",
        why: "They cost bits and serve nothing.",
        mistake: "The codebook was not trimmed.", decoding: true)
    case .n25:
      RuleText(
        .warning, "nnr_decompressed_data_format is unknown or does not fit the payload type",
        why: "The number format is not certain.",
        mistake: "The field was not set.")
    case .n26:
      RuleText(
        .error, "a raw float payload is not 4 bytes for each weight",
        why: "The tensor is cut or has bytes too many.",
        mistake: "Dimensions and data do not agree.")
    case .n27:
      RuleText(
        .warning, "a raw float tensor holds NaN or infinity",
        why: "Such weights break a model.",
        mistake: "Training diverged, or the data is not float32.", decoding: true)
    case .p01:
      RuleText(
        .error, "the terminating bin is not 1 after the last tensor",
        why: "The payload was decoded differently from how it was coded.",
        mistake: "Dialect, dq_flag, unary length, base or dimensions differ from the encoder's.",
        decoding: true)
    case .p02:
      RuleText(
        .error, "the stop bit and the padding behind the last tensor are wrong",
        why: "The codeword does not end where it should.",
        mistake: "The payload is damaged or was flushed wrongly.", decoding: true)
    case .p03:
      RuleText(
        .error, "the codeword is shorter or longer than the payload",
        why: "Bytes are left over or missing.",
        mistake: "The payload is damaged, or the size is wrong.", decoding: true)
    case .p04:
      RuleText(
        .error, "decoding reads beyond the end of the unit",
        why: "The payload is cut, or was decoded differently from how it was coded.",
        mistake: "The unit was cut, or its dimensions are too large.", decoding: true)
    case .p05:
      RuleText(
        .error, "a level exceeds 32 bits",
        why: "Levels are 32-bit integers.",
        mistake: "The payload is damaged, or was decoded differently from how it was coded.",
        decoding: true)
    case .p06:
      RuleText(
        .error, "a level points outside the codebook",
        why: "There is no entry for it.",
        mistake: "Profile 0 does not limit the levels: the encoder must.", decoding: true)
    case .p07:
      RuleText(
        .warning, "a quantization parameter at the limit of its range",
        why: "Parameters outside the range wrap without notice.",
        mistake:
          "The parameter exceeds what qp_density allows, and was wrapped (known NNCodec quirk).",
        decoding: true)
    case .p08:
      RuleText(
        .info, "all rows are skipped",
        why: "The tensor is zero.",
        mistake: "None.", decoding: true)
    case .p09:
      RuleText(
        .warning, "a weight is not finite as 32-bit float",
        why: "Step size times level is too large.",
        mistake: "The quantization parameter is wrong.", decoding: true)
    case .p10:
      RuleText(
        .info, "start states for contexts that are never used",
        why: "Each costs 3 bits or more and serves nothing.",
        mistake: "States were chosen without looking at what is coded.", decoding: true)
    case .p11:
      RuleText(
        .warning, "a quantization parameter that was wrapped",
        why:
          "Levels near 2^31 are what an encoder raises the parameter for; the raised one has more than 6 + qp_density bits.",
        mistake:
          "A weight was too large, infinite or NaN; the parameter was raised for it and wrapped, and all weights of the tensor are lost.",
        decoding: true)
    case .p12:
      RuleText(
        .info, "a constant tensor pays a remainder for every weight",
        why: "All levels are the same, and each is coded as if it were a surprise.",
        mistake:
          "The step is much smaller than the value, such as for gains of 1: a step of the value's size, or a codebook, costs next to nothing.",
        decoding: true)
    case .p13:
      RuleText(
        .warning, "a tensor costs more than its weights as 32-bit floats",
        why: "Coding it made it larger.",
        mistake:
          "The step is too small for the values, the integers are large, or there are too few weights to pay for the start states.",
        decoding: true)
    case .p14:
      RuleText(
        .info, "other choices would hold the same integers in over 2 % fewer bytes of the unit",
        why: "Every receiver would find the same weights in a smaller file.",
        mistake:
          "The encoder does not search unary length, start states, scan and row flags; recode does.",
        search: true)
    case .u01:
      RuleText(
        .error, "parent_node_id_type is 3",
        why: "It is reserved: how the parent is named is unknown.",
        mistake: "Bits are shifted.")
    case .u02:
      RuleText(
        .error, "contexts need the parent's integers, which are not loaded",
        why: "Without them the levels come out wrong.",
        mistake: "None: open the streams before this one first.")
    case .u03:
      RuleText(
        .error, "device, parameter or depth do not follow the parent",
        why: "The update belongs to another version.",
        mistake: "A round was left out or the order is wrong.")
    case .u04:
      RuleText(
        .warning, "a parent is named at depth 0",
        why: "The root of the update tree has no parent.",
        mistake: "put_node_depth was not counted up.")
    case .u05:
      RuleText(
        .warning, "some units name a parent and others do not",
        why: "A stream is an update or it is not.",
        mistake: "Flags are set for each tensor.")
    case .u06:
      RuleText(
        .warning, "the parent's hash matches no loaded payload",
        why: "The parent is not loaded, or another part of it was hashed.",
        mistake: "None: open the parent's stream first.")
    case .u07:
      RuleText(
        .error, "significance depends on a history that is not loaded",
        why: "Without it the levels come out wrong.",
        mistake: "None: open the streams before this one first.", decoding: true)
    case .u08:
      RuleText(
        .error, "the parent has another shape",
        why: "Contexts are taken position by position.",
        mistake: "A tensor was reshaped between rounds.")
    case .u09:
      RuleText(
        .info, "a parameter of the base model has no unit in this update",
        why: "Its update is zero.",
        mistake: "None: all-zero updates are left out.")
    case .u10:
      RuleText(
        .warning, "a difference whose parent is in no stream before it",
        why: "What is decoded are differences, not weights: there is nothing to add them to.",
        mistake: "None: open the streams before this one first, in their order.")
    case .r01:
      RuleText(
        .warning, "quantizer and coder of NNCodec part at a skipped row",
        why:
          "With dependent quantization and a block scan the coder moves its state by the whole width for a skipped row, the quantizer by the block's: from there on decoders find levels that are one less, and rounds that build on the tensor do not decode.",
        mistake:
          "None of yours: use scan_order 0, no row skipping, no dependent quantization, or widths that are multiples of 4.",
        decoding: true)
    case .r02:
      RuleText(
        .warning, "levels with dependent quantization pile up at the end of a range of bits",
        why:
          "NNCodec limits the bit depth behind its trellis: the coder's state leaves the quantizer's, decoders find other levels, and rounds that build on the tensor do not decode.",
        mistake: "A bit depth (int_quant_bw) together with dependent quantization.", decoding: true)
    case .r03:
      RuleText(
        .warning, "a payload decodes only with a history that counts the base model",
        why: "NNCodec's decoder does not count rounds without parent signalling, and fails.",
        mistake: "One HdspTool served the call for the base model too.", decoding: true)
    case .r04:
      RuleText(
        .warning, "an update that calls itself whole",
        why:
          "put_node_depth counts versions of a parameter, and nothing says what the values are added to: readers take them for the model.",
        mistake:
          "A base was given to the encoder, and neither differences nor temporal contexts were asked for."
      )
    case .r05:
      RuleText(
        .warning, "a payload decodes only with the integers of an older round than its parent's",
        why: "NNCodec's decoder takes those of the round before, and fails.",
        mistake: "Temporal contexts were switched off for a round, as NNCodec 2.1.2 allows.",
        decoding: true)
    case .a01:
      RuleText(
        .info, "a unit type that NNCodec 2.1.3 does not support",
        why: "The reference decoder stops at it.",
        mistake: "None.")
    case .l01:
      RuleText(
        .error, "more units than the limit",
        why: "An index of all of them does not fit the memory budget.",
        mistake: "Sizes are wrong: a real stream has larger units. Raise --max-memory.")
    case .l02:
      RuleText(
        .error, "a tensor does not fit the memory budget",
        why: "It is not decoded.",
        mistake: "Dimensions are wrong, or the model is really that large: raise --max-memory.")
    case .l03:
      RuleText(
        .error, "units are nested too deeply",
        why: "An aggregate in an aggregate in an aggregate is not followed.",
        mistake: "The stream was built to exhaust a reader: no option raises this limit.")
    case .l04:
      RuleText(
        .error, "more elements in a unit than the limit",
        why: "A tree of all of them does not fit the memory.",
        mistake: "A count is wrong: real codebooks and lists are shorter. Raise --max-memory.")
    case .c01, .c02, .c03, .c04, .c05, .c06, .c07, .c08, .c09, .c10, .c11, .c12, .c13, .c14, .c15,
      .c16, .c17, .c18, .c19, .c20:
      carrierText
    }
  }
}
