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
      tryReadings(ReadingTrials(nil, headers, [], shouldStop), progress)
      if shouldStop() { return nil }
      return
    }
    guard decoding.unit.payloadType != .rawFloat,
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    names = decoding.unit.codedTensors.map(\.name)
    payloadCount = payload.count
    failure = UnitDecoder.decode(decoding, payload: payload, into: ExtremesSink(shouldStop))
    guard !shouldStop() else { return nil }
    guard failure != nil else {
      events = []
      return
    }
    events = ImplausibleEvent.all(decoding, payload, shouldStop)
    let versions = ParentVersions(session, decoding, before: stream)
    let headers = HeaderReading.all(session, stream: stream, unit: unit, known: decoding)
    let candidates = AlternativeReading.candidates(for: decoding, versions)
    tryReadings(
      ReadingTrials((decoding, payload, versions), headers, candidates, shouldStop), progress)
    if shouldStop() { return nil }
  }

  private mutating func tryReadings(
    _ trials: ReadingTrials, _ progress: (PayloadDiagnosis) -> Void
  ) {
    for single in trials.singles {
      progress(self)
      if let found = trials.attempt([single]) { attempts.append(found) }
    }
    guard !attempts.contains(where: \.endsWell) else { return }
    for pair in trials.pairs(budget: Self.pairBudget) {
      progress(self)
      guard let found = trials.attempt(pair) else { continue }
      pairsTried += 1
      if found.endsWell { attempts.append(found) }
    }
  }
}
