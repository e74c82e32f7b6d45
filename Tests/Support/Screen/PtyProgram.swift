import Foundation
import PseudoTerminal
import TerminalScreen

/// A program that runs in a pseudo-terminal, driven by keys and watched through its screen.
///
/// Nothing sleeps for a fixed time: every wait polls for a condition until a deadline.
public final class PtyProgram {
  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Why a program could not be driven.
  public enum Failure: Error, CustomStringConvertible {
    case system(String, Int32)
    case timedOut(waitingFor: String, screen: String)

    /// A sentence with the last screen.
    public var description: String {
      switch self {
      case .system(let what, let code): "\(what): \(String(cString: strerror(code)))"
      case .timedOut(let what, let screen): "timed out waiting for \(what); the screen:\n\(screen)"
      }
    }
  }

  /// The screen as of the last wait.
  public private(set) var screen: VTScreen
  /// The process.
  public let process: pid_t
  /// The terminal's modes before the program started.
  public let modesBefore: String
  /// Everything the program wrote, for byte-exact checks.
  public private(set) var transcript: [UInt8] = []
  /// How the program ended, once a wait has seen it.
  public private(set) var ending: Ending?
  private var master: Int32
  // Kept open so that modes can be read after the program's end.
  private let slave: Int32

  /// Starts a program; `input` and `output` replace its standard input and output.
  public init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    size: Size = Size(80, 24), input: Int32 = -1, output: Int32 = -1
  ) throws {
    var path = [CChar](repeating: 0, count: 128)
    master = pt_open(Int32(size.height), Int32(size.width), &path, path.count)
    guard master >= 0 else { throw Failure.system("pty", -master) }
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard slave >= 0 else { throw Failure.system("pty slave", errno) }
    modesBefore = Self.modes(of: slave)
    var variables = ProcessInfo.processInfo.environment
    variables["NO_COLOR"] = nil
    variables["LINES"] = nil
    variables["COLUMNS"] = nil
    variables["TERM"] = "xterm-256color"
    variables["LC_ALL"] = "C.UTF-8"
    variables["XDG_CONFIG_HOME"] = "/dev/null/none"
    variables.merge(environment) { $1 }
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    process = pt_spawn_on(path, program, argv, envp, input, output)
    guard process > 0 else { throw Failure.system("fork", -process) }
    screen = VTScreen(size)
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    if master >= 0 { close(master) }
    close(slave)
  }

  /// The terminal's modes as text, to compare before and after.
  public var modes: String { Self.modes(of: slave) }

  private static func modes(of slave: Int32) -> String {
    var modes = termios()
    guard tcgetattr(slave, &modes) == 0 else { return "none" }
    return withUnsafeBytes(of: modes.c_cc) { characters in
      "\(modes.c_iflag) \(modes.c_oflag) \(modes.c_cflag) \(modes.c_lflag) \(Array(characters))"
    }
  }

  /// Types bytes.
  public func send(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let step = bytes[sent...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard step > 0 else { return }
      sent += step
    }
  }

  /// Types keys by their spelling, as in `send(keys: "j j Enter C-o")`.
  public func send(keys: String) {
    for key in Key.sequence(keys) ?? [] { send(key.terminalBytes) }
  }

  /// Changes the terminal's size.
  public func resize(_ size: Size) {
    _ = drain(0)
    screen.resize(size)
    pt_resize(master, Int32(size.height), Int32(size.width))
  }

  /// Sends a signal to the process.
  public func signal(_ number: Int32) { kill(process, number) }

  /// Takes the terminal away, as a closed window does.
  public func hangUp() {
    close(master)
    master = -1
  }

  /// Waits until the screen satisfies a condition.
  public func wait(
    for what: String, seconds: Double = 10, _ condition: (VTScreen) -> Bool
  ) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while !condition(screen) {
      let ended = reap()
      let more = drain(20)
      if ended && !more && !condition(screen) || Date() > deadline {
        throw Failure.timedOut(waitingFor: what, screen: screen.text)
      }
    }
  }

  /// Waits until the program has written so many bytes, or has ended.
  public func wait(forBytes count: Int, seconds: Double = 10) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while transcript.count < count, ending == nil {
      if !drain(1) { _ = reap() }
      guard Date() < deadline else {
        throw Failure.timedOut(waitingFor: "\(count) bytes", screen: screen.text)
      }
    }
  }

  /// Waits until the screen shows a text.
  public func wait(forText text: String, seconds: Double = 10) throws {
    try wait(for: "\"\(text)\"", seconds: seconds) { $0.text.contains(text) }
  }

  /// Waits until the program ends.
  public func waitForEnd(seconds: Double = 10) throws -> Ending {
    let deadline = Date().addingTimeInterval(seconds)
    while !reap() {
      _ = drain(5)
      if Date() > deadline {
        throw Failure.timedOut(waitingFor: "the program's end", screen: screen.text)
      }
    }
    while drain(0) {}
    return ending ?? .exit(-1)
  }

  /// Whether the program is stopped (by Ctrl-Z); waits for it until the deadline.
  public func waitForStop(seconds: Double = 10) throws {
    let deadline = Date().addingTimeInterval(seconds)
    while true {
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG | WUNTRACED) == process {
        if status & 0xFF == 0x7F { return }
        note(status)
      }
      _ = drain(5)
      if ending != nil || Date() > deadline {
        throw Failure.timedOut(waitingFor: "a stop", screen: screen.text)
      }
    }
  }

  private func reap() -> Bool {
    if ending != nil { return true }
    var status: Int32 = 0
    if waitpid(process, &status, WNOHANG) == process { note(status) }
    return ending != nil
  }

  private func note(_ status: Int32) {
    let signal = pt_status_signal(status)
    ending = signal != 0 ? .signal(signal) : .exit(pt_status_code(status))
  }

  /// Takes what the program has written, waiting at most some milliseconds for it.
  private func drain(_ milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, milliseconds) > 0, watched.revents & Int16(POLLIN) != 0 else {
      return false
    }
    var bytes = [UInt8](repeating: 0, count: 16_384)
    let count = read(master, &bytes, bytes.count)
    guard count > 0 else { return false }
    transcript += bytes[..<count]
    screen.feed(bytes[..<count])
    return true
  }
}
