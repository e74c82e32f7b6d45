import CTerminal

/// Wakes a terminal that waits for events; may be kept and called by any thread, also after closing.
public struct Waker: Sendable {
  /// Handed out by terminals.
  init() {}

  /// Makes the waiting `nextEvent` return `.wake` soon; calls before that are merged into one.
  public func wake() { ct_wake() }
}
