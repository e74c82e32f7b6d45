import CNcurses
import CTerminal
import TerminalScreen

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The real terminal: shows grids and reports events.
///
/// Not `Sendable` on purpose: ncurses belongs to the thread that opened it. Background tasks post
/// their results elsewhere and call `waker`. There is one open terminal per process at a time.
public final class CursesTerminal {
  /// Characters that may be drawn.
  public let glyphs: GlyphSet
  /// Colours in use.
  public private(set) var theme: Theme
  /// Wakes `nextEvent` from other threads.
  public let waker = Waker()
  /// The signal that asked the program to end; 0 if none did.
  public internal(set) var endingSignal: Int32 = 0
  /// The size to draw for.
  public internal(set) var size: Size

  /// The device, for polling and modes.
  let tty: Int32
  /// What ncurses could read, but does not; a duplicate of `tty`.
  let input: UnsafeMutablePointer<FILE>
  /// What ncurses writes; a duplicate of `tty`.
  let output: UnsafeMutablePointer<FILE>
  /// The ncurses screen.
  let screen: OpaquePointer
  /// Modes of ours to set when the screen is taken over.
  let enter: String
  /// The same modes to reset.
  let leave: String
  /// Everything to write when the process crashes.
  let leaveAll: String
  /// What was painted last.
  var painter: Painter
  /// Keys and pastes that are half read.
  var decoder: InputDecoder
  /// Events read but not yet handed out.
  var queue: [Event] = []
  /// Whether `close` is still to come.
  var isOpen = true
  /// Whether the terminal went away.
  var isLost = false
  /// Modes found at the start.
  var original = termios()

  /// Opens the terminal and takes over its screen.
  public static func open(_ options: CursesOptions = CursesOptions()) throws(CursesError)
    -> CursesTerminal
  {
    try CursesTerminal(options)
  }

  private init(_ options: CursesOptions) throws(CursesError) {
    let name = getenv("TERM").map { String(cString: $0) } ?? ""
    let tty = openDevice(options.device)
    guard tty >= 0 else { throw .noTerminal(Self.reason(errno)) }
    var modes = termios()
    guard tcgetattr(tty, &modes) == 0 else {
      closeDescriptor(tty)
      throw .noTerminal(Self.reason(errno))
    }
    let utf8 = LocaleChoice.setUp()
    let leave = "\u{1B}[?2004l"
    switch nc_check_terminal(tty) {
    case 0: break
    case 2:
      closeDescriptor(tty)
      throw .cannotMoveCursor(name)
    default:
      closeDescriptor(tty)
      throw .unknownTerminal(name)
    }
    ct_signals_unblock()
    // Before newterm, which installs handlers only where it finds none.
    let failure = ct_signals_install()
    guard failure == 0, let input = fdopen(dup(tty), "r"), let output = fdopen(dup(tty), "w") else {
      closeDescriptor(tty)
      throw .failed(Self.reason(failure == 0 ? errno : failure))
    }
    let leaveAll = Self.leaving(pastes: leave)
    // ncurses changes modes and the screen from here on.
    ct_crash_arm(tty, leaveAll, &modes)
    guard let screen = newterm(nil, output, input) else {
      ct_crash_disarm()
      ct_signals_restore()
      fclose(input)
      fclose(output)
      closeDescriptor(tty)
      throw .unknownTerminal(name)
    }
    self.tty = tty
    self.input = input
    self.output = output
    self.screen = screen
    original = modes
    glyphs = options.glyphs ?? LocaleChoice.glyphs(utf8: utf8, terminal: name)
    theme = Theme(options.theme, depth: Self.startColor(options.color))
    painter = Painter(theme: theme)
    decoder = InputDecoder(tty, utf8: utf8, backspace: Self.backspace(modes))
    size = Size(Int(nc_columns()), Int(nc_lines()))
    enter = "\u{1B}[?2004h"
    self.leave = leave
    self.leaveAll = leaveAll
    raw()
    noecho()
    nonl()
    intrflush(nc_screen(), false)
    scrollok(nc_screen(), false)
    if options.mouse { mousemask(nc_mouse_mask(), nil) }
    takeOver()
  }

  deinit { close() }

  /// Gives the screen back as it was; further calls do nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    giveBack()
    delscreen(screen)
    fclose(output)
    fclose(input)
    // ncurses restores what it found; this also covers modes changed in between.
    if !isLost { tcsetattr(tty, TCSADRAIN, &original) }
    closeDescriptor(tty)
    ct_signals_restore()
  }

  /// Ends the process by the signal that asked for it, if one did, so that its parent sees why.
  public func raiseEndingSignal() {
    guard endingSignal != 0, !isOpen else { return }
    ct_signals_raise_default(endingSignal)
  }

  /// Shows a grid.
  public func show(_ grid: Grid) {
    guard isOpen, !isLost else { return }
    let changed = painter.paint(grid)
    guard changed else { return }
    if let cursor = grid.cursor, cursor.y < Int(nc_lines()), cursor.x < Int(nc_columns()) {
      curs_set(1)
      wmove(nc_screen(), Int32(cursor.y), Int32(cursor.x))
    } else {
      curs_set(0)
    }
    ct_draw_begin()
    defer { ct_draw_end() }
    // Terminals that know synchronised output show the frame at once, others ignore the mode.
    send("\u{1B}[?2026h")
    wrefresh(nc_screen())
    send("\u{1B}[?2026l")
  }

  /// Repaints everything, for Ctrl-L.
  public func redraw() {
    painter.forget()
    _ = nc_repaint_all()
  }

  /// Shows the next grid in other colours.
  public func use(_ name: Theme.Name) {
    theme = Theme(name, depth: theme.depth)
    painter.use(theme)
  }

  /// Enters the modes that ncurses does not know of and guards the terminal.
  func takeOver() {
    ct_crash_arm(tty, leaveAll, &original)
    ct_stderr_capture()
    wrefresh(nc_screen())
    send(enter)
  }

  /// Leaves the screen; ncurses comes back with the next refresh.
  func giveBack() {
    send(leave)
    endwin()
    ct_crash_disarm()
    ct_stderr_release()
  }

  /// Writes control text past ncurses.
  func send(_ text: String) {
    // ncurses writes to the descriptor itself, so nothing of ours may stay in the buffer.
    fputs(text, output)
    fflush(output)
  }

  /// The byte that the terminal sends for Backspace, as its driver knows.
  private static func backspace(_ modes: termios) -> UInt8 {
    var modes = modes
    return withUnsafeBytes(of: &modes.c_cc) { $0[Int(VERASE)] == 8 ? 8 : 127 }
  }

  private static func startColor(_ choice: CursesOptions.ColorChoice) -> ColorDepth {
    let refused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    guard choice == .always || (choice == .auto && !refused), has_colors() else {
      return .monochrome
    }
    start_color()
    use_default_colors()
    let colors = nc_colors()
    return colors >= 256 ? .palette : colors >= 8 ? .basic : .monochrome
  }

  /// All that leaves the screen and switches off what was switched on.
  private static func leaving(pastes: String) -> String {
    let mouseOff = "\u{1B}[?1000l\u{1B}[?1006l"
    let capabilities = ["sgr0", "cnorm", "rmkx", "rmcup"].map { capability($0) }.joined()
    return "\u{1B}[?2026l" + mouseOff + pastes + capabilities + "\r\n"
  }

  private static func capability(_ name: String) -> String {
    guard let text = nc_capability(name) else { return "" }
    return withoutDelays(String(cString: text))
  }

  /// Terminfo writes pauses as `$<5>`; they are of no use in a crash.
  static func withoutDelays(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      guard rest[dollar...].hasPrefix("$<"), let end = rest[dollar...].firstIndex(of: ">") else {
        break
      }
      result += rest[..<dollar]
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// The system's `close`, which the class's own hides.
private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }

/// Opens a terminal for reading and writing.
private func openDevice(_ path: String) -> Int32 { open(path, O_RDWR | O_CLOEXEC | O_NOCTTY) }
