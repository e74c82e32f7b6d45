import DeepCABAC

/// Where the integers of a tensor come from.
public enum LevelsOrigin: String, Sendable, Hashable {
  /// The payload, as every decoder reads it.
  case payload
  /// The encoder: found by a search through what later rounds accept.
  case encoderBySearch = "encoder, by search"
}

/// What became of a chain of updates whose encoder built on other integers than decoders find.
public struct ChainRepair: Sendable {
  /// A coded tensor of the chain.
  public struct Place: Sendable, Hashable {
    /// The number of the stream.
    public let stream: Int
    /// The number of the unit.
    public let unit: Int
    /// The place among the tensors of the unit.
    public let tensor: Int
  }

  /// What was found about a tensor in which the states of quantizer and coder part.
  public struct Finding: Sendable {
    /// The tensor.
    public let place: Place
    /// Its name; not safe to print.
    public let name: String
    /// The stream that told, or was asked; nil where none builds on the tensor.
    public let witness: Int?
    /// What came of it.
    public let outcome: Outcome
    /// How many assignments of open zeros were held against the witness.
    public let trials: Int
  }

  /// What came of looking for the encoder's integers.
  public enum Outcome: Sendable, Hashable {
    /// They are known; `changed` of them differ from the decoded ones. `others` assignments with more ones among open zeros fit
    /// too, or more than that, and differ in the weights `differing`.
    case repaired(changed: Int, others: Int, differing: [Int])
    /// The next round builds on the decoded integers: nothing is to be repaired.
    case sound
    /// Several assignments are left: how many integers differ among them, and where first.
    case ambiguous(survivors: Int, differing: [Int])
    /// No later round tells; `openZeros` zeros may be ones.
    case untold(openZeros: Int)
    /// No integers that an encoder can have had fit the next round.
    case none
    /// There are too many assignments to try.
    case tooMany
  }

  /// Whether histories count the base model, as they do where one tool served all calls of the encoder.
  public internal(set) var historyIncludesBase = false
  /// The tensors whose states part, in the order of the chain.
  public internal(set) var findings: [Finding] = []
  /// The streams whose integers units build on in place of their parents', by stream and unit.
  public internal(set) var staleParents: [Place: Int] = [:]
  /// Whether a search was stopped before its end.
  public internal(set) var wasStopped = false
  /// The units that do not decode.
  public internal(set) var failures = 0
  /// The encoder's integers, where they are known.
  var levels: [Place: [Int32]] = [:]
  /// Integers that decode the next round like all others that are left, whichever is right.
  var standIns: [Place: [Int32]] = [:]

  /// The encoder's integers of the tensors of a unit, by their places.
  func levels(stream: Int, unit: Int) -> [Int: [Int32]] {
    var found: [Int: [Int32]] = [:]
    for (place, integers) in levels where place.stream == stream && place.unit == unit {
      found[place.tensor] = integers
    }
    return found
  }

  /// The key of a unit.
  static func unit(_ stream: Int, _ unit: Int) -> Place {
    Place(stream: stream, unit: unit, tensor: 0)
  }
}

/// Hands the encoder's integers on in place of the decoded ones.
final class RepairingSink: TensorSink {
  private let sink: any TensorSink
  private let levels: [Int: [Int32]]
  private var current: [Int32]?

  /// A sink in front of `sink`, with integers by the places of their tensors.
  init(_ sink: any TensorSink, _ levels: [Int: [Int32]]) {
    self.sink = sink
    self.levels = levels
  }

  func begin(_ start: TensorStart) {
    current = levels[start.tensor.place]
    var start = start
    if current != nil { start.levelsOrigin = .encoderBySearch }
    sink.begin(start)
  }

  func take(_ run: ArraySlice<Int32>, first: Int) {
    guard let current, current.count >= first + run.count else {
      return sink.take(run, first: first)
    }
    sink.take(current[first..<first + run.count], first: first)
  }

  func end(_ end: TensorEnd) { sink.end(end) }

  var wantsMore: Bool { sink.wantsMore }
}

extension ChainRepair {
  /// The number of tensors that have the encoder's integers now.
  public var repaired: Int {
    findings.count { if case .repaired = $0.outcome { true } else { false } }
  }

  /// Whether decoding differs from what headers and payloads say by themselves.
  public var changesDecoding: Bool {
    historyIncludesBase || !staleParents.isEmpty || !levels.isEmpty || !standIns.isEmpty
  }
}
