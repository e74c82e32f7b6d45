import NNRModel
import NNRSyntax

/// Two streams or chains of updates side by side.
public struct SessionDiff: Sendable {
  /// The streams in the order of the chains.
  public let streams: [StreamDiff]
  /// Bits by class and tensor; empty if nothing differs or payloads were not decoded.
  public private(set) var costs: [CostDiff] = []
  /// Bits by class over all files; nil unless a side has several, or if there are no costs.
  public var chainCosts: CostSum? { costs.count > 1 ? CostSum(costs) : nil }
  /// The weights of the last stream, or of the whole chain added up, that differ; empty if payloads were not decoded.
  public var weights: [WeightDiff.Row] { model?.rows ?? [] }
  /// The number of parameters whose weights are the same.
  public var sameWeights: Int { model?.same ?? 0 }
  /// Why weights were not compared; nil if they were, or need not be.
  public var weightsSkipped: String? { model?.skipped }
  private var model: WeightDiff?
  /// The bytes of all files on each side.
  public let sizes: (a: Int, b: Int)

  /// Whether all units are the same.
  public var isEmpty: Bool { streams.allSatisfy(\.isSame) }

  /// Compares `a` with `b`: streams in order, costs over `threads` threads, weights after accumulation.
  public init(_ a: Session, _ b: Session, options: DiffOptions = DiffOptions(), threads: Int = 1) {
    streams = (0..<max(a.streams.count, b.streams.count)).map { stream in
      StreamDiff(
        stream < a.streams.count ? (a, stream) : nil,
        stream < b.streams.count ? (b, stream) : nil, options)
    }
    func size(_ session: Session) -> Int {
      session.shown.reduce(0) { $0.saturatingAdd(session.streams[$1].size) }
    }
    sizes = (size(a), size(b))
    guard options.decodes, !isEmpty else { return }
    for stream in 0..<max(a.streams.count, b.streams.count) {
      func ledger(_ session: Session) -> BitLedger? {
        stream < session.streams.count
          ? BitLedger.decoded(session, stream: stream, threads: threads) : nil
      }
      costs.append(CostDiff(ledger(a), ledger(b)))
    }
    model = WeightDiff(
      .init(a, stream: a.streams.count > 1 ? nil : 0),
      .init(b, stream: b.streams.count > 1 ? nil : 0))
  }
}
