import Locking
import NNRAnalysis
import NNRModel

/// Decodes with the sessions that the streams belong to.
public final class SessionDecoder: PayloadDecoding {
  private let current: Locked<[Session]>

  /// A decoder for the streams of a session.
  public init(_ session: Session) { current = Locked([session]) }

  /// The sessions in use.
  public var sessions: [Session] { current.withLock { $0 } }

  /// Takes other sessions, after files were opened again.
  public func replace(by sessions: [Session]) { current.withLock { $0 = sessions } }

  /// Takes one more session.
  public func add(_ session: Session) { current.withLock { $0.append(session) } }

  /// Decodes a unit and posts what is known of it, some times a second.
  public func decode(
    _ key: TensorView.Key, of stream: NNRStream, isCancelled: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (TensorView) -> Void
  ) {
    guard let place = place(of: stream) else { return }
    let session = place.session
    var options = FiguresOptions()
    options.keptBytes = min(session.options.maxMemory / 4, 256 << 20)
    options.accounting = true
    options.rowBits = true
    let total =
      stream.compressedDataUnit(key.unit)?.codedTensors
      .reduce(0) { $0.saturatingAdd($1.count ?? 0) } ?? 0
    let clock = ContinuousClock()
    let begin = clock.now
    var told = begin
    let figures = UnitFigures(
      session, stream: place.number, unit: key.unit, options: options, shouldStop: isCancelled
    ) { tensors in
      let now = clock.now
      guard now - told >= .milliseconds(60) else { return }
      told = now
      post(TensorView(key, tensors, of: total, seconds: (now - begin) / .seconds(1)))
    }
    guard !isCancelled() else { return }
    var view = TensorView(
      key, figures.tensors, of: total, seconds: (clock.now - begin) / .seconds(1))
    view.fraction = 1
    view.problem = figures.failure.map { "\($0)" }
    post(view)
  }
}
