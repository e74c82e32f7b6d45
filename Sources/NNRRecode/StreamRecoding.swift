import Dispatch
import Locking
import NNRBits
import NNRModel
import NNRSyntax

/// What was found for all units of a stream.
public struct StreamRecoding: Sendable {
  /// The number of the stream in its session.
  public let stream: Int
  /// The bytes of the stream.
  public let size: Int
  /// What was found for each data unit, in the order of the stream.
  public let units: [UnitRecoding]

  /// The bytes as they would be.
  public var bestSize: Int { units.reduce(size) { $0 - $1.size + $1.bestSize } }
  /// The tensors of all units.
  public var tensors: [TensorRecoding] { units.flatMap(\.tensors) }

  /// Searches all data units of a stream over `threads` threads; nil if it was stopped.
  ///
  /// `done` is told of each unit that is ready, from any thread and in any order.
  public init?(
    _ session: Session, stream: Int, _ knobs: RecodeKnobs = RecodeKnobs(), threads: Int = 1,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    done: @escaping @Sendable (UnitRecoding) -> Void = { _ in }
  ) {
    self.stream = stream
    let entries = session.streams[stream].index.entries
    size = session.streams[stream].size
    let kept = session.unitsNamedByHash(in: stream)
    var found = knobs
    if knobs.history == .best, knobs.isHistoryHeld == nil {
      found.isHistoryHeld = session.usesHistory
    }
    let knobs = found
    // The largest first, so that no thread is left with one at the end.
    let order = entries.indices.filter { entries[$0].type == .compressedData }
      .sorted { entries[$0].size > entries[$1].size }
    let ready: Locked<[UnitRecoding]> = Locked([])
    let next = Locked(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, order.count))) { _ in
      while !shouldStop() {
        let turn = next.withLock { next in
          next += 1
          return next - 1
        }
        guard turn < order.count else { return }
        let unit = order[turn]
        let recoding =
          kept.contains(unit)
          ? UnitRecoding(unit: unit, size: entries[unit].size, refusal: .namedByHash)
          : UnitRecoding.of(session, stream: stream, unit: unit, knobs, shouldStop: shouldStop)
        if recoding.refusal == .stopped { return }
        ready.withLock { $0.append(recoding) }
        done(recoding)
      }
    }
    if shouldStop() { return nil }
    units = ready.withLock { $0 }.sorted { $0.unit < $1.unit }
  }

  /// The bytes of the stream with the shorter units; what is no data unit stays as it is.
  public func bytes(_ session: Session) throws(SourceError) -> [UInt8] {
    let file = session.streams[stream]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(bestSize)
    var start = 0
    for unit in units {
      guard let shorter = unit.bytes else { continue }
      let place = file.index.entries[unit.unit].bytes
      bytes += try file.source.read(start..<place.lowerBound)
      bytes += shorter
      start = place.upperBound
    }
    bytes += try file.source.read(start..<file.size)
    return bytes
  }
}

extension UnitRecoding {
  /// What is found for a unit of a stream; a refusal where nothing is.
  public static func of(
    _ session: Session, stream: Int, unit: Int, _ knobs: RecodeKnobs = RecodeKnobs(),
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) -> UnitRecoding {
    do throws(RecodeRefusal) {
      let loaded = try LoadedUnit(session, stream: stream, unit: unit, shouldStop: shouldStop)
      return try UnitRecoding(loaded, knobs, shouldStop: shouldStop)
    } catch {
      return UnitRecoding(
        unit: unit, size: session.streams[stream].index.entries[unit].size, refusal: error)
    }
  }
}

extension Session {
  /// The units of a stream that updates behind it name by a hash: another payload would not be found.
  func unitsNamedByHash(in stream: Int) -> Set<Int> {
    var found: Set<Int> = []
    for later in streams.indices where predecessors(of: later).contains(stream) {
      for unit in directory(later).byUnit.keys {
        guard let header = streams[later].compressedDataUnit(unit) else { continue }
        switch header.parent {
        case .sha256, .sha512: break
        case .device, .unknown, nil: continue
        }
        for name in header.nameTexts {
          guard let choice = parent(of: name, header, before: later), choice.stream == stream
          else { continue }
          found.insert(choice.tensor.unit)
        }
      }
    }
    return found
  }
}
