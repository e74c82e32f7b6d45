// Rules about what carries a stream: SEI messages in video and items in ISOBMFF (format reference 13).

extension Rule {
  /// An SEI message whose type or size never ends.
  public static let c01 = Rule(
    "C01", .error, "the type or the size of an SEI message never ends",
    why: "The message cannot be found, nor those behind it in the same NAL unit.",
    mistake: "The NAL unit was cut, or its bytes are no SEI messages.")

  /// An SEI message that runs past its NAL unit.
  public static let c02 = Rule(
    "C02", .error, "the size of an SEI message runs past the end of its NAL unit",
    why: "What is missing is not here; messages behind it cannot be found.",
    mistake: "The size counts emulation prevention bytes, or the NAL unit was cut.")

  /// Emulation prevention that is none.
  public static let c03 = Rule(
    "C03", .warning, "bytes within a NAL unit that emulation prevention does not allow",
    why: "A decoder may take them for a start code, or drop a byte that is none.",
    mistake: "The message was inserted without emulation prevention.")

  /// Missing trailing bits.
  public static let c04 = Rule(
    "C04", .warning, "rbsp_trailing_bits are missing or wrong",
    why: "A NAL unit ends with a 1 bit and zeros; a decoder may miss the end of the last message.",
    mistake: "The message was appended without the byte 0x80.")

  /// A sample whose NAL units do not fit.
  public static let c05 = Rule(
    "C05", .error, "a NAL unit runs past the end of its sample, or has no byte",
    why: "The rest of the sample cannot be read.",
    mistake:
      "The length was not adapted when a message was inserted, or its size in bytes is wrong.")

  /// A box that does not fit.
  public static let c06 = Rule(
    "C06", .error, "a box has a size that cannot be",
    why: "The boxes behind it on the same level cannot be found.",
    mistake: "The file was cut, or a size was not adapted.")

  /// Fixed bits with another value.
  public static let c07 = Rule(
    "C07", .warning, "bits that are fixed have another value",
    why: "The reference decoders reject such a message.",
    mistake: "The writer did not align the bytes that follow.")

  /// A reserved purpose.
  public static let c08 = Rule(
    "C08", .warning, "nnpfc_purpose has reserved bits",
    why: "Decoders ignore the message.",
    mistake: "A draft of a later edition wrote it.")

  /// A reserved value, or one out of range.
  public static let c09 = Rule(
    "C09", .warning,
    "an element of a post-filter message has a value that is reserved or out of range",
    why: "Decoders ignore the message.",
    mistake: "A draft of a later edition wrote it, or the bits are misread from an element before.")

  /// A count beyond its limit.
  public static let c10 = Rule(
    "C10", .error, "a count of a post-filter message is beyond its limit",
    why: "What follows cannot be trusted and is not read.",
    mistake: "The message is damaged, or an element before it is misread.")

  /// Metadata bits that do not suffice.
  public static let c11 = Rule(
    "C11", .warning, "nnpfc_num_metadata_extension_bits is smaller than the metadata that is read",
    why: "Readers differ in where the network begins.",
    mistake: "VTM's and HM's writers leave the two bits of the scan type out.")

  /// A base that differs.
  public static let c12 = Rule(
    "C12", .warning, "a base of a filter is repeated with other content",
    why: "Each base with one id must be the same within a coded video sequence.",
    mistake: "Two filters share an id, or a base was changed instead of updated.")

  /// An update that nothing can be done with.
  public static let c13 = Rule(
    "C13", .warning,
    "an update or an activation of a filter that is not defined before, or with another purpose",
    why: "There is nothing to apply it to.",
    mistake: "The base was lost, or its id or purpose differs.")

  /// An update that needs another one.
  public static let c14 = Rule(
    "C14", .warning, "an update needs the one before it, but updates of a filter stand alone",
    why:
      "Each update applies to the base; contexts and parents of an earlier update are not defined.",
    mistake: "A chain of incremental updates was sent as post-filter updates.")

  /// Suffix SEI.
  public static let c15 = Rule(
    "C15", .warning, "a post-filter message in a suffix SEI NAL unit of HEVC",
    why: "HEVC lists these messages as prefix SEI only.",
    mistake: "The muxer put it behind the picture.")

  /// A payload that is no stream.
  public static let c16 = Rule(
    "C16", .error, "what is carried is no NNR bitstream",
    why: "It cannot be opened.",
    mistake: "A network of another format was put in without its tag, or nothing at all.")

  /// A network elsewhere.
  public static let c17 = Rule(
    "C17", .info, "the network is named by a URI and is not here",
    why: "Updates of it cannot be applied here; the URI is never followed.",
    mistake: "None.")

  /// An item that cannot be read.
  public static let c18 = Rule(
    "C18", .error, "an item or a sample lies outside of the file, or refers to itself",
    why: "Its bytes cannot be had.",
    mistake: "The file was cut, or offsets were not adapted.")

  /// More than is listed.
  public static let c19 = Rule(
    "C19", .warning, "more than a reader lists",
    why: "The rest was not looked at.",
    mistake: "The file was built to exhaust a reader.")

  /// An SEI NAL unit without messages.
  public static let c20 = Rule(
    "C20", .warning, "an SEI NAL unit without a message, or a header that cannot be",
    why: "There is nothing in it.",
    mistake: "The message was taken out and the NAL unit left.")

  /// The rules about carriers, in the order of their ids.
  static let carriage: [Rule] = [
    .c01, .c02, .c03, .c04, .c05, .c06, .c07, .c08, .c09, .c10,
    .c11, .c12, .c13, .c14, .c15, .c16, .c17, .c18, .c19, .c20,
  ]
}
