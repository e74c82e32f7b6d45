import DeepCABAC
import NNRAnalysis
import NNRModel
import PlainText

/// Why the bins of a payload end badly: what is wrong, how far the decoder got, and what it would have needed.
///
/// The bin stepper and `trace` say the same, in text and as JSON.
public struct TraceEnding: Sendable, Hashable {
  /// What is wrong, by its rule.
  public let failure: DecodeFailure
  /// Whether the decoder stopped within the weights; otherwise it read them all and the end is wrong.
  public let stops: Bool
  /// The name of the tensor that the decoder got to; not safe to print.
  public let tensor: String?
  /// The number of the last bin; nil if there is none.
  public let lastBin: Int?
  /// The payload bit behind the last bin.
  public let bit: Int
  /// The bytes that the decoder has taken up behind the last bin, also those that are not there.
  public let bytesNeeded: Int
  /// The bytes of the payload.
  public let bytesAvailable: Int
  /// What would have let the decoder go on, in words; nil if the failure says it all.
  public let needed: String?

  /// The bytes that were there and were read.
  public var bytesRead: Int { min(bytesNeeded, bytesAvailable) }

  /// The ending of a trace; nil where it was not reached yet, or is sound.
  public init?(_ trace: BinTrace) {
    let position = trace.position
    // The register runs two bytes ahead of the position (format reference 4.2).
    let taken = position / 8 + 2
    let missing = taken - trace.payloadCount
    if let error = trace.failure {
      failure = DecodeFailure(error)
      stops = true
      needed = Self.needed(error, missing: missing)
    } else if let end = trace.end, let found = DecodeFailure(end) {
      failure = found
      stops = false
      let ending = "a terminating 1, then a stop bit and zeros in byte \(end.payloadLength)"
      needed = missing > 0 ? "\(NumberFormat.count(missing, "byte")) more, or \(ending)" : ending
    } else {
      return nil
    }
    tensor =
      trace.tensors.indices.contains(trace.tensor) ? trace.tensors[trace.tensor].name : nil
    lastBin = trace.count.flatMap { $0 > 0 ? $0 - 1 : nil }
    bit = position
    bytesNeeded = taken
    bytesAvailable = trace.payloadCount
  }

  private static func needed(_ error: DecodingError, missing: Int) -> String? {
    switch error {
    case .payloadExhausted:
      "\(NumberFormat.count(max(1, missing), "byte")) more for what was begun; zeros stand for \(missing > 1 ? "them" : "it")"
    case .levelOverflow: "a level of at most 32 bits"
    case .remainderPrefixTooLong: "a 0 that ends the prefix of the remainder"
    case .corruptRegister: "a codeword that leaves the offset V below R << 7"
    case .historyRequired: "the updates before this one, for their history"
    case .wrongElementCount: "a parent with as many weights"
    case .invalidParameters, .temporalContextsNeedProfile1, .exceedsMemory, .cancelled, .misuse:
      nil
    }
  }

  /// How far the decoder got, and what it needed there; a sentence a line, safe to print.
  public var explanation: [String] {
    let place = lastBin.map { "up to bin \(NumberFormat.grouped($0)), " } ?? ""
    let read =
      "\(place)payload bit \(NumberFormat.grouped(bit)): "
      + "\(NumberFormat.grouped(bytesRead)) of \(NumberFormat.grouped(bytesAvailable)) "
      + "payload bytes were read"
    return [read] + (needed.map { ["needed: " + $0] } ?? [])
  }

  /// Writes the member `failure` into the object that is open; `null` for a sound ending.
  public static func write(_ ending: TraceEnding?, to json: inout JSONWriter) {
    json.key("failure")
    guard let ending else { return json.null() }
    json.object { json in
      json.member("kind", ending.stops ? "stop" : "end")
      json.member("rule", ending.failure.rule.id)
      json.member("reason", ending.failure.message)
      json.member("tensor", ending.tensor)
      json.member("weight", ending.failure.element)
      json.member("last_bin", ending.lastBin)
      json.member("bit", ending.bit)
      json.member("bytes_read", ending.bytesRead)
      json.member("bytes_needed", ending.bytesNeeded)
      json.member("bytes_available", ending.bytesAvailable)
      json.member("needed", ending.needed)
    }
  }
}
