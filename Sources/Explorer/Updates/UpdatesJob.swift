import NNRModel

extension Job {
  /// Reads all data units of all rounds, in order, and decodes them for their figures.
  static func updates(_ session: Session, generation: Int) -> Job {
    Job(kind: .updates, generation: generation) { context in
      let total = session.streams.reduce(0) { $0 + $1.unitCount }
      var done = 0
      var batch: [UpdateCell] = []
      let clock = ContinuousClock()
      var told = clock.now
      for (document, stream) in session.streams.enumerated() {
        for unit in 0..<stream.unitCount {
          if context.isCancelled() { return }
          done += 1
          guard stream.index.entries[unit].type == .compressedData else { continue }
          batch += session.updateCells(document, unit, shouldStop: context.isCancelled)
          guard clock.now - told > .milliseconds(60) else { continue }
          told = clock.now
          context.post(.updated(batch, fraction: Double(done) / Double(max(1, total))))
          batch = []
        }
      }
      guard !context.isCancelled() else { return }
      context.post(.updated(batch, fraction: 1))
      context.post(.finished)
    }
  }
}

extension Session {
  /// The cells of a unit, one for each of its tensors.
  fileprivate func updateCells(
    _ document: Int, _ unit: Int, shouldStop: @escaping @Sendable () -> Bool
  ) -> [UpdateCell] {
    guard let header = streams[document].compressedDataUnit(unit) else { return [] }
    let missing = decoding(stream: document, unit: unit)?.missingParent
    let sink = UpdateSink(shouldStop)
    let failure = decode(stream: document, unit: unit, shouldStop: shouldStop, into: sink)
    return header.codedTensors.map { tensor in
      let parent = parentOf(tensor.name, header, document)
      return UpdateCell(
        document: document, unit: unit, name: tensor.name, node: header.node,
        parent: header.parent, parentPlace: parent.place,
        missing: missing.map { "U02 \($0)" } ?? parent.problem,
        usesTemporalContexts: header.temporalContexts, facts: sink.facts[tensor.place],
        failure: failure.map { "\($0)" }, unitBytes: streams[document].index.entries[unit].size)
    }
  }

  /// The unit that codes the parent of a tensor, or what is wrong with it (rules U02, U03, U06).
  private func parentOf(_ name: String, _ header: CompressedDataUnit, _ document: Int) -> (
    place: Bookmark?, problem: String?
  ) {
    guard let parent = header.parent else { return (nil, nil) }
    let holder = (0..<document).reversed().lazy.compactMap { earlier in
      self.directory(earlier).last(named: name).map { (earlier, $0.unit) }
    }.first
    guard let (stream, unit) = holder else {
      return (nil, "U02 no stream before this one codes \(name)")
    }
    let place = Bookmark(document: stream, location: Location(unit: unit))
    switch parent {
    case .device(let device):
      guard let node = header.node, let before = streams[stream].compressedDataUnit(unit)?.node
      else { return (place, nil) }
      let fits =
        before.device == device && before.parameter == node.parameter
        && before.depth + 1 == node.depth
      return (
        place,
        fits
          ? nil
          : "U03 the version before is device \(before.device), parameter \(before.parameter), depth \(before.depth)"
      )
    case .sha256, .sha512:
      let fits = parentMatch(header, in: stream, name: name) != nil
      return (
        fits ? place : nil, fits ? nil : "U06 the version before does not have the hash"
      )
    case .unknown: return (nil, "U02 the parent is named in an unknown way")
    }
  }
}

/// Counts what a round says of its tensors.
private final class UpdateSink: TensorSink {
  private(set) var facts: [Int: UpdateFacts] = [:]
  private var place = 0
  private var startBit = 0
  private let shouldStop: @Sendable () -> Bool

  init(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  func begin(_ start: TensorStart) {
    place = start.tensor.place
    startBit = start.bit
    facts[place] = UpdateFacts(
      rows: start.tensor.rows, skippedRows: start.rowMask.reduce(0) { $0 + Int($1) },
      history: start.historyFlag)
  }

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    facts[place]?.count += levels.count
    facts[place]?.zeros += levels.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
  }

  func end(_ end: TensorEnd) { facts[place]?.bits = max(0, end.bit - startBit) }

  var wantsMore: Bool { !shouldStop() }
}
