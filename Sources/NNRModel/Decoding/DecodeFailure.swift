import DeepCABAC
import NNRBits
import NNRSyntax

/// Why a tensor or a payload could not be decoded, or ended badly: a rule and a reason.
public struct DecodeFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rule that is broken.
  public let rule: Rule
  /// What happened, as a sentence.
  public let message: String
  /// The first weight in doubt, counted in the tensor's own order; nil where none is known.
  public let element: Int?

  /// The sink wanted no more: not a fault of the stream.
  public static let stopped = DecodeFailure(.p04, "decoding was stopped")

  /// A failure by `rule`.
  public init(_ rule: Rule, _ message: String, element: Int? = nil) {
    self.rule = rule
    self.message = message
    self.element = element
  }

  /// What the payload decoder says, as a rule.
  package init(_ error: DecodingError) {
    switch error {
    case .invalidParameters(let name):
      self.init(.n08, "\(name) is out of range for decoding")
    case .wrongElementCount(let what):
      self.init(.u08, "the parent's \(what) has another number of weights")
    case .temporalContextsNeedProfile1:
      self.init(.u02, "contexts of a parent exist in profile 1 only")
    case .historyRequired:
      self.init(.u07, "hist_dep_sig_prob_enabled_flag is 1 and no history is loaded")
    case .payloadExhausted(let element):
      self.init(
        .p04, "the payload ends too early, at weight \(element) or behind it", element: element)
    case .levelOverflow(let element):
      self.init(.p05, "the level of weight \(element) exceeds 32 bits", element: element)
    case .remainderPrefixTooLong(let element):
      self.init(.p05, "the remainder of weight \(element) has too long a prefix", element: element)
    case .corruptRegister(let element):
      self.init(
        .p01, "no encoder produces this codeword: it fails at weight \(element)",
        element: element)
    case .exceedsMemory(let what):
      self.init(.l02, "\(what) exceeds the memory budget; raise --max-memory")
    case .cancelled: self = .stopped
    case .misuse(let what): self.init(.p01, "decoding cannot go on: \(what)")
    }
  }

  /// What is wrong at the end of a payload, most telling first; nil if all is well.
  package init?(_ end: PayloadEnd) {
    if end.readBeyondEnd {
      self.init(
        .p04, "\(end.bytesConsumed) bytes were needed, the payload has \(end.payloadLength)")
    } else if !end.terminateBin {
      self.init(.p01, "the terminating bin is 0 after the last weight")
    } else if !end.stopPattern {
      self.init(.p02, "the last byte read does not end in a stop bit and zeros")
    } else if end.bytesConsumed != end.payloadLength {
      self.init(
        .p03, "the codeword takes \(end.bytesConsumed) of the payload's \(end.payloadLength) bytes")
    } else {
      return nil
    }
  }

  /// The rule's id and the reason.
  public var description: String { "\(rule.id): \(message)" }
}
