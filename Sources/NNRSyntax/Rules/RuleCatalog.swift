// The catalogue of rules (format reference 10). S14, T05 and L are ours.

extension Rule {
  // MARK: units and their order

  /// The first unit is not NNR_STR.
  public static let s01 = Rule(
    "S01", .error, "the first unit is not NNR_STR",
    why:
      "A reader learns the profile from the start unit; without it every later condition is a guess.",
    mistake: "The start unit was left out, or the file begins in the middle of a stream.")

  /// More than one NNR_STR.
  public static let s02 = Rule(
    "S02", .error, "more than one NNR_STR",
    why: "A bitstream has one start unit; a second one changes the profile on the way.",
    mistake: "Several bitstreams were put into one file.")

  /// No NNR_MPS before the first NNR_LPS, NNR_TPL or NNR_NDU.
  public static let s03 = Rule(
    "S03", .error, "no NNR_MPS before the first NNR_LPS, NNR_TPL or NNR_NDU",
    why: "The elements of a data unit depend on the model parameter set.",
    mistake: "The model parameter set was left out or written too late.")

  /// More than one NNR_MPS.
  public static let s04 = Rule(
    "S04", .error, "more than one NNR_MPS",
    why: "The reference stops at the second one; which holds is not known.",
    mistake: "Parameter sets of several models were mixed.")

  /// The unit size is below the minimum, beyond the end of the file, or reaches over other units.
  public static let s05 = Rule(
    "S05", .error,
    "the unit size is below the minimum, beyond the end of the file, or reaches over other units",
    why: "The next unit cannot be found with such a size.",
    mistake: "The size field was not updated after writing the unit, or the file was cut.")

  /// The 31-bit size form for a size that fits 15 bits.
  public static let s06 = Rule(
    "S06", .info, "the 31-bit size form for a size that fits 15 bits",
    why: "Two bytes are wasted.",
    mistake: "The size form was chosen before the size was known.")

  /// Bytes at the end that cannot form a unit.
  public static let s07 = Rule(
    "S07", .error, "bytes at the end that cannot form a unit",
    why: "Something is missing or was appended.",
    mistake: "The file was cut inside a size field, or padded.")

  /// A unit type that is reserved (7 to 31) or unspecified (32 to 63).
  public static let s08 = Rule(
    "S08", .warning, "a unit type that is reserved (7 to 31) or unspecified (32 to 63)",
    why: "Readers step over such units, so what they hold is lost.",
    mistake: "A private or future unit type.")

  /// General_profile_idc is neither 0 nor 1.
  public static let s09 = Rule(
    "S09", .warning, "general_profile_idc is neither 0 nor 1",
    why: "The reference parses every other value as edition 1.",
    mistake: "The profile field was not set.")

  /// The unit's syntax does not end where its size says.
  public static let s10 = Rule(
    "S10", .error, "the unit's syntax does not end where its size says",
    why: "Elements are missing or there are bytes too many.",
    mistake: "An element was left out or written with another length, or the size is wrong.")

  /// No NNR_NDU in the stream.
  public static let s11 = Rule(
    "S11", .warning, "no NNR_NDU in the stream",
    why: "The stream holds no parameter (with parent signalling: an update of zeros).",
    mistake: "All tensors were skipped.")

  /// Profile 0: the dialect was told by decoding.
  public static let s12 = Rule(
    "S12", .info, "profile 0: the dialect was told by decoding",
    why: "Two incompatible kinds of software write profile 0.",
    mistake: "None: say which software wrote the file.", decoding: true)

  /// Data units of one file decode in different dialects only.
  public static let s13 = Rule(
    "S13", .error, "data units of one file decode in different dialects only",
    why: "A file has one writer.",
    mistake: "Units of several writers were mixed.", decoding: true)

  /// Bytes between units were stepped over; the chain of units continues behind them.
  public static let s14 = Rule(
    "S14", .error,
    "bytes between units were stepped over; the chain of units continues behind them",
    why: "What lies between is lost; the continuation is a guess.",
    mistake: "A unit was damaged or its size is wrong.")

  // MARK: headers of all units

  /// The unit is a part of several (partial_data_counter_present_flag).
  public static let h01 = Rule(
    "H01", .info, "the unit is a part of several (partial_data_counter_present_flag)",
    why: "The payload cannot be decoded alone and the reference refuses it.",
    mistake: "None, unless the counters do not go down to 0.")

  /// Independently_decodable_flag is 1 though contexts look at a parent or a history.
  public static let h02 = Rule(
    "H02", .warning,
    "independently_decodable_flag is 1 though contexts look at a parent or a history",
    why: "A reader would believe it can decode the unit alone.",
    mistake: "The flag is always written as 1 (known NNCodec quirk).")

  /// A reserved bit is not zero.
  public static let h03 = Rule(
    "H03", .warning, "a reserved bit is not zero",
    why: "A later edition may give the bit a meaning.",
    mistake: "An element was written too long, or bits are shifted.")

  /// Byte_alignment() is not a 1 followed by zeros.
  public static let h04 = Rule(
    "H04", .warning, "byte_alignment() is not a 1 followed by zeros",
    why: "The reference ignores these bits; other readers need not.",
    mistake: "The alignment bit was left out, or bits are shifted.")

  // MARK: parameter sets

  /// A FLOAT or BLOCK unit though no quantization method is signalled.
  public static let m01 = Rule(
    "M01", .error, "a FLOAT or BLOCK unit though no quantization method is signalled",
    why: "qp_density is unknown, so the payload cannot be read.",
    mistake: "mps_quantization_method_flags was left at 0.")

  /// A codebook is used but NNR_QCB is not signalled.
  public static let m02 = Rule(
    "M02", .info, "a codebook is used but NNR_QCB is not signalled",
    why: "The flags should name every method used; NNCodec never sets this one.",
    mistake: "None with NNCodec.")

  /// Topology_carriage_flag does not agree with the topology units.
  public static let m03 = Rule(
    "M03", .warning, "topology_carriage_flag does not agree with the topology units",
    why: "A reader may wait for a topology that never comes.",
    mistake: "The flag is written as a constant (known NNCodec quirk).")

  /// References by index without a list of names.
  public static let m04 = Rule(
    "M04", .error, "references by index without a list of names",
    why: "The names of the tensors are unknown.",
    mistake: "The NNR_TPL_REFLIST topology unit was left out or comes later.")

  /// Nnr_pre_flag is 1.
  public static let m05 = Rule(
    "M05", .info, "nnr_pre_flag is 1",
    why:
      "The decoding process of predictive residual encoding is not known; NNCodec ignores the flag.",
    mistake: "None.")

  /// Base_model_id is empty.
  public static let m06 = Rule(
    "M06", .warning, "base_model_id is empty",
    why: "The base model is said to be named, and is not.",
    mistake: "The identifier was not filled in.")

  /// A performance map has a count of 0.
  public static let m07 = Rule(
    "M07", .warning, "a performance map has a count of 0",
    why: "The reference reads count − 1 entries.",
    mistake: "The count was written without the 1 that the reference expects.")

  /// A performance map fits its unit only when read with as many entries as its count.
  public static let m08 = Rule(
    "M08", .warning,
    "a performance map fits its unit only when read with as many entries as its count",
    why: "The reference reads one entry less.",
    mistake: "The writer follows another reading of the standard.")

  /// The class bitmask does not have as many bits as there are classes.
  public static let m09 = Rule(
    "M09", .warning, "the class bitmask does not have as many bits as there are classes",
    why: "The accuracies cannot be matched to classes.",
    mistake: "Mask and count were filled from different lists.")

  /// A ratio or accuracy is not a finite number within 0 and 1.
  public static let m10 = Rule(
    "M10", .warning, "a ratio or accuracy is not a finite number within 0 and 1",
    why: "Such a value says nothing.",
    mistake: "A percentage or an uninitialised value was written.")

  // MARK: topology

  /// Topology data is said to be deflated but does not inflate.
  public static let t01 = Rule(
    "T01", .error, "topology data is said to be deflated but does not inflate",
    why: "The topology is lost.",
    mistake: "Raw data was written with the compression format of deflate, or it is cut.")

  /// The topology data is empty.
  public static let t02 = Rule(
    "T02", .info, "the topology data is empty",
    why: "The model's structure must come from elsewhere; NNCodec always writes it so.",
    mistake: "None.")

  /// The storage or compression format of a topology is reserved or unspecified.
  public static let t03 = Rule(
    "T03", .warning, "the storage or compression format of a topology is reserved or unspecified",
    why: "The data can be shown as bytes only.",
    mistake: "A private format.")

  /// The list of names holds a name twice.
  public static let t04 = Rule(
    "T04", .warning, "the list of names holds a name twice",
    why: "An index then does not say which.",
    mistake: "Names were not made unique.")

  /// Inflated topology data is larger than the limit and was cut.
  public static let t05 = Rule(
    "T05", .warning, "inflated topology data is larger than the limit and was cut",
    why: "A deflate bomb must not fill the memory.",
    mistake: "None if the topology is really that large: raise --max-memory.")

  // MARK: data units

  /// A payload type above 3.
  public static let n01 = Rule(
    "N01", .error, "a payload type above 3",
    why: "Its syntax is unknown; the unit is stepped over.",
    mistake: "The payload type field was not set.")

  /// A block with nnr_multiple_topology_elements_present_flag 0.
  public static let n02 = Rule(
    "N02", .error, "a block with nnr_multiple_topology_elements_present_flag 0",
    why: "A block names each of its tensors.",
    mistake: "The flag was not set for a block.")

  /// Several names in a unit that is not a block (tensor split).
  public static let n03 = Rule(
    "N03", .warning, "several names in a unit that is not a block (tensor split)",
    why: "The layout of its mapping is only recollected, and the reference does not know it.",
    mistake: "None, if the tensor really was split.")

  /// A block names more or fewer tensors than it holds.
  public static let n04 = Rule(
    "N04", .error, "a block names more or fewer tensors than it holds",
    why: "The tensors cannot be given their names.",
    mistake: "compressed_parameter_types does not agree with the list of names.")

  /// A block whose compressed_parameter_types is 0.
  public static let n05 = Rule(
    "N05", .warning, "a block whose compressed_parameter_types is 0",
    why: "A block with a weight alone should be a FLOAT unit.",
    mistake: "The types were not filled in.")

  /// A name is coded twice.
  public static let n06 = Rule(
    "N06", .warning, "a name is coded twice",
    why: "Which tensor holds is not defined.",
    mistake: "Names were not made unique.")

  /// An identifier is not valid UTF-8.
  public static let n07 = Rule(
    "N07", .error, "an identifier is not valid UTF-8",
    why: "The reference refuses it.",
    mistake: "Names were written in another encoding.")

  /// A dimension of 0, or more weights than the limit.
  public static let n08 = Rule(
    "N08", .error, "more weights than the limit (as information: a dimension of 0)",
    why: "Such a tensor cannot be decoded in bounded memory.",
    mistake: "Dimensions are shifted, or the tensor is empty.")

  /// Count_tensor_dimensions is 0.
  public static let n09 = Rule(
    "N09", .error, "count_tensor_dimensions is 0",
    why: "A tensor has at least one dimension.",
    mistake: "A scalar was written without reshaping it to one element.")

  /// The dimensions are out of band and not known.
  public static let n10 = Rule(
    "N10", .warning, "the dimensions are out of band and not known",
    why: "The payload cannot be decoded without them.",
    mistake:
      "None: open the base model's stream first. NNCodec leaves them out of the blocks of updates.")

  /// The decomposition does not fit the weight.
  public static let n11 = Rule(
    "N11", .error, "the decomposition does not fit the weight",
    why: "G and H cannot be multiplied into the weight's shape.",
    mistake: "g_number_of_rows or decomposition_rank belongs to another tensor.")

  /// Vectors in a block whose weight has less than two dimensions.
  public static let n12 = Rule(
    "N12", .warning, "vectors in a block whose weight has less than two dimensions",
    why: "A scaling per row needs rows.",
    mistake: "The block was formed around the wrong tensor.")

  /// A decomposed tensor G is not followed by its H.
  public static let n13 = Rule(
    "N13", .error, "a decomposed tensor G is not followed by its H",
    why: "The weight cannot be put together.",
    mistake: "Units were reordered or left out.")

  /// Scan_order above 4.
  public static let n14 = Rule(
    "N14", .error, "scan_order above 4",
    why: "No scan is defined for it.",
    mistake: "Bits are shifted, or the block size was written instead of its code.")

  /// A block scan for a tensor with one row or one column.
  public static let n15 = Rule(
    "N15", .warning, "a block scan for a tensor with one row or one column",
    why: "Row-major order is used instead.",
    mistake: "scan_order was not reset for vectors.")

  /// The entry points do not agree with the payload.
  public static let n16 = Rule(
    "N16", .warning, "the entry points do not agree with the payload",
    why: "Decoding in sequence works; random access by the list fails.",
    mistake:
      "The entry points were computed in another pass than the payload (NNCodec does so, quirks Q7 and Q8).",
    decoding: true)

  /// An entry point that lies before the one before it or beyond the payload.
  public static let n17 = Rule(
    "N17", .warning, "an entry point that lies before the one before it or beyond the payload",
    why: "The list cannot be used.",
    mistake: "Distances were written as positions.")

  /// First_tensor_dimension_shift is the number of dimensions or more; as a warning: it is not 0.
  public static let n18 = Rule(
    "N18", .error,
    "first_tensor_dimension_shift is the number of dimensions or more (as a warning: not 0)",
    why:
      "There is no such place for the first dimension; within the dimensions what the shift does is not certain, so the tensor is shown in coded order.",
    mistake: "The shift was counted from 1, or bits are shifted; as a warning none.")

  /// Dq_flag is 1 for integers or together with a codebook.
  public static let n19 = Rule(
    "N19", .warning, "dq_flag is 1 for integers or together with a codebook",
    why: "The reference ignores it for integers; its meaning with a codebook is not known.",
    mistake: "The flag was set for the whole model.")

  /// The unary length is not given: 10 holds.
  public static let n20 = Rule(
    "N20", .info, "the unary length is not given: 10 holds",
    why: "The reference assumes 10.",
    mistake: "None.")

  /// A codebook is empty or its zero offset lies outside.
  public static let n21 = Rule(
    "N21", .error, "a codebook is empty or its zero offset lies outside",
    why: "Levels cannot be mapped to entries.",
    mistake: "The offset is relative to the middle of the codebook.")

  /// A codebook entry exceeds 32 bits.
  public static let n22 = Rule(
    "N22", .error, "a codebook entry exceeds 32 bits",
    why: "Entries are 32-bit integers.",
    mistake: "The deltas are shifted, or the order of their code is wrong.")

  /// A codebook with one entry: the tensor is constant.
  public static let n23 = Rule(
    "N23", .info, "a codebook with one entry: the tensor is constant",
    why: "Nothing is coded for it in profile 1.",
    mistake: "None.")

  /// Codebook entries that are never used.
  public static let n24 = Rule(
    "N24", .info, "codebook entries that are never used",
    why: "They cost bits and serve nothing.",
    mistake: "The codebook was not trimmed.", decoding: true)

  /// Nnr_decompressed_data_format is unknown or does not fit the payload type.
  public static let n25 = Rule(
    "N25", .warning, "nnr_decompressed_data_format is unknown or does not fit the payload type",
    why: "The number format is not certain.",
    mistake: "The field was not set.")

  /// A raw float payload is not 4 bytes for each weight.
  public static let n26 = Rule(
    "N26", .error, "a raw float payload is not 4 bytes for each weight",
    why: "The tensor is cut or has bytes too many.",
    mistake: "Dimensions and data do not agree.")

  /// A raw float tensor holds NaN or infinity.
  public static let n27 = Rule(
    "N27", .warning, "a raw float tensor holds NaN or infinity",
    why: "Such weights break a model.",
    mistake: "Training diverged, or the data is not float32.", decoding: true)

  // MARK: payloads

  /// The terminating bin is not 1 after the last tensor.
  public static let p01 = Rule(
    "P01", .error, "the terminating bin is not 1 after the last tensor",
    why: "The payload was decoded differently from how it was coded.",
    mistake: "Dialect, dq_flag, unary length, base or dimensions differ from the encoder's.",
    decoding: true)

  /// The stop bit and the padding behind the last tensor are wrong.
  public static let p02 = Rule(
    "P02", .error, "the stop bit and the padding behind the last tensor are wrong",
    why: "The codeword does not end where it should.",
    mistake: "The payload is damaged or was flushed wrongly.", decoding: true)

  /// The codeword is shorter or longer than the payload.
  public static let p03 = Rule(
    "P03", .error, "the codeword is shorter or longer than the payload",
    why: "Bytes are left over or missing.",
    mistake: "The payload is damaged, or the size is wrong.", decoding: true)

  /// Decoding reads beyond the end of the unit.
  public static let p04 = Rule(
    "P04", .error, "decoding reads beyond the end of the unit",
    why: "The payload is cut, or was decoded differently from how it was coded.",
    mistake: "The unit was cut, or its dimensions are too large.", decoding: true)

  /// A level exceeds 32 bits.
  public static let p05 = Rule(
    "P05", .error, "a level exceeds 32 bits",
    why: "Levels are 32-bit integers.",
    mistake: "The payload is damaged, or was decoded differently from how it was coded.",
    decoding: true)

  /// A level points outside the codebook.
  public static let p06 = Rule(
    "P06", .error, "a level points outside the codebook",
    why: "There is no entry for it.",
    mistake: "Profile 0 does not limit the levels: the encoder must.", decoding: true)

  /// A quantization parameter at the limit of its range.
  public static let p07 = Rule(
    "P07", .warning, "a quantization parameter at the limit of its range",
    why: "Parameters outside the range wrap without notice.",
    mistake:
      "The parameter exceeds what qp_density allows, and was wrapped (known NNCodec quirk).",
    decoding: true)

  /// All rows are skipped.
  public static let p08 = Rule(
    "P08", .info, "all rows are skipped",
    why: "The tensor is zero.",
    mistake: "None.", decoding: true)

  /// A weight is not finite as 32-bit float.
  public static let p09 = Rule(
    "P09", .warning, "a weight is not finite as 32-bit float",
    why: "Step size times level is too large.",
    mistake: "The quantization parameter is wrong.", decoding: true)

  /// Start states for contexts that are never used.
  public static let p10 = Rule(
    "P10", .info, "start states for contexts that are never used",
    why: "Each costs 3 bits or more and serves nothing.",
    mistake: "States were chosen without looking at what is coded.", decoding: true)

  // MARK: updates

  /// Parent_node_id_type is 3.
  public static let u01 = Rule(
    "U01", .error, "parent_node_id_type is 3",
    why: "It is reserved: how the parent is named is unknown.",
    mistake: "Bits are shifted.")

  /// Contexts need the parent's integers, which are not loaded.
  public static let u02 = Rule(
    "U02", .error, "contexts need the parent's integers, which are not loaded",
    why: "Without them the levels come out wrong.",
    mistake: "None: open the streams before this one first.")

  /// Device, parameter or depth do not follow the parent.
  public static let u03 = Rule(
    "U03", .error, "device, parameter or depth do not follow the parent",
    why: "The update belongs to another version.",
    mistake: "A round was left out or the order is wrong.")

  /// A parent is named at depth 0.
  public static let u04 = Rule(
    "U04", .warning, "a parent is named at depth 0",
    why: "The root of the update tree has no parent.",
    mistake: "put_node_depth was not counted up.")

  /// Some units name a parent and others do not.
  public static let u05 = Rule(
    "U05", .warning, "some units name a parent and others do not",
    why: "A stream is an update or it is not.",
    mistake: "Flags are set for each tensor.")

  /// The parent's hash matches no loaded payload.
  public static let u06 = Rule(
    "U06", .warning, "the parent's hash matches no loaded payload",
    why: "The parent is not loaded, or another part of it was hashed.",
    mistake: "None: open the parent's stream first.")

  /// Significance depends on a history that is not loaded.
  public static let u07 = Rule(
    "U07", .error, "significance depends on a history that is not loaded",
    why: "Without it the levels come out wrong.",
    mistake: "None: open the streams before this one first.", decoding: true)

  /// The parent has another shape.
  public static let u08 = Rule(
    "U08", .error, "the parent has another shape",
    why: "Contexts are taken position by position.",
    mistake: "A tensor was reshaped between rounds.")

  /// A parameter of the base model has no unit in this update.
  public static let u09 = Rule(
    "U09", .info, "a parameter of the base model has no unit in this update",
    why: "Its update is zero.",
    mistake: "None: all-zero updates are left out.")

  // MARK: what the reference knows

  /// A unit type that NNCodec 2.1.3 does not support.
  public static let a01 = Rule(
    "A01", .info, "a unit type that NNCodec 2.1.3 does not support",
    why: "The reference decoder stops at it.",
    mistake: "None.")

  // MARK: our own limits

  /// More units than the limit.
  public static let l01 = Rule(
    "L01", .error, "more units than the limit",
    why: "An index of all of them does not fit the memory budget.",
    mistake: "Sizes are wrong: a real stream has larger units. Raise --max-memory.")

  /// A tensor does not fit the memory budget.
  public static let l02 = Rule(
    "L02", .error, "a tensor does not fit the memory budget",
    why: "It is not decoded.",
    mistake: "Dimensions are wrong, or the model is really that large: raise --max-memory.")

  /// Units are nested too deeply.
  public static let l03 = Rule(
    "L03", .error, "units are nested too deeply",
    why: "An aggregate in an aggregate in an aggregate is not followed.",
    mistake: "The stream was built to exhaust a reader: no option raises this limit.")

  /// More elements in a unit than the limit.
  public static let l04 = Rule(
    "L04", .error, "more elements in a unit than the limit",
    why: "A tree of all of them does not fit the memory.",
    mistake: "A count is wrong: real codebooks and lists are shorter. Raise --max-memory.")
}

extension Rule {
  /// Every rule, in the order of their ids.
  public static let all: [Rule] =
    [
      .s01, .s02, .s03, .s04, .s05, .s06, .s07, .s08, .s09, .s10,
      .s11, .s12, .s13, .s14, .h01, .h02, .h03, .h04, .m01, .m02,
      .m03, .m04, .m05, .m06, .m07, .m08, .m09, .m10, .t01, .t02,
      .t03, .t04, .t05, .n01, .n02, .n03, .n04, .n05, .n06, .n07,
      .n08, .n09, .n10, .n11, .n12, .n13, .n14, .n15, .n16, .n17,
      .n18, .n19, .n20, .n21, .n22, .n23, .n24, .n25, .n26, .n27,
      .p01, .p02, .p03, .p04, .p05, .p06, .p07, .p08, .p09, .p10,
      .u01, .u02, .u03, .u04, .u05, .u06, .u07, .u08, .u09, .a01,
      .l01, .l02, .l03, .l04,
    ] + carriage

  private static let places = Dictionary(
    uniqueKeysWithValues: all.enumerated().map { ($1.id, $0) })

  /// The place in the catalogue.
  public var order: Int { Self.places[id] ?? Self.all.count }

  /// The rule with an id, whatever its case.
  public static func named(_ id: String) -> Rule? {
    all.first { $0.id == id.uppercased() }
  }
}
