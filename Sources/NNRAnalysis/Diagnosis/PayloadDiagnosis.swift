import DeepCABAC
import NNRModel

/// From a payload that does not decode to what may be wrong with it: where it first looks wrong, and which other readings
/// end well.
public struct PayloadDiagnosis: Sendable {
  /// A reading that was tried.
  public struct Attempt: Sendable, Hashable {
    /// The reading.
    public let reading: AlternativeReading
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
  /// The readings that were tried; none if it ends well.
  public let attempts: [Attempt]

  /// The readings that end well, the one with the smallest integers first.
  public var explanations: [Attempt] {
    attempts.enumerated().filter { $0.element.endsWell }
      .sorted { ($0.element.largest, $0.offset) < ($1.element.largest, $1.offset) }
      .map(\.element)
  }

  /// Diagnoses a data unit; nil for units without an arithmetic codeword.
  public init?(_ session: Session, stream: Int, unit: Int) {
    guard session.streams.indices.contains(stream),
      let decoding = session.decoding(stream: stream, unit: unit),
      decoding.unit.payloadType != .rawFloat,
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    self.unit = unit
    names = decoding.unit.codedTensors.map(\.name)
    payloadCount = payload.count
    failure = UnitDecoder.decode(decoding, payload: payload, into: ExtremesSink())
    guard failure != nil else {
      events = []
      attempts = []
      return
    }
    events = ImplausibleEvent.all(decoding, payload)
    let parents = decoding.unit.codedTensors.map {
      session.version(of: $0.name, before: stream)?.levels
    }
    attempts = AlternativeReading.candidates(for: decoding).compactMap { reading in
      reading.applied(to: decoding, parents: parents).map { other in
        let sink = ExtremesSink()
        let failure = UnitDecoder.decode(other, payload: payload, into: sink)
        return Attempt(
          reading: reading, failure: failure, largest: sink.largest, nonzero: sink.nonzero,
          decoded: sink.decoded, entryPointsAgree: sink.entryPointsAgree)
      }
    }
  }
}

/// Keeps the extremes of all tensors of a unit.
private final class ExtremesSink: TensorSink {
  private(set) var largest = 0
  private(set) var nonzero = 0
  private(set) var decoded = 0
  private(set) var entryPointsAgree: Bool?

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

  var wantsMore: Bool { true }
}
