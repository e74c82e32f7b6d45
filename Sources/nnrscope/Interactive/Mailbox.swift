import Explorer
import Locking

/// Where background work leaves its news for the thread of the terminal.
final class Mailbox: Sendable {
  private let events = Locked<[ExplorerEvent]>([])

  /// Leaves an event.
  func put(_ event: ExplorerEvent) { events.withLock { $0.append(event) } }

  /// Takes all events, oldest first.
  func take() -> [ExplorerEvent] {
    events.withLock { list in
      defer { list = [] }
      return list
    }
  }
}
