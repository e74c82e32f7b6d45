import TerminalScreen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Reads the terminal and gives events: ncurses draws only, as it knows no more keys than terminfo.
struct InputDecoder {
  private var parser: InputParser
  private let terminal: Int32
  private var lastClick: (time: Double, point: Point)?

  /// Longest time between the clicks of a double click, in seconds.
  private static let doubleClickTime = 0.4
  /// How long the rest of a key is waited for, and that of a sequence which is no key yet, in milliseconds.
  private static let (keyTime, sequenceTime): (Int32, Int32) = (25, 300)
  /// The most bytes that are read at once.
  private static let chunk = 1 << 16

  /// A decoder of what an open terminal sends.
  init(_ terminal: Int32, utf8: Bool, backspace: UInt8) {
    self.terminal = terminal
    parser = InputParser(utf8: utf8, backspace: backspace)
  }

  /// Reads everything that is there, and waits a little for the rest of a sequence.
  mutating func read() -> [Event] {
    var events: [Event] = []
    var total = 0
    var bytes = [UInt8](repeating: 0, count: 4096)
    while total < Self.chunk {
      let patience: Int32 =
        switch parser.unfinished {
        case nil: 0
        case .key: Self.keyTime
        case .sequence: Self.sequenceTime
        }
      guard isReadable(patience) else {
        events += parser.giveUp()
        break
      }
      let count = unistdRead(terminal, &bytes, bytes.count)
      guard count > 0 else { break }
      total += count
      events += parser.feed(bytes[..<count])
    }
    return events.map { timed($0) }
  }

  private func isReadable(_ milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0 && watched.revents & Int16(POLLIN) != 0
  }

  /// A click that follows another on the same cell quickly is a double click.
  private mutating func timed(_ event: Event) -> Event {
    guard case .mouse(var mouse) = event, mouse.action == .click else { return event }
    if isSecondClick(mouse.position) { mouse.action = .doubleClick }
    return .mouse(mouse)
  }

  /// Whether a click follows another on the same cell quickly; a third starts anew.
  private mutating func isSecondClick(_ point: Point) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let time = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    if let last = lastClick, last.point == point, time - last.time < Self.doubleClickTime {
      lastClick = nil
      return true
    }
    lastClick = (time, point)
    return false
  }
}

/// The system's `read`, which the struct's own hides.
private func unistdRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int
{
  read(descriptor, buffer, count)
}
