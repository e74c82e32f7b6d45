import NNRModel

/// From a payload that does not decode to what may be wrong with it: where it first looks wrong, and which other readings
/// end well.
public struct PayloadDiagnosis: Sendable {
  /// A reading that was tried.
  public struct Attempt: Sendable, Hashable {
    /// What is read otherwise: one thing, or two.
    public let readings: [AlternativeReading]
    /// What went wrong; nil if it ends well.
    public let failure: DecodeFailure?
    /// The greatest magnitude of an integer.
    public let largest: Int
    /// The number of integers that are not 0.
    public let nonzero: Int
    /// The number of integers that were decoded.
    public let decoded: Int
    /// Whether the listed entry points agree with it; nil if there are none.
    public let entryPointsAgree: Bool?

    /// Whether the payload passes all checks at its end.
    public var endsWell: Bool { failure == nil }

    /// The reading in words.
    public var summary: String { readings.map(\.summary).joined(separator: " and ") }
  }

  /// The number of the unit.
  public let unit: Int
  /// The names of its tensors; not safe to print.
  public let names: [String]
  /// The number of bytes of the payload; nil if the header could not be read.
  public let payloadCount: Int?
  /// What is wrong when it is read as the header says; nil if it ends well.
  public let failure: DecodeFailure?
  /// Where it first looks wrong, in the order of the bins; empty if it ends well.
  public let events: [ImplausibleEvent]
  /// The readings that were tried, pairs only where they end well; none if it ends well.
  public private(set) var attempts: [Attempt] = []
  /// How many pairs of readings were tried: none where a single one ends well, or they would take too long.
  public private(set) var pairsTried = 0

  /// How many single bits of the header were turned, one at a time; none where another reading ends well.
  public private(set) var bitsTried = 0
  /// How many other dimensions were tried; none where another reading ends well.
  public private(set) var dimensionsTried = 0

  /// The most integers that are decoded for pairs of readings.
  private static let pairBudget = 50_000_000

  /// The readings that end well, the one with the smallest integers first.
  public var explanations: [Attempt] {
    attempts.enumerated().filter { $0.element.endsWell }
      .sorted { ($0.element.largest, $0.offset) < ($1.element.largest, $1.offset) }
      .map(\.element)
  }

  /// Diagnoses a data unit; nil for units without an arithmetic codeword, or when it was stopped.
  ///
  /// `progress` is given what is known after the bins were walked and after every reading.
  public init?(
    _ session: Session, stream: Int, unit: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    progress: (PayloadDiagnosis) -> Void = { _ in }
  ) {
    guard session.streams.indices.contains(stream),
      session.streams[stream].index.entries.indices.contains(unit),
      session.streams[stream].index.entries[unit].type == .compressedData
    else { return nil }
    self.unit = unit
    guard let decoding = session.decoding(stream: stream, unit: unit) else {
      // Another reading may be able to read the header.
      names =
        session.streams[stream].tree(unit)?.texts(of: .topologyElemId)
        .map { String(decoding: $0, as: UTF8.self) } ?? []
      payloadCount = nil
      failure = session.decode(stream: stream, unit: unit, into: ExtremesSink(shouldStop))
      events = []
      let headers = HeaderReading.all(session, stream: stream, unit: unit, known: nil)
      let trials = ReadingTrials(nil, headers, [], shouldStop)
      trySingles(trials, progress)
      if !attempts.contains(where: \.endsWell), !shouldStop() {
        let bits = HeaderReading.bits(session, stream: stream, unit: unit)
        bitsTried = tryMany(ReadingTrials(nil, bits, [], shouldStop), progress)
      }
      tryPairs(trials, progress)
      if shouldStop() { return nil }
      return
    }
    guard let payload = try? session.streams[stream].source.read(decoding.unit.payload) else {
      return nil
    }
    names = decoding.unit.codedTensors.map(\.name)
    payloadCount = payload.count
    failure = UnitDecoder.decode(decoding, payload: payload, into: ExtremesSink(shouldStop))
    guard !shouldStop() else { return nil }
    let isRaw = decoding.unit.payloadType == .rawFloat
    guard failure != nil else {
      // Floats that fill their bytes have no codeword that could tell more.
      if isRaw { return nil }
      events = []
      return
    }
    events =
      isRaw ? [] : ImplausibleEvent.all(decoding, payload, shouldStop)
    let versions = ParentVersions(session, decoding, before: stream)
    let headers = HeaderReading.all(session, stream: stream, unit: unit, known: decoding)
    let candidates = isRaw ? [] : AlternativeReading.candidates(for: decoding, versions)
    let plain = (decoding, payload, versions)
    let trials = ReadingTrials(plain, headers, candidates, shouldStop)
    trySingles(trials, progress)
    if !isRaw { tryRepair(session, stream, payload, shouldStop) }
    if !attempts.contains(where: \.endsWell), !shouldStop() {
      let bits = HeaderReading.bits(session, stream: stream, unit: unit)
      bitsTried = tryMany(ReadingTrials(plain, bits, [], shouldStop), progress)
      let others = isRaw ? [] : OtherDimensions.candidates(decoding)
      dimensionsTried = tryMany(ReadingTrials(plain, [], others, shouldStop), progress)
    }
    tryPairs(trials, progress)
    if shouldStop() { return nil }
  }

  /// Tries each reading for itself and keeps those that end well; how many were tried.
  private mutating func tryMany(
    _ trials: ReadingTrials, _ progress: (PayloadDiagnosis) -> Void
  ) -> Int {
    var tried = 0
    for single in trials.singles {
      progress(self)
      guard let found = trials.attempt([single]) else { continue }
      tried += 1
      if found.endsWell { attempts.append(found) }
    }
    return tried
  }

  /// Decodes the unit in the chain as NNCodec's encoder had it; noted where that ends well.
  private mutating func tryRepair(
    _ session: Session, _ stream: Int, _ payload: [UInt8],
    _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    guard !session.predecessors(of: stream).isEmpty, !shouldStop() else { return }
    let repaired = session.repairedChain(shouldStop: shouldStop)
    // An older parent by itself is one of the other readings.
    guard let repair = repaired.repair, repair.repaired > 0 || repair.historyIncludesBase,
      let decoding = repaired.decoding(stream: stream, unit: unit)
    else { return }
    let sink = ExtremesSink(shouldStop)
    guard UnitDecoder.decode(decoding, payload: payload, into: sink) == nil else { return }
    attempts.append(
      Attempt(
        readings: [
          .repairedChain(
            tensors: repair.repaired, historyIncludesBase: repair.historyIncludesBase)
        ], failure: nil, largest: sink.largest, nonzero: sink.nonzero, decoded: sink.decoded,
        entryPointsAgree: sink.entryPointsAgree))
  }

  private mutating func trySingles(
    _ trials: ReadingTrials, _ progress: (PayloadDiagnosis) -> Void
  ) {
    for single in trials.singles {
      progress(self)
      if let found = trials.attempt([single]) { attempts.append(found) }
    }
  }

  /// Tries two readings at once, where no single one ends well.
  private mutating func tryPairs(
    _ trials: ReadingTrials, _ progress: (PayloadDiagnosis) -> Void
  ) {
    guard !attempts.contains(where: \.endsWell) else { return }
    for pair in trials.pairs(budget: Self.pairBudget) {
      progress(self)
      guard let found = trials.attempt(pair) else { continue }
      pairsTried += 1
      if found.endsWell { attempts.append(found) }
    }
  }
}
