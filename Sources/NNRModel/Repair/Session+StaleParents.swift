/// Parents that the encoder took from an older round than the unit names.
extension Session {
  /// The stream whose integers a unit really builds on; nil where that is the one that it names.
  func staleParent(stream: Int, unit: Int) -> Int? {
    repairState.withLock { $0?.staleParents[ChainRepair.unit(stream, unit)] }
  }

  /// Puts the integers that a stream codes in place of the parents; false where it does not code them all, in their shapes.
  @discardableResult
  func useParents(of stream: Int, _ decoding: inout UnitDecoding) -> Bool {
    var parents: [[Int32]] = []
    for tensor in decoding.unit.codedTensors {
      guard let coded = directory(stream).last(named: tensor.name),
        let levels = version(of: coded, in: stream)?.levels, levels.count == tensor.count
      else { return false }
      parents.append(levels)
    }
    decoding.parents = parents
    decoding.missingParent = nil
    return true
  }

  /// The most older rounds that are tried, the latest first.
  private static var olderRounds: Int { 8 }

  /// The only older stream before `stream` whose integers make a unit's payload end well; nil where there is none, or several.
  package func findStaleParent(
    _ decoding: UnitDecoding, payload: [UInt8], stream: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) -> Int? {
    guard decoding.unit.temporalContexts, let first = decoding.unit.codedTensors.first else {
      return nil
    }
    let named = parent(of: first.name, decoding.unit, before: stream)?.stream
    var found: Int?
    let candidates = predecessors(of: stream).reversed().filter { $0 != named }
    for older in candidates.prefix(Self.olderRounds) {
      guard !shouldStop() else { return nil }
      var other = decoding
      other.shouldStop = shouldStop
      guard useParents(of: older, &other),
        UnitDecoder.decode(other, payload: payload, into: NoSink()) == nil
      else { continue }
      guard found == nil else { return nil }
      found = older
    }
    return found
  }

  /// The older stream whose integers make a unit decode, where those of its parent do not; nil where that is no matter.
  package func staleParentNeeded(
    stream: Int, unit: Int, shouldStop: @escaping @Sendable () -> Bool
  ) -> Int? {
    guard let decoding = decoding(stream: stream, unit: unit), decoding.dialect == .d2,
      let payload = try? streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    return findStaleParent(decoding, payload: payload, stream: stream, shouldStop: shouldStop)
  }
}
