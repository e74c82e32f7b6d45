/// Decodes the runs of several payloads in one thread, one bin of each in turn (lock step).
///
/// A processor works on several bins at once that way, and none is mispredicted. It pays where bins are hard to predict:
/// see `isWorthwhile`. Results, errors and the state of each decoder are those of `PayloadDecoder.nextRun`. Use from one
/// thread at a time; a decoder that was taken must not be used until its run has ended.
public final class LockStep {
  /// The most payloads at a time.
  public static let width = LockStepBlock.lanes

  /// A run that has ended.
  public struct Ended: Sendable {
    /// What `take` was given.
    public let tag: Int
    /// The run, or why it ended early; before an error, the levels hold what was decoded.
    public let result: Result<TensorRun, DecodingError>
  }

  private let core = LockStepCore()
  private var slots: [LockStepSlot] = []
  private var free: [LockStepSlot] = []

  /// Without payloads, with room for runs of `capacity` levels made ready.
  public init(capacity: Int = 0) {
    free = (0..<Self.width).map { _ in LockStepSlot(capacity: capacity) }
  }

  /// The number of runs that are begun.
  public var count: Int { slots.count }

  /// Whether lock step is likely to be faster for so many weights in a payload of so many bytes.
  ///
  /// Where zeros are frequent, they are predicted well, and below some thousand weights nothing is won.
  public static func isWorthwhile(weights: Int, payloadBytes: Int) -> Bool {
    weights >= 4000 && Double(payloadBytes) * 8 >= 0.7 * Double(weights)
  }

  /// Takes the next run of the decoder's tensor; false if there is no room, no run, or one that lock step does not do.
  ///
  /// A run that is not taken is for `nextRun`.
  public func take(_ decoder: PayloadDecoder, tag: Int, atMost limit: Int) -> Bool {
    let count = decoder.nextRunCount(atMost: limit)
    guard count > 0, let slot = free.last, let state = decoder.lend(count) else { return false }
    free.removeLast()
    slot.begin(decoder, state, tag: tag, count: count)
    slots.append(slot)
    return true
  }

  /// Decodes until a run ends and passes it on with its levels; nothing happens if there is none.
  public func advance(_ body: (Ended, ArraySlice<Int32>) -> Void) {
    guard !slots.isEmpty else { return }
    // A level that was finished for a pause may have been none.
    var ended = slots.firstIndex { $0.isOver }
    if ended == nil {
      pinned(0) {
        for slot in slots { slot.open(core) }
        ended = core.advance()
        // The others pause: their memory may move as soon as this returns.
        for slot in slots.reversed() { slot.close(core) }
      }
    }
    guard let ended else { return }
    let slot = slots.remove(at: ended)
    free.append(slot)
    let result = slot.finish()
    body(Ended(tag: slot.tag, result: result), slot.levels)
  }

  private func pinned(_ number: Int, _ body: () -> Void) {
    guard number < slots.count else { return body() }
    slots[number].pin { pinned(number + 1, body) }
  }
}
