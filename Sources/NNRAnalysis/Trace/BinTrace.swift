import DeepCABAC
import NNRModel
import Ordering

/// The bins of a payload by their numbers: walks forwards and backwards, with checkpoints to come back to.
///
/// A value that learns as it is used: reading far ahead decodes everything in between once; going back decodes at most the
/// bins behind a checkpoint. Memory stays bounded however long the payload is.
public struct BinTrace: Sendable {
  /// A place to come back to.
  private struct Checkpoint: Sendable {
    var index: Int
    var walker: BinWalker
  }

  /// The most checkpoints that are kept; beyond it every second one is dropped.
  private static let checkpointLimit = 1024

  /// The tensors of the payload in coded order.
  public let tensors: [CodedTensor]
  /// The decoding of the unit, with the parents it needs.
  public let decoding: UnitDecoding
  /// The number of bytes of the payload.
  public let payloadCount: Int

  private var checkpoints: [Checkpoint]
  private var spacing: Int
  /// The bins behind checkpoint `windowPlace`.
  private var window: [WalkedBin] = []
  private var windowStart = 0
  private var frontier: Checkpoint
  /// The number of bins; nil until the end was reached.
  public private(set) var count: Int?
  /// What stopped the decoder; nil if nothing did so far.
  public private(set) var failure: DecodingError?
  /// The end-of-payload checks; nil until they were reached.
  public private(set) var end: PayloadEnd?

  /// The bins of the payload of a unit; nil for units without an arithmetic codeword.
  ///
  /// `spacing` is the number of bins between checkpoints to begin with.
  public init?(_ session: Session, stream: Int, unit: Int, spacing: Int = 2048) {
    guard session.streams.indices.contains(stream),
      let decoding = session.decoding(stream: stream, unit: unit),
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return nil }
    self.init(decoding, payload: payload, spacing: spacing)
  }

  /// The bins of `payload` read as `decoding` says; nil for units without an arithmetic codeword, and where it cannot be
  /// decoded for want of dimensions or parents.
  public init?(_ decoding: UnitDecoding, payload: [UInt8], spacing: Int = 2048) {
    let walked = decoding.walkedTensors
    guard !walked.isEmpty, !decoding.unit.isPartial, !decoding.unit.isSplit,
      decoding.unit.codedTensors.allSatisfy({ tensor in
        tensor.count.map { $0 <= decoding.keptWeights } ?? false
      }), !decoding.usesTemporalContexts || decoding.missingParent == nil
    else { return nil }
    self.decoding = decoding
    tensors = decoding.unit.codedTensors
    payloadCount = payload.count
    self.spacing = max(1, spacing)
    frontier = Checkpoint(index: 0, walker: BinWalker(bytes: payload, tensors: walked))
    checkpoints = [frontier]
  }

  /// The payload bit behind the last bin that was decoded so far.
  public var position: Int { frontier.walker.position }

  /// The place in `tensors` of the tensor that the decoder got to so far.
  public var tensor: Int { frontier.walker.tensor }

  /// The bin with a number; nil behind the last.
  public mutating func bin(_ index: Int) -> TracedBin? {
    guard index >= 0 else { return nil }
    if let known = inWindow(index) { return known }
    if let count, index >= count { return nil }
    while frontier.index <= index {
      guard extend() else { break }
      if let known = inWindow(index) { return known }
    }
    if let count, index >= count { return nil }
    load(index)
    return inWindow(index)
  }

  /// Decodes to the end and tells the number of bins; `shouldStop` is asked now and then, nil if it said so.
  public mutating func countAll(shouldStop: () -> Bool = { false }) -> Int? {
    while count == nil {
      guard !shouldStop() else { return nil }
      _ = extend()
    }
    return count
  }

  private func inWindow(_ index: Int) -> TracedBin? {
    let place = index - windowStart
    return window.indices.contains(place) ? TracedBin(index: index, walked: window[place]) : nil
  }

  /// Decodes the next stretch at the frontier into the window; false at the end.
  private mutating func extend() -> Bool {
    guard count == nil else { return false }
    windowStart = frontier.index
    window.removeAll(keepingCapacity: true)
    var walker = frontier.walker
    walk(&walker, atLeast: spacing)
    frontier = Checkpoint(index: windowStart + window.count, walker: walker)
    if walker.isAtEnd {
      count = frontier.index
      end = walker.end
    } else {
      checkpoints.append(frontier)
      if checkpoints.count > Self.checkpointLimit { thin() }
    }
    return true
  }

  /// Decodes steps into the window until it has `count` bins.
  private mutating func walk(_ walker: inout BinWalker, atLeast count: Int) {
    do throws(DecodingError) {
      while window.count < count, try walker.step(into: &window) {}
    } catch {
      failure = error
    }
  }

  private mutating func thin() {
    checkpoints = checkpoints.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    spacing *= 2
  }

  /// Fills the window with the stretch that holds a bin before the frontier.
  private mutating func load(_ index: Int) {
    let place = checkpoints.prefixEnd { $0.index <= index } - 1
    guard checkpoints.indices.contains(place) else { return }
    let next = place + 1 < checkpoints.count ? checkpoints[place + 1].index : frontier.index
    windowStart = checkpoints[place].index
    window.removeAll(keepingCapacity: true)
    var walker = checkpoints[place].walker
    walk(&walker, atLeast: next - windowStart)
  }

  /// The number of a bin before `position` and not far from it.
  mutating func start(nearPosition position: Int) -> Int {
    while count == nil, frontier.walker.position <= position { _ = extend() }
    let place = checkpoints.prefixEnd { $0.walker.position <= position } - 1
    return checkpoints.indices.contains(place) ? checkpoints[place].index : 0
  }
}
