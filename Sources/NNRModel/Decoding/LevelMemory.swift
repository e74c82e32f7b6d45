import DeepCABAC

/// Memory for the integers of measured payloads, used by one thread at a time.
protocol LevelMemory: AnyObject, Sendable {
  /// Decodes payloads, the turns say which.
  func decode(_ turns: UnitTurns)
}

/// Several payloads at a time.
final class GroupMemory: LevelMemory, @unchecked Sendable {
  private let work: [DecodeBench.Work]
  private let group: UnitGroup
  private let sink = NoSink()

  /// Memory for tensors of up to `count` integers.
  init(_ work: [DecodeBench.Work], count: Int) {
    self.work = work
    group = UnitGroup(capacity: count)
  }

  func decode(_ turns: UnitTurns) {
    group.decode(
      next: { begun in
        guard let turn = turns.take(begun: begun) else { return nil }
        let unit = work[turn]
        return (
          turn,
          .begun(
            PayloadWalk(unit.decoding, payload: unit.payload, into: sink, runLength: .max))
        )
      },
      done: { _, _ in turns.end() })
  }
}

/// One payload at a time.
final class SingleMemory: LevelMemory, @unchecked Sendable {
  private let work: [DecodeBench.Work]
  private let accounting: Bool
  private let threads: Int?
  private var levels: [Int32]

  /// Memory for tensors of up to `count` integers; tensors are decoded by `threads` threads from their entry points, nil
  /// in a row.
  init(_ work: [DecodeBench.Work], count: Int, accounting: Bool, threads: Int?) {
    self.work = work
    self.accounting = accounting
    self.threads = threads
    levels = [Int32](repeating: 0, count: count)
  }

  func decode(_ turns: UnitTurns) {
    while let turn = turns.take(begun: 0) {
      decode(work[turn].decoding, work[turn].payload)
      turns.end()
    }
  }

  private func decode(_ decoding: UnitDecoding, _ payload: [UInt8]) {
    let decoder = PayloadDecoder(bytes: payload, accounting: accounting)
    do throws(DecodingError) {
      for tensor in decoding.unit.codedTensors {
        _ = try UnitDecoder.begin(tensor, decoding, decoder, rowBits: false)
        let count = tensor.count ?? 0
        if let threads, !tensor.entryPoints.isEmpty, count == levels.count {
          try decoder.decodeInParallel(
            entryPoints: tensor.absoluteEntryPoints(from: decoder.firstBlockRowPosition),
            threads: threads, into: &levels)
        } else {
          while try decoder.nextRun(into: &levels, atMost: count) != nil {}
        }
      }
    } catch {
      return
    }
    _ = decoder.finish()
  }
}
