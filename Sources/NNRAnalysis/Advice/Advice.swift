import NNRModel

/// Something that an encoder could do otherwise to spend fewer bits, as far as the stream itself tells.
public struct Advice: Sendable, Hashable {
  /// What kind of thing it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// A tensor that takes more bits than its weights as 32-bit floats.
    case dearerThanFloats = "dearer_than_floats"
    /// A tensor whose weights are all 0.
    case allZero = "all_zero"
    /// A tensor whose weights are all the same.
    case constant
    /// A unit of which much is header and name.
    case header
    /// Entries of a codebook that no weight uses.
    case unusedEntries = "unused_entries"
    /// A codebook whose distances are written by codes of the wrong order.
    case codebookOrder = "codebook_order"
    /// Places to begin decoding at, which only decoders with several threads need.
    case entryPoints = "entry_points"
    /// Flags for rows that could be skipped, of which none is.
    case rowSkip = "row_skip"
    /// Choices of the encoder that hold the same integers in more bytes than others would.
    case recode
  }

  /// How sure the number of bits is.
  public enum Certainty: String, Sendable, CaseIterable {
    /// The file gets smaller by just so many bits, to the next byte of each unit.
    case exact
    /// It gets smaller by that or more.
    case atLeast = "at_least"
    /// It is about that: what comes after is coded otherwise.
    case about
  }

  /// What kind of thing it is.
  public let kind: Kind
  /// The bits that it would save.
  public let bits: Double
  /// How sure that is.
  public let certainty: Certainty
  /// The unit.
  public let unit: Int
  /// The tensor; nil where it is about the whole unit.
  ///
  /// Not safe to print.
  public let tensor: String?
  /// What is the case, as a sentence; not safe to print.
  public let what: String
  /// What to change in the encoder, as a sentence.
  public let change: String

  /// An advice; `what` and `change` are sentences without an end.
  package init(
    kind: Kind, bits: Double, certainty: Certainty, unit: Int, tensor: String?, what: String,
    change: String
  ) {
    self.kind = kind
    self.bits = bits
    self.certainty = certainty
    self.unit = unit
    self.tensor = tensor
    self.what = what
    self.change = change
  }
}

/// All that is advised for a stream.
public struct StreamAdvice: Sendable {
  /// What the stream is called; not safe to print.
  public let file: String
  /// The bytes of the stream.
  public let size: Int
  /// What would save most comes first.
  public let advice: [Advice]
  /// The units that could not be decoded to their end: nothing is advised for them.
  public let failures: [(unit: Int, failure: DecodeFailure)]

  /// What was found of a stream, in any order.
  init(
    file: String, size: Int, _ advice: [Advice], failures: [(unit: Int, failure: DecodeFailure)]
  ) {
    self.file = file
    self.size = size
    self.advice = advice.sorted {
      ($1.bits, $0.unit, $0.kind.rawValue, $0.tensor ?? "")
        < ($0.bits, $1.unit, $1.kind.rawValue, $1.tensor ?? "")
    }
    self.failures = failures
  }

  /// This and more.
  package func with(_ more: [Advice]) -> StreamAdvice {
    StreamAdvice(file: file, size: size, advice + more, failures: failures)
  }

  /// The bits that all of it would save together, each bit once: of several that are about one unit the best one counts.
  public var bits: Double {
    var best: [Int: Double] = [:]
    for advice in advice { best[advice.unit] = max(best[advice.unit] ?? 0, advice.bits) }
    return best.values.reduce(0, +)
  }
}
