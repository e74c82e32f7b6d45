import Dispatch
import Foundation
import NNRModel
import Synchronization

/// Decodes one unit in the background and tells how far it is.
public final class DecodeJob: Sendable {
  /// How far a job is.
  public struct Snapshot: Sendable {
    /// The number of the stream in its session.
    public let stream: Int
    /// The number of the unit.
    public let unit: Int
    /// The tensors as far as they were reached.
    public let tensors: [TensorFigures]
    /// What went wrong; nil if nothing did, or not yet.
    public let failure: DecodeFailure?
    /// Whether the job is over.
    public let isFinished: Bool
    /// How long the job has run, in seconds.
    public let seconds: Double

    /// The number of weights decoded so far.
    public var decoded: Int { tensors.reduce(0) { $0 + $1.decoded } }
  }

  private let cancelled = Flag()

  /// Starts to decode a unit.
  ///
  /// `post` is told about every `interval` seconds and at the end, from another thread; it is not
  /// told any more once the job is cancelled.
  public init(
    _ session: Session, stream: Int, unit: Int, options: FiguresOptions, interval: Double = 0.03,
    post: @escaping @Sendable (Snapshot) -> Void
  ) {
    // The closure holds the job until it ends; `cancel` ends it within a run of some thousand weights.
    Thread.start { [self] in
      let clock = ContinuousClock()
      let begin = clock.now
      var told = begin
      func seconds() -> Double { (clock.now - begin) / .seconds(1) }
      let figures = UnitFigures(
        session, stream: stream, unit: unit, options: options, threads: Self.threads,
        shouldStop: { self.isCancelled },
        progress: { tensors in
          guard clock.now - told >= .seconds(interval), !self.isCancelled else { return }
          told = clock.now
          post(
            Snapshot(
              stream: stream, unit: unit, tensors: tensors, failure: nil, isFinished: false,
              seconds: seconds()))
        })
      guard !self.isCancelled else { return }
      post(
        Snapshot(
          stream: stream, unit: unit, tensors: figures.tensors, failure: figures.failure,
          isFinished: true, seconds: seconds()))
    }
  }

  /// Ends the job soon; nothing more is told.
  public func cancel() { cancelled.set() }

  /// Whether the job was cancelled.
  public var isCancelled: Bool { cancelled.isSet }

  private static let threads = ProcessInfo.processInfo.activeProcessorCount

  private enum Thread {
    static func start(_ body: @escaping @Sendable () -> Void) {
      DispatchQueue.global(qos: .userInitiated).async(execute: body)
    }
  }
}
