import DeepCABAC
import NNRModel

/// Something in a payload that an encoder hardly writes.
public struct ImplausibleEvent: Sendable, Hashable {
  /// What is odd.
  public enum Kind: Sendable, Hashable {
    /// A level that is far larger than all before it.
    case levelExplosion(level: Int, largestBefore: Int)
    /// Levels that cost far more than those before them, in bits for each weight.
    case costJump(bits: Double, before: Double)
    /// A block row that does not start as its entry point says.
    case entryPoint(blockRow: Int, listedBit: Int, foundBit: Int, listedValue: Int, foundValue: Int)
    /// The decoder cannot go on.
    case stop(DecodeFailure)
    /// The payload does not end as it should.
    case end(DecodeFailure)
  }

  /// What is odd.
  public let kind: Kind
  /// The place of the tensor in its unit, in coded order.
  public let tensor: Int
  /// The name of the tensor; not safe to print.
  public let name: String
  /// The row of the level; nil outside of levels.
  public let row: Int?
  /// The column of the level; nil outside of levels.
  public let column: Int?
  /// The number of the bin.
  public let bin: Int
  /// The payload bit position before the bin.
  public let bit: Int

  /// The first of each kind in a payload, in the order of the bins.
  static func all(
    _ decoding: UnitDecoding, _ payload: [UInt8], _ shouldStop: () -> Bool
  ) -> [ImplausibleEvent] {
    guard var trace = BinTrace(decoding, payload: payload) else { return [] }
    var watch = PayloadWatch(trace.tensors)
    var last: TracedBin?
    while let bin = trace.bin((last?.index ?? -1) + 1) {
      watch.add(bin)
      last = bin
      if bin.index % 4096 == 0, shouldStop() { return watch.events }
    }
    if let last {
      if let failure = trace.failure {
        watch.note(.stop(DecodeFailure(failure)), last)
      } else if let failure = trace.end.flatMap({ DecodeFailure($0) }) {
        watch.note(.end(failure), last)
      }
    }
    return watch.events
  }
}

/// Watches the bins of a payload for what is odd.
private struct PayloadWatch {
  /// The levels that are added up to tell a jump of costs.
  static let stretch = 32

  private(set) var events: [ImplausibleEvent] = []
  private let tensors: [CodedTensor]
  private var tensor = -1
  private var largest = 0
  private var level: TracedBin?
  private var levels = 0
  private var cost = 0.0
  private var stretches = 0
  private var total = 0.0
  private var stretchStart: TracedBin?
  private var blockRows = 0
  private var origin: Int?
  private var listedBit = 0
  private var hasExploded = false
  private var hasJumped = false
  private var hasMissed = false

  init(_ tensors: [CodedTensor]) { self.tensors = tensors }

  mutating func note(_ kind: ImplausibleEvent.Kind, _ bin: TracedBin) {
    events.append(
      ImplausibleEvent(
        kind: kind, tensor: bin.tensor,
        name: tensors.indices.contains(bin.tensor) ? tensors[bin.tensor].name : "",
        row: bin.event.row, column: bin.event.column, bin: bin.index, bit: bin.event.position))
  }

  mutating func add(_ bin: TracedBin) {
    if bin.tensor != tensor { begin(bin) }
    if bin.event.kind == .rangeReset { return checkEntryPoint(bin) }
    guard let scan = bin.walked.scanIndex else { return }
    if origin == nil { origin = bin.event.position }
    if scan != level?.walked.scanIndex {
      level = bin
      levels += 1
      if levels % Self.stretch == 1 { stretchStart = bin }
      check(Int((bin.walked.integer ?? 0).magnitude), bin)
    }
    cost += bin.event.cost
    guard levels % Self.stretch == 0, bin.walked.scanIndex == level?.walked.scanIndex else {
      return
    }
    closeStretch(after: bin)
  }

  private mutating func begin(_ bin: TracedBin) {
    tensor = bin.tensor
    (largest, levels, cost, stretches, total) = (0, 0, 0, 0, 0)
    (level, stretchStart, origin) = (nil, nil, nil)
    (blockRows, listedBit) = (0, 0)
  }

  private mutating func check(_ magnitude: Int, _ bin: TracedBin) {
    if !hasExploded, magnitude >= 256, magnitude > 16 * largest {
      hasExploded = true
      note(.levelExplosion(level: Int(bin.walked.integer ?? 0), largestBefore: largest), bin)
    }
    largest = max(largest, magnitude)
  }

  private mutating func closeStretch(after bin: TracedBin) {
    // Only once for each stretch: with the first bin of its last level.
    guard bin.walked == level?.walked else { return }
    let mean = stretches > 0 ? total / Double(stretches) : 0
    if !hasJumped, stretches >= 2, cost > 4 * mean + Double(Self.stretch), let start = stretchStart
    {
      hasJumped = true
      let scale = Double(Self.stretch)
      note(.costJump(bits: cost / scale, before: mean / scale), start)
    }
    stretches += 1
    total += cost
    cost = 0
  }

  private mutating func checkEntryPoint(_ bin: TracedBin) {
    guard let start = origin else {
      origin = bin.event.position
      return
    }
    guard tensors.indices.contains(tensor) else { return }
    let listed = tensors[tensor].entryPoints
    defer { blockRows += 1 }
    guard listed.indices.contains(blockRows), !hasMissed else { return }
    listedBit = (blockRows == 0 ? start : listedBit).saturatingAdd(listed[blockRows].distance)
    let value = bin.event.offset >> 7
    if listedBit != bin.event.position || listed[blockRows].value != value {
      hasMissed = true
      note(
        .entryPoint(
          blockRow: blockRows + 1, listedBit: listedBit, foundBit: bin.event.position,
          listedValue: listed[blockRows].value, foundValue: value), bin)
    }
  }
}
