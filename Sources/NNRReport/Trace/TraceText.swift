import DeepCABAC
import NNRAnalysis
import NNRModel
import PlainText

/// `trace` as lines of text of fixed columns, so that it can be written while it is worked out.
public enum TraceText {
  private struct Field: Sendable {
    let title: String
    let width: Int
    let isRight: Bool
    let text: @Sendable (TracedBin) -> String?

    init(
      _ title: String, _ width: Int, right: Bool = true,
      _ text: @escaping @Sendable (TracedBin) -> String?
    ) {
      self.title = title
      self.width = width
      isRight = right
      self.text = text
    }

    init(_ title: String, _ width: Int, number: @escaping @Sendable (TracedBin) -> Int?) {
      self.init(title, width) { number($0).map { "\($0)" } }
    }
  }

  private static let fields = [
    Field("#", 7, number: { $0.index }),
    Field("element", 24, right: false) { $0.elementName },
    Field("ctx", 5) { context($0.event) },
    Field("S0,sum", 10) { state($0.event.before) },
    Field("P(MPS)", 6) { $0.mpsProbability.map { NumberFormat.fixed($0, decimals: 4) } },
    Field("after", 10) { state($0.event.after) },
    Field("R", 4, number: { $0.event.range }),
    Field("V", 6, number: { $0.event.offset }),
    Field("L", 4, number: { $0.event.lps }),
    Field("MPS", 3, number: { $0.event.mps }),
    Field("bin", 3, number: { $0.event.kind == .rangeReset ? nil : $0.event.bin }),
    Field("bits", 7) { NumberFormat.fixed($0.event.cost, decimals: 4) },
    Field("place", 10) { bin in bin.event.row.map { "\($0),\(bin.event.column ?? 0)" } },
    Field("scan", 7, number: { $0.walked.scanIndex }),
    Field("level", 6, number: { $0.walked.level }),
    Field("st", 2, number: { $0.walked.state }),
    Field("bit", 7, number: { $0.event.position }),
  ]

  /// The line over the bins.
  public static let heading = line { $0.title }

  /// The line of a bin.
  public static func line(_ bin: TracedBin) -> String {
    line { $0.text(bin) ?? ValueText.missing }
  }

  private static func line(_ text: (Field) -> String) -> String {
    fields.map { CellText.pad(text($0), to: $0.width, right: $0.isRight) }
      .joined(separator: " ") + "\n"
  }

  private static func state(_ state: EstimatorState?) -> String? {
    state.map { "\($0.fast),\($0.sum)" }
  }

  private static func context(_ event: BinEvent) -> String? {
    switch event.kind {
    case .context: event.context.map { "\($0)" }
    case .bypass: "ep"
    case .terminate: "trm"
    case .rangeReset: "set"
    }
  }

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
