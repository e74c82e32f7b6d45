import Dispatch
import Locking
import NNRModel
import WeightFiles

/// A run to open when its turn comes.
public struct RunSource: Sendable {
  /// What the stream is called; not safe to print.
  public let file: String
  /// Opens the stream.
  private let open: @Sendable () throws -> (Session, stream: Int)

  /// A run that `open` opens.
  public init(_ file: String, open: @escaping @Sendable () throws -> (Session, stream: Int)) {
    self.file = file
    self.open = open
  }

  /// Opens the stream: its session, and its number there.
  public func opened() throws -> (Session, stream: Int) { try open() }
}

/// Decodes many runs: a few are open at a time, and all threads have work until the last unit of the last one.
public enum RunQueue {
  private struct State: Sendable {
    var next = 0
    var open: [(number: Int, run: RunDecoding)] = []
  }

  /// Decodes `sources` over `threads` threads; `done` takes the figures of each as they are complete, or why it could not be
  /// opened, from any thread and in any order, and says whether to go on.
  ///
  /// A thread opens another run only when those that are open have no unit left for it, so that no more runs are open than
  /// there are threads.
  public static func each(
    _ sources: [RunSource], against references: WeightFile? = nil, mapping: NameMapping? = nil,
    threads: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
    done: @escaping @Sendable (Int, Result<RunFigures, any Error>) -> Bool
  ) {
    let state = Locked(State())
    let halted = Locked(false)
    let stop: @Sendable () -> Bool = { halted.withLock { $0 } || shouldStop() }
    @Sendable func finish(_ number: Int, _ result: Result<RunFigures, any Error>) {
      if !stop(), !done(number, result) { halted.withLock { $0 = true } }
    }
    /// A unit of an open run.
    @Sendable func unit() -> (number: Int, run: RunDecoding, unit: Int)? {
      state.withLock { state in
        while let (number, run) = state.open.first {
          if let unit = run.take() { return (number, run, unit) }
          state.open.removeFirst()
        }
        return nil
      }
    }
    /// Opens the next run; false if there is none.
    @Sendable func open() -> Bool {
      let number = state.withLock { state in
        defer { state.next += 1 }
        return state.next
      }
      guard sources.indices.contains(number) else { return false }
      let run: RunDecoding
      do {
        let (session, stream) = try sources[number].opened()
        run = RunDecoding(session, stream: stream, against: references, mapping: mapping)
      } catch {
        finish(number, .failure(error))
        return true
      }
      if run.isEmpty {
        finish(number, .success(run.figures))
      } else {
        state.withLock { $0.open.append((number, run)) }
      }
      return true
    }
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      while !stop() {
        if let (number, run, unit) = unit() {
          if run.decode(unit, shouldStop: stop) { finish(number, .success(run.figures)) }
        } else if !open() {
          return
        }
      }
    }
  }

  /// The figures of all runs, in the order of `sources`, with why a run is missing.
  public static func all(
    _ sources: [RunSource], against references: WeightFile? = nil, mapping: NameMapping? = nil,
    threads: Int, done: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [Result<RunFigures, any Error>] {
    let found = Locked([Int: Result<RunFigures, any Error>]())
    each(sources, against: references, mapping: mapping, threads: threads) { number, result in
      let count = found.withLock { found in
        found[number] = result
        return found.count
      }
      done(count)
      return true
    }
    return found.withLock { found in sources.indices.compactMap { found[$0] } }
  }
}
