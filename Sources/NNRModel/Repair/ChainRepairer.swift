import DeepCABAC
import NNRBits

extension Session {
  /// The same chain, decoded with the integers that its encoder had, as far as a search finds them (quirk Q4), with the older
  /// parents that it took, and with a history that counts the base model if only that decodes.
  ///
  /// `progress` is told the share that is done, 0 to 1. What was found is `repair` of the result; a repair that was not stopped
  /// is worked out once.
  public func repairedChain(
    shouldStop: @escaping @Sendable () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) -> Session {
    if repair != nil { return self }
    if let known = knownRepair.withLock({ $0 }) { return known }
    var repairer = ChainRepairer(self, historyIncludesBase: false, shouldStop)
    repairer.run(progress)
    var found = repairer.session
    if let failures = found.repair?.failures, failures > 0, !shouldStop() {
      var other = ChainRepairer(self, historyIncludesBase: true, shouldStop)
      other.run(progress)
      if let fewer = other.session.repair?.failures, fewer < failures { found = other.session }
    }
    if found.repair?.wasStopped == false { knownRepair.withLock { $0 = found } }
    return found
  }
}

/// Goes through a chain, round by round, and finds out what its encoder had.
struct ChainRepairer {
  /// The chain as far as it is repaired.
  let session: Session
  private let shouldStop: @Sendable () -> Bool

  /// A repair of a session.
  init(
    _ original: Session, historyIncludesBase: Bool,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    var repair = ChainRepair()
    repair.historyIncludesBase = historyIncludesBase
    session = Session(original, repair: repair)
    self.shouldStop = shouldStop
  }

  private func change(_ body: (inout ChainRepair) -> Void) {
    session.repairState.withLock { state in
      var repair = state ?? ChainRepair()
      body(&repair)
      state = repair
    }
  }

  mutating func run(_ progress: (Double) -> Void) {
    let total = session.streams.reduce(0) { $0 + $1.unitCount }
    var done = 0
    for stream in session.streams.indices {
      for unit in 0..<session.streams[stream].unitCount {
        done += 1
        guard session.streams[stream].index.entries[unit].type == .compressedData else { continue }
        if shouldStop() { return change { $0.wasStopped = true } }
        look(at: unit, in: stream)
        progress(Double(done) / Double(max(1, total)))
      }
    }
    // What is stopped within a unit did not come to its end.
    if shouldStop() { change { $0.wasStopped = true } }
  }

  private func look(at unit: Int, in stream: Int) {
    guard var decoding = session.decoding(stream: stream, unit: unit),
      decoding.unit.payloadType != .rawFloat, decoding.dialect == .d2,
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return }
    decoding.shouldStop = shouldStop
    var sink = SuspectSink(decoding, shouldStop)
    var failure = UnitDecoder.decode(decoding, payload: payload, into: sink)
    if failure != nil,
      let stale = session.findStaleParent(
        decoding, payload: payload, stream: stream, shouldStop: shouldStop)
    {
      change { $0.staleParents[ChainRepair.unit(stream, unit)] = stale }
      session.useParents(of: stale, &decoding)
      sink = SuspectSink(decoding, shouldStop)
      failure = UnitDecoder.decode(decoding, payload: payload, into: sink)
    }
    guard failure == nil else { return change { $0.failures += 1 } }
    for suspect in sink.suspects {
      let place = ChainRepair.Place(stream: stream, unit: unit, tensor: suspect.place)
      let search = SuspectSearch(
        session, place, name: suspect.name, suspect.tensor, decoding.unit, shouldStop)
      let found = search.run()
      guard !shouldStop() else { return }
      change { repair in
        repair.findings.append(found.finding)
        repair.levels[place] = found.levels
        repair.standIns[place] = found.standIn
      }
      // Who asked for the tensor while its witness was read got the decoded integers.
      session.forgetVersions(of: decoding.unit, from: stream)
    }
  }
}

extension Session {
  /// Forgets what is known of the tensors of a unit, and of what later streams build on them.
  func forgetVersions(of unit: CompressedDataUnit, from stream: Int) {
    let names = Set(unit.codedTensors.map(\.name))
    versions.withLock { $0.remove(names, from: stream) }
  }
}
