import DeepCABAC
import NNRBits

/// Looks for the encoder's integers of one tensor among those that a later round accepts.
struct SuspectSearch {
  /// What was found.
  struct Found {
    var finding: ChainRepair.Finding
    /// The encoder's integers, where they are known.
    var levels: [Int32]?
    /// Integers that serve the witness like all others that are left.
    var standIn: [Int32]?
  }

  /// A payload that was coded with the tensor in mind.
  private struct Witness {
    let stream: Int
    let decoding: UnitDecoding
    let payload: [UInt8]
    /// The tensor of it that follows the suspect.
    let tensor: CodedTensor
    let usesBase: Bool
    let usesHistory: Bool
  }

  /// The chance that something else passes by which what is left alone is not yet believed.
  private static let believedChance = 0.02

  private let session: Session
  private let place: ChainRepair.Place
  private let name: String
  private let suspect: SuspectTensor
  private let header: CompressedDataUnit
  private let shouldStop: @Sendable () -> Bool

  /// A search for a tensor of the unit `header`.
  init(
    _ session: Session, _ place: ChainRepair.Place, name: String, _ suspect: SuspectTensor,
    _ header: CompressedDataUnit, _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    self.session = session
    self.place = place
    self.name = name
    self.suspect = suspect
    self.header = header
    self.shouldStop = shouldStop
  }

  func run() -> Found {
    for witness in witnesses() {
      if shouldStop() { break }
      // Where the next round decodes, its encoder had what decoders find.
      if decodes(witness, with: nil) { return found(.sound, witness) }
      guard let result = search(witness) else { continue }
      return judge(result, witness)
    }
    return judge(search(nil) ?? EncoderSearchResult(), nil)
  }

  private func search(_ witness: Witness?) -> EncoderSearchResult? {
    var search = EncoderSearch()
    search.shouldStop = shouldStop
    return search.run(suspect, witness: witness.map { telling($0) })
  }

  private func telling(_ witness: Witness) -> TellingPayload {
    var tensors = Array(witness.decoding.walkedTensors[...witness.tensor.place])
    if witness.usesBase { tensors[tensors.count - 1].base = nil }
    return TellingPayload(
      bytes: witness.payload, tensors: tensors, usesBase: witness.usesBase,
      usesHistory: witness.usesHistory,
      entryPoints: witness.tensor.entryPoints.map { ($0.value, $0.state, $0.distance) })
  }

  /// The later units that build on the tensor, the next one first, and those that follow them.
  private func witnesses() -> some Sequence<Witness> {
    let isHistory = session.countsAsHistory(header, in: place.stream)
    // The streams whose version of the tensor goes back to the suspect.
    var line: Set<Int> = [place.stream]
    var stream = place.stream
    return AnyIterator {
      while stream + 1 < session.streams.count {
        stream += 1
        guard let tensor = session.directory(stream).last(named: name),
          let unit = session.streams[stream].compressedDataUnit(tensor.unit), unit.parent != nil,
          let parent = session.parent(of: name, unit, before: stream), parent.mismatch == nil,
          line.contains(parent.stream)
        else { continue }
        line.insert(stream)
        guard tensor.place == unit.codedTensors.count - 1,
          let decoding = session.decoding(stream: stream, unit: tensor.unit),
          let payload = try? session.streams[stream].source.read(unit.payload)
        else { continue }
        return Witness(
          stream: stream, decoding: decoding, payload: payload, tensor: tensor,
          usesBase: unit.temporalContexts && parent.stream == place.stream,
          usesHistory: isHistory)
      }
      return nil
    }
  }

  /// Whether the payload of a witness ends well with these integers, or with the decoded ones; nothing is told where it does
  /// not look at them.
  private func decodes(_ witness: Witness, with integers: [Int32]?) -> Bool {
    let usesHistory = LooksAtHistory(witness.tensor.place)
    guard
      UnitDecoder.decode(
        decoding(witness, with: integers), payload: witness.payload, into: usesHistory) == nil
    else { return false }
    return witness.usesBase || witness.usesHistory && usesHistory.flag
  }

  private func decoding(_ witness: Witness, with integers: [Int32]?) -> UnitDecoding {
    var decoding = witness.decoding
    decoding.shouldStop = shouldStop
    guard let integers else { return decoding }
    let last = witness.tensor.place
    if witness.usesBase, decoding.parents.indices.contains(last) {
      decoding.parents[last] = integers
      decoding.missingParent = nil
    }
    if witness.usesHistory, decoding.histories.indices.contains(last) {
      var mask = integers.map { $0 != 0 ? UInt8(1) : 0 }
      if let known = decoding.histories[last], known.count == mask.count {
        for place in mask.indices { mask[place] |= known[place] }
      }
      decoding.histories[last] = mask
    }
    return decoding
  }

  private func judge(_ result: EncoderSearchResult, _ witness: Witness?) -> Found {
    let survivors = result.survivors
    guard let first = survivors.first else {
      return found(result.end == .tooMany ? .tooMany : .none, witness, result)
    }
    guard let witness else {
      // Nothing but NNCodec's ways is held against them.
      return survivors.count == 1 && !result.hasMore
        ? repaired(first, survivors, nil, result) : untold(result)
    }
    if result.isClear, result.chance < Self.believedChance {
      return repaired(first, survivors, witness, result)
    }
    let confirmed = survivors.filter { isConfirmed($0, witness) }
    if confirmed.count == 1, !result.hasMore {
      return repaired(confirmed[0], confirmed, witness, result)
    }
    let left = confirmed.isEmpty ? survivors : confirmed
    var told = found(
      .ambiguous(survivors: left.count, differing: Self.differing(left)), witness, result)
    told.standIn = standIn(left, witness)
    return told
  }

  private func repaired(
    _ integers: [Int32], _ survivors: [[Int32]], _ witness: Witness?,
    _ result: EncoderSearchResult
  ) -> Found {
    let changed = zip(integers, suspect.levels).count { $0 != $1 }
    var told = found(
      .repaired(
        changed: changed, others: survivors.count - 1, differing: Self.differing(survivors)),
      witness, result)
    told.levels = integers
    return told
  }

  private func untold(_ result: EncoderSearchResult) -> Found {
    var watch = PartingWatch(suspect.parameters, rowMask: suspect.rowMask)
    watch?.take(suspect.levels[...])
    return found(.untold(openZeros: watch?.openZeros ?? 0), nil, result)
  }

  private func found(
    _ outcome: ChainRepair.Outcome, _ witness: Witness?, _ result: EncoderSearchResult? = nil
  ) -> Found {
    Found(
      finding: ChainRepair.Finding(
        place: place, name: name, witness: witness?.stream, outcome: outcome,
        trials: result?.trials ?? 0))
  }

  /// The places at which integers that are left differ.
  private static func differing(_ survivors: [[Int32]]) -> [Int] {
    guard let first = survivors.first else { return [] }
    return first.indices.filter { place in survivors.contains { $0[place] != first[place] } }
  }

  /// Integers that make the witness's the same as all others that are left; nil where it matters which are taken.
  private func standIn(_ survivors: [[Int32]], _ witness: Witness) -> [Int32]? {
    var common: [[Int32]]?
    for integers in survivors {
      let sink = LevelsSink(shouldStop)
      guard
        UnitDecoder.decode(decoding(witness, with: integers), payload: witness.payload, into: sink)
          == nil, common == nil || common == sink.levels
      else { return nil }
      common = sink.levels
    }
    return survivors.first
  }

  /// Whether the round behind the witness decodes too if these integers are the right ones.
  private func isConfirmed(_ integers: [Int32], _ witness: Witness) -> Bool {
    let sink = LevelsSink(shouldStop)
    let decoding = decoding(witness, with: integers)
    guard UnitDecoder.decode(decoding, payload: witness.payload, into: sink) == nil,
      sink.levels.indices.contains(witness.tensor.place)
    else { return false }
    let levels = sink.levels[witness.tensor.place]
    let start = sink.starts[witness.tensor.place]
    let next = SuspectSearch(
      session,
      ChainRepair.Place(
        stream: witness.stream, unit: witness.tensor.unit, tensor: witness.tensor.place),
      name: name, suspect, decoding.unit, shouldStop)
    let parted = SuspectTensor(
      witness.tensor.payloadParameters(decoding), rowMask: start.rowMask, levels: levels)
    for later in next.witnesses() {
      if later.usesBase || later.usesHistory, next.decodes(later, with: levels) { return true }
      guard let parted else { continue }
      var search = EncoderSearch()
      search.shouldStop = shouldStop
      guard let result = search.run(parted, witness: next.telling(later)) else { continue }
      return !result.survivors.isEmpty
    }
    return false
  }
}

/// Notes whether a tensor has hist_dep_sig_prob_enabled_flag 1.
private final class LooksAtHistory: TensorSink {
  private(set) var flag = false
  private let place: Int

  init(_ place: Int) { self.place = place }

  func begin(_ start: TensorStart) {
    if start.tensor.place == place { flag = start.historyFlag == true }
  }

  func take(_ levels: ArraySlice<Int32>, first: Int) {}
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { true }
}
