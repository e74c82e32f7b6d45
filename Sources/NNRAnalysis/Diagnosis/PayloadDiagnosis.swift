import DeepCABAC
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
  /// The number of bytes of the payload.
  public let payloadCount: Int
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
      let decoding = session.decoding(stream: stream, unit: unit),
      decoding.unit.payloadType != .rawFloat,
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    self.unit = unit
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
    let candidates = AlternativeReading.candidates(for: decoding, versions)
    func attempt(_ readings: [AlternativeReading]) -> Attempt? {
      shouldStop() ? nil : Self.attempt(readings, decoding, versions, payload, shouldStop)
    }
    for candidate in candidates {
      progress(self)
      if let found = attempt([candidate]) { attempts.append(found) }
    }
    if !attempts.contains(where: \.endsWell) {
      let count = decoding.unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? 0) }
      for pair in Self.pairs(candidates, integers: count) {
        progress(self)
        guard let found = attempt(pair) else { continue }
        pairsTried += 1
        if found.endsWell { attempts.append(found) }
      }
    }
    guard !shouldStop() else { return nil }
  }

  /// The pairs to try for a unit of so many integers; none where that would take too long.
  private static func pairs(_ candidates: [AlternativeReading], integers: Int)
    -> [[AlternativeReading]]
  {
    // qp_delta stands apart from the rest: its lengths would make pairs many and tell little.
    let single = candidates.filter { if case .qpDensity = $0 { false } else { true } }
    let pairs = single.enumerated().flatMap { place, first in
      single.dropFirst(place + 1).filter { $0.aspect != first.aspect }.map { [first, $0] }
    }
    return integers.saturatingMultiply(pairs.count) <= pairBudget ? pairs : []
  }

  private static func attempt(
    _ readings: [AlternativeReading], _ decoding: UnitDecoding, _ versions: ParentVersions,
    _ payload: [UInt8], _ shouldStop: @escaping @Sendable () -> Bool
  ) -> Attempt? {
    var other = decoding
    for reading in readings {
      guard let applied = reading.applied(to: other, versions) else { return nil }
      other = applied
    }
    let sink = ExtremesSink(shouldStop)
    let failure = UnitDecoder.decode(other, payload: payload, into: sink)
    return Attempt(
      readings: readings, failure: failure, largest: sink.largest, nonzero: sink.nonzero,
      decoded: sink.decoded, entryPointsAgree: sink.entryPointsAgree)
  }
}

/// Keeps the extremes of all tensors of a unit.
private final class ExtremesSink: TensorSink {
  private(set) var largest = 0
  private(set) var nonzero = 0
  private(set) var decoded = 0
  private(set) var entryPointsAgree: Bool?
  private let shouldStop: @Sendable () -> Bool

  init(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  func begin(_ start: TensorStart) {}

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    for level in levels where level != 0 {
      nonzero += 1
      largest = max(largest, Int(level.magnitude))
    }
    decoded += levels.count
  }

  func end(_ end: TensorEnd) {
    guard let agree = end.entryPointsAgree else { return }
    entryPointsAgree = (entryPointsAgree ?? true) && agree
  }

  var wantsMore: Bool { !shouldStop() }
}
