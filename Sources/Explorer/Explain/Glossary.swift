import NNRSyntax

/// Words of the format that are no elements, in our own words: data only.
enum Glossary {
  /// A word.
  struct Entry: Sendable {
    /// The word as it is typed.
    let name: String
    /// What it is.
    let text: String
    /// Where it shows in a stream.
    let shown: Shown
    /// Words that belong to it.
    let also: [String]

    init(_ name: String, _ text: String, _ shown: Shown, also: [String] = []) {
      self.name = name
      self.text = text
      self.shown = shown
      self.also = also
    }
  }

  /// Where a word shows.
  enum Shown: Sendable {
    /// At an element.
    case element(String)
    /// In what a command shows.
    case command(String)
    /// At elements whose layout is a guess.
    case tentative
  }

  /// All words, in alphabetical order.
  static let entries: [Entry] = [
    Entry(
      "aggregate",
      "A unit that holds other units. Its header is known by hearsay only, so what is read of it is marked tentative.",
      .element("nnr_aggregate_unit_type"), also: ["unit", "tentative"]),
    Entry(
      "alignment",
      "A bit 1 and zeros up to the next byte. It is never empty: where the position is at a byte already it takes a whole byte 0x80.",
      .element("byte_alignment"), also: ["descriptor"]),
    Entry(
      "arithmetic-decoder",
      "Reads bins from a range R and an offset V. R is split in two parts by the probability of the next bin; the part in which V lies tells the bin. Improbable bins make R small, and doubling it back takes up bits.",
      .command("bins"), also: ["bin", "context", "range"]),
    Entry(
      "base",
      "The stream that an update starts from: depth 0 of the update tree. Without it, contexts that look at a parent cannot be decoded.",
      .command("updates"), also: ["update", "parent"]),
    Entry(
      "bin",
      "One binary decision of the arithmetic decoder: coded with a context, by-passed at one bit each, or the terminating one at the end.",
      .command("bins"), also: ["context", "bypass", "lps"]),
    Entry(
      "binarization",
      "How a level becomes bins: sig_flag (is it 0), sign_flag, abs_level_greater flags up to the unary length, then an exp-Golomb remainder.",
      .command("bins"), also: ["unary-length", "remainder"]),
    Entry(
      "block",
      "A payload with several tensors of one layer: weight or its two factors, local scaling, bias, batch norm. All share one arithmetic codeword.",
      .element("compressed_parameter_types"), also: ["decomposition", "local-scaling"]),
    Entry(
      "block-row",
      "The blocks of a scan that begin in the same row. At each one contexts go back to their start states and R is set to 256, so that decoding can begin there.",
      .element("scan_order"), also: ["entry-point", "scan"]),
    Entry(
      "bypass",
      "A bin without a context: both values are taken to be equally likely, and it costs exactly one bit.",
      .command("bins"), also: ["bin"]),
    Entry(
      "codebook",
      "A list of strictly increasing integers. The coded integer is an index into it, counted from the zero entry; the entry times the step size is the weight.",
      .element("codebook_present_flag"), also: ["step-size", "dequantization"]),
    Entry(
      "context",
      "A place where the decoder remembers how likely a 1 is. Each has two estimators, a fast and a slow one, that move after every bin.",
      .command("bins"), also: ["estimator", "shift-parameter"]),
    Entry(
      "dc", "Short for decomposition: NNR_CPT_DC.", .element("decomposition_rank"),
      also: ["decomposition"]),
    Entry(
      "decomposition", "A weight stored as the product of two smaller matrices G and H.",
      .element("decomposition_rank"), also: ["block"]),
    Entry(
      "dependent-quantization",
      "Two interleaved quantizers, even and odd multiples of the step. A trellis of eight states, driven by the parity of the levels, says which is in use.",
      .element("dq_flag"), also: ["trellis", "step-size"]),
    Entry(
      "dequantization",
      "From integer to weight: integer times step size, or codebook entry times step size. step = (2^d + (QP mod 2^d)) · 2^((QP >> d) − d), d being the density.",
      .element("dq_flag"), also: ["step-size", "qp", "codebook"]),
    Entry(
      "descriptor",
      "How an element is written: u(n) unsigned, i(n) two's complement, ue(k) and ie(k) exp-Golomb, flt(32) a float with its least significant byte first, st(v) text, ae(v) an arithmetic codeword.",
      .command("syntax"), also: ["exp-golomb"]),
    Entry(
      "dialect",
      "Software before and after NNCodec 2.0 writes payloads of profile 0 that neither reads of the other. Which one a file is in is found by decoding.",
      .element("general_profile_idc"), also: ["profile"]),
    Entry(
      "entry-point",
      "Where a block row starts in the arithmetic codeword: register value, trellis state and distance in bits. All of it can be worked out by decoding in order.",
      .element("cabac_entry_point_value"), also: ["block-row"]),
    Entry(
      "estimator",
      "A state of a context that stands for a probability on a logarithmic scale. S0 moves fast, S1 slowly; 16·S0 + S1 chooses the range of the improbable symbol.",
      .command("bins"), also: ["context", "range"]),
    Entry(
      "exp-golomb",
      "A code of zeros, a 1 and a suffix. In ue(k) each zero adds 2^k and makes k one larger; the suffix has k bits. ie(k) folds it: 0, 1, −1, 2, −2.",
      .element("count_tensor_dimensions"), also: ["descriptor"]),
    Entry(
      "history",
      "Which integers of a tensor were ever other than 0 in earlier updates. sig_flag may have contexts of its own where they were.",
      .command("updates"), also: ["update", "temporal-contexts"]),
    Entry(
      "inferred",
      "The value in force for an element that is absent. The standard view marks it with a ring.",
      .command("explorer"), also: ["standard-view"]),
    Entry(
      "level", "The integer that the bins give, before dependent quantization doubles it.",
      .command("bins"), also: ["binarization", "trellis"]),
    Entry(
      "local-scaling", "A vector with one factor for each row of a weight.",
      .element("compressed_parameter_types"), also: ["block"]),
    Entry(
      "lps",
      "The less probable symbol of a context. The smaller its share of the range, the more bits it costs.",
      .command("bins"), also: ["mps-symbol", "range"]),
    Entry(
      "mps-symbol",
      "The more probable symbol of a context; not to be taken for NNR_MPS, the model parameter set.",
      .command("bins"), also: ["lps", "parameter-set"]),
    Entry(
      "parameter-set",
      "NNR_MPS for the model, NNR_LPS for the layers that follow: quantization method, base QP and density, performance maps.",
      .element("mps_qp_density"), also: ["qp"]),
    Entry(
      "parent",
      "The version of a parameter on which an update builds: named by device with a depth one less, or by a hash.",
      .element("parent_node_id_present_flag"), also: ["update", "base"]),
    Entry(
      "payload",
      "What stands behind the header of a unit; of a data unit mostly one arithmetic codeword up to its end.",
      .element("nnr_compressed_data_unit_payload_type"), also: ["unit", "arithmetic-decoder"]),
    Entry(
      "profile",
      "0: syntax of edition 1. 1: edition 2, with updates, node ids and formats of the decompressed data.",
      .element("general_profile_idc"), also: ["dialect"]),
    Entry(
      "put", "Short for parameter update tree.", .command("updates"), also: ["update"]),
    Entry(
      "qp",
      "Quantization parameter: base from a parameter set plus qp_delta, the first bins of a tensor. Every 2^density steps of it double the step size.",
      .element("mps_quantization_parameter"), also: ["step-size", "dequantization"]),
    Entry(
      "range",
      "R, from 256 to 510: what is left to be split between the two values of the next bin. L of it belongs to the less probable one.",
      .command("bins"), also: ["lps", "arithmetic-decoder"]),
    Entry(
      "remainder",
      "What of a large level is left behind the abs_level_greater flags: an exp-Golomb code whose prefix has contexts.",
      .command("bins"), also: ["binarization"]),
    Entry(
      "row-skip",
      "A flag for each row (index of the first dimension): a skipped row is 0 and takes no further bins.",
      .command("bins"), also: ["update"]),
    Entry(
      "scan", "The order of the weights: row by row, or in square blocks of 8, 16, 32 or 64.",
      .element("scan_order"), also: ["block-row"]),
    Entry(
      "shift-parameter",
      "For each context one of nine sets: how fast its estimators move and where they start.",
      .command("bins"), also: ["context", "estimator"]),
    Entry(
      "standard-view",
      "v in the syntax pane: the tables of the syntax with the branches not taken dimmed and every operand's value in braces behind its name.",
      .command("syntax"), also: ["inferred", "tentative"]),
    Entry(
      "step-size",
      "What an integer is multiplied with. An octave of step sizes is divided into 2^density parts.",
      .element("mps_qp_density"), also: ["qp", "dequantization"]),
    Entry(
      "temporal-contexts",
      "Contexts that look at the integer of the parent at the same place. The value itself is not predicted from it.",
      .element("temporal_context_modeling_flag"), also: ["update", "parent"]),
    Entry(
      "tentative",
      "A layout known by hearsay only, or chosen among several that fit. Marked with a question mark wherever it shows.",
      .tentative, also: ["aggregate"]),
    Entry(
      "topology",
      "What the tensors belong to: a network in some exchange format, a list of names, or information on pruning.",
      .element("topology_storage_format"), also: ["unit"]),
    Entry(
      "trellis",
      "Eight states of dependent quantization. The parity of a level chooses the next state: in even states levels mean even multiples of the step, in odd ones odd multiples and 0.",
      .command("bins"), also: ["dependent-quantization"]),
    Entry(
      "unary-length", "How many abs_level_greater flags a level may take before its remainder.",
      .element("cabac_unary_length_minus1"), also: ["binarization"]),
    Entry(
      "unit",
      "What a stream is made of: a size, a header with a type, a payload. Units follow each other without gaps.",
      .element("nnr_unit_type"), also: ["payload", "aggregate"]),
    Entry(
      "update",
      "A stream that holds differences to an earlier version of the model. Its units are nodes of a tree: device, parameter, depth.",
      .command("updates"), also: ["parent", "base", "temporal-contexts"]),
  ]

  /// The entry of a word, however it is spelled: `entry point`, `Entry-Point`.
  static func entry(_ name: String) -> Entry? {
    let wanted = String(name.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
    // The parentheses of a descriptor do not matter: ue(1).
    let descriptor = descriptors[String(wanted.prefix { $0 != "(" })]
    return entries.first { $0.name == descriptor ?? wanted }
  }

  /// Where descriptors are explained.
  private static let descriptors = [
    "ue": "exp-golomb", "ie": "exp-golomb", "u": "descriptor", "i": "descriptor",
    "flt": "descriptor", "st": "descriptor", "bs": "descriptor", "ae": "arithmetic-decoder",
  ]

  /// The element of a name; an index behind it does not matter.
  static func element(_ name: String) -> Element? {
    let bare = name.prefix { $0 != "[" }
    let all = SyntaxCatalog.standard.elements
    if let found = all.first(where: { $0.name == bare }) { return found }
    // The common part of names that exist for the model and for layers.
    return all.first {
      $0.name.hasSuffix("_" + bare) && ["mps", "lps"].contains($0.name.prefix(3))
    }
  }

  /// What conditions use beside elements, loop counters aside; each name once, in the order of the syntax.
  static let variables: [Variable] = {
    var seen: Set<String> = []
    return SyntaxCatalog.standard.entries.flatMap { entry in
      entry.conditions.flatMap(variables(in:)).filter {
        $0.meaning != "loop counter" && seen.insert($0.name).inserted
      }
    }
  }()

  /// The variables of an expression, in the order of its text.
  static func variables(in expression: Expression) -> [Variable] {
    switch expression {
    case .constant, .element: []
    case .variable(let variable): [variable]
    case .binary(_, let left, let right): variables(in: left) + variables(in: right)
    }
  }

  /// Everything that can be explained and begins with a text.
  static func names(beginning text: String) -> [String] {
    let concepts = entries.map(\.name)
    let elements = SyntaxCatalog.standard.elements.map(\.name)
    let structures = SyntaxCatalog.standard.structures.map(\.name)
    let rules = Rule.allCases.map(\.id)
    let commands = CommandRegistry.standard.names
    var seen: Set<String> = []
    return (concepts + elements + structures + rules + commands + variables.map(\.name))
      .filter { $0.hasPrefix(text) && seen.insert($0).inserted }.sorted()
  }
}
