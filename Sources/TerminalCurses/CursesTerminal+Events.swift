import CNcurses
import CTerminal
import TerminalScreen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension CursesTerminal {
  /// Waits for the next event.
  ///
  /// - Parameter timeout: milliseconds until `.tick`; nil waits for ever.
  /// - Returns: `.quit` again and again once the program must end.
  public func nextEvent(timeout: Int? = nil) -> Event {
    let deadline = timeout.map { Self.now() + Int64($0) }
    while true {
      if !queue.isEmpty { return queue.removeFirst() }
      if let event = pendingSignal() { return event }
      let rest = deadline.map { max(0, $0 - Self.now()) }
      switch wait(rest) {
      case .tick: return .tick
      case .lost:
        isLost = true
        if endingSignal == 0 { endingSignal = SIGHUP }
        return .quit
      case .ready: break
      }
    }
  }

  private enum Wait {
    case tick, lost, ready
  }

  private func wait(_ milliseconds: Int64?) -> Wait {
    var watched = [
      pollfd(fd: tty, events: Int16(POLLIN), revents: 0),
      pollfd(fd: ct_signals_fd(), events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(
      &watched, nfds_t(watched.count), milliseconds.map { Int32(clamping: $0) } ?? -1)
    // A signal interrupts poll; its flag is looked at next.
    if count < 0 { return errno == EINTR ? .ready : .lost }
    if count == 0 { return .tick }
    if watched[1].revents != 0 { ct_signals_drain() }
    if watched[0].revents & Int16(POLLIN) != 0 {
      queue = decoder.read()
      // Readable but nothing to read is how a terminal that went away looks on some systems.
      if queue.isEmpty && isHungUp() { return .lost }
    } else if watched[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      return .lost
    }
    return .ready
  }

  private func isHungUp() -> Bool {
    var modes = termios()
    return tcgetattr(tty, &modes) != 0 && errno == EIO
  }

  private func pendingSignal() -> Event? {
    if isLost || endingSignal != 0 { return .quit }
    for signal in [SIGHUP, SIGTERM, SIGINT, SIGQUIT] where ct_signals_take(signal) != 0 {
      endingSignal = signal
      return .quit
    }
    if ct_signals_take(SIGCONT) != 0 {
      // After SIGSTOP and `fg` the shell has drawn over the screen and changed the modes.
      _ = ct_signals_take(SIGWINCH)
      giveBack()
      comeBack()
      // The window may have changed while the program was stopped.
      queue.append(.resize(size))
      return .resumed
    }
    if ct_signals_take(SIGWINCH) != 0 {
      adoptSize()
      return .resize(size)
    }
    return ct_wake_take() != 0 ? .wake : nil
  }

  /// Stops the program as Ctrl-Z does elsewhere; returns when it is continued.
  public func suspend() {
    guard isOpen, !isLost else { return }
    giveBack()
    ct_stop_group()
    _ = ct_signals_take(SIGCONT)
    comeBack()
    queue.append(.resumed)
  }

  private func comeBack() {
    adoptSize()
    redraw()
    takeOver()
  }

  private func adoptSize() {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard ct_window_size(tty, &rows, &columns) == 0, rows > 0, columns > 0 else { return }
    resizeterm(rows, columns)
    size = Size(Int(columns), Int(rows))
    redraw()
  }

  private static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
