import DeepCABAC
import NNRAnalysis
import NNRModel
import PlainText

/// What `trace` says beside its bins.
public enum TraceText {
  /// What stopped the decoder, or what is wrong at the end of the payload; nil if nothing.
  public static func ending(_ trace: BinTrace) -> String? {
    if let failure = trace.failure {
      return "the decoder stops: \(DecodeFailure(failure))"
    }
    guard let end = trace.end, !end.isSound else { return nil }
    var wrong: [String] = []
    if !end.terminateBin { wrong.append("the terminate bin is 0, not 1") }
    if !end.stopPattern { wrong.append("the last byte read does not end in a stop bit and zeros") }
    if end.bytesConsumed != end.payloadLength {
      wrong.append("\(end.bytesConsumed) bytes were taken of \(end.payloadLength)")
    }
    return "the payload does not end well: " + wrong.joined(separator: "; ")
  }

  /// The bins that a payload has, for someone who asked for others; `count` is how many there are.
  public static func bins(_ count: Int, of trace: BinTrace) -> String {
    let has = trace.failure == nil ? "the payload has" : "the decoder stops behind"
    return "\(has) \(amount(count, "bin"))"
  }

  /// The bits that a payload has, for someone who asked for others.
  public static func bits(of trace: BinTrace) -> String {
    "the payload has \(amount(trace.payloadCount * 8, "bit"))"
  }

  private static func amount(_ count: Int, _ noun: String) -> String {
    guard count > 1 else { return count == 1 ? "1 \(noun), 0" : "no \(noun)s" }
    return "\(NumberFormat.count(count, noun)), 0 to \(count - 1)"
  }
}
