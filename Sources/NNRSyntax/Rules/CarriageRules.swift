// Rules about what carries a stream: SEI messages in video and items in ISOBMFF (format reference 13).

extension Rule {
  /// What the catalogue says of a rule about carriers.
  var carrierText: RuleText {
    switch self {
    case .c01:
      RuleText(
        .error, "the type or the size of an SEI message never ends",
        why: "The message cannot be found, nor those behind it in the same NAL unit.",
        mistake: "The NAL unit was cut, or its bytes are no SEI messages.")
    case .c02:
      RuleText(
        .error, "the size of an SEI message runs past the end of its NAL unit",
        why: "What is missing is not here; messages behind it cannot be found.",
        mistake: "The size counts emulation prevention bytes, or the NAL unit was cut.")
    case .c03:
      RuleText(
        .warning, "bytes within a NAL unit that emulation prevention does not allow",
        why: "A decoder may take them for a start code, or drop a byte that is none.",
        mistake: "The message was inserted without emulation prevention.")
    case .c04:
      RuleText(
        .warning, "rbsp_trailing_bits are missing or wrong",
        why:
          "A NAL unit ends with a 1 bit and zeros; a decoder may miss the end of the last message.",
        mistake: "The message was appended without the byte 0x80.")
    case .c05:
      RuleText(
        .error, "a NAL unit runs past the end of its sample, or has no byte",
        why: "The rest of the sample cannot be read.",
        mistake:
          "The length was not adapted when a message was inserted, or its size in bytes is wrong.")
    case .c06:
      RuleText(
        .error, "a box has a size that cannot be",
        why: "The boxes behind it on the same level cannot be found.",
        mistake: "The file was cut, or a size was not adapted.")
    case .c07:
      RuleText(
        .warning, "bits that are fixed have another value",
        why: "The reference decoders reject such a message.",
        mistake: "The writer did not align the bytes that follow.")
    case .c08:
      RuleText(
        .warning, "nnpfc_purpose has reserved bits", why: "Decoders ignore the message.",
        mistake: "A draft of a later edition wrote it.")
    case .c09:
      RuleText(
        .warning,
        "an element of a post-filter message has a value that is reserved or out of range",
        why: "Decoders ignore the message.",
        mistake:
          "A draft of a later edition wrote it, or the bits are misread from an element before.")
    case .c10:
      RuleText(
        .error, "a count of a post-filter message is beyond its limit",
        why: "What follows cannot be trusted and is not read.",
        mistake: "The message is damaged, or an element before it is misread.")
    case .c11:
      RuleText(
        .warning, "nnpfc_num_metadata_extension_bits is smaller than the metadata that is read",
        why: "Readers differ in where the network begins.",
        mistake: "VTM's and HM's writers leave the two bits of the scan type out.")
    case .c12:
      RuleText(
        .warning, "a base of a filter is repeated with other content",
        why: "Each base with one id must be the same within a coded video sequence.",
        mistake: "Two filters share an id, or a base was changed instead of updated.")
    case .c13:
      RuleText(
        .warning,
        "an update or an activation of a filter that is not defined before, or with another purpose",
        why: "There is nothing to apply it to.",
        mistake: "The base was lost, or its id or purpose differs.")
    case .c14:
      RuleText(
        .warning, "an update needs the one before it, but updates of a filter stand alone",
        why:
          "Each update applies to the base; contexts and parents of an earlier update are not defined.",
        mistake: "A chain of incremental updates was sent as post-filter updates.")
    case .c15:
      RuleText(
        .warning, "a post-filter message in a suffix SEI NAL unit of HEVC",
        why: "HEVC lists these messages as prefix SEI only.",
        mistake: "The muxer put it behind the picture.")
    case .c16:
      RuleText(
        .error, "what is carried is no NNR bitstream", why: "It cannot be opened.",
        mistake: "A network of another format was put in without its tag, or nothing at all.")
    case .c17:
      RuleText(
        .info, "the network is named by a URI and is not here",
        why: "Updates of it cannot be applied here; the URI is never followed.", mistake: "None.")
    case .c18:
      RuleText(
        .error, "an item or a sample lies outside of the file, or refers to itself",
        why: "Its bytes cannot be had.", mistake: "The file was cut, or offsets were not adapted.")
    case .c19:
      RuleText(
        .warning, "more than a reader lists", why: "The rest was not looked at.",
        mistake: "The file was built to exhaust a reader.")
    default:
      RuleText(
        .warning, "an SEI NAL unit without a message, or a header that cannot be",
        why: "There is nothing in it.", mistake: "The message was taken out and the NAL unit left.")
    }
  }
}
