import Foundation
import PseudoTerminal

/// A program that ran to its end in a session of its own, without a terminal.
public struct ProgramRun: Sendable {
  /// How a program ended.
  public enum Ending: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
  }

  /// Why a program could not be run.
  public enum Failure: Error {
    case system(String, Int32)
    case timedOut(output: String, errors: String)
  }

  /// Where a program's standard output goes.
  public enum Output: Sendable {
    /// Into `ProgramRun.output`.
    case kept
    /// Into a descriptor.
    case descriptor(Int32)
    /// Into a pipe that nobody reads after so many bytes.
    case closedAfter(Int)
  }

  /// How it ended.
  public let ending: Ending
  /// What it wrote to standard output.
  public let output: [UInt8]
  /// What it wrote to standard error.
  public let errors: [UInt8]

  /// Standard output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }
  /// Standard error as text.
  public var complaint: String { String(decoding: errors, as: UTF8.self) }

  /// Runs `program` to its end.
  ///
  /// `input` goes through a pipe; without one standard input is the null device. `environment` adds to that of the test.
  public init(
    _ program: String, _ arguments: [String], input: [UInt8]? = nil, output: Output = .kept,
    environment: [String: String] = [:], seconds: Double = 60
  ) throws {
    var pipes = try Pipes(input: input, output)
    defer { pipes.closeAll() }
    var variables = ProcessInfo.processInfo.environment
    variables["SWIFT_BACKTRACE"] = "enable=no"
    // The configuration of whoever runs the tests is not for them.
    variables["XDG_CONFIG_HOME"] = "/dev/null/none"
    variables.merge(environment) { $1 }
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    let process = pt_spawn(
      program, argv, envp, pipes.theirInput, pipes.theirOutput, pipes.theirErrors)
    guard process > 0 else { throw Failure.system("fork", -process) }
    pipes.closeTheirs()
    let deadline = Date().addingTimeInterval(seconds)
    while pipes.isOpen {
      guard Date() < deadline else {
        kill(process, SIGKILL)
        _ = Self.wait(for: process)
        throw Failure.timedOut(
          output: String(decoding: pipes.output, as: UTF8.self),
          errors: String(decoding: pipes.errors, as: UTF8.self))
      }
      pipes.step()
    }
    ending = Self.wait(for: process)
    self.output = pipes.output
    errors = pipes.errors
  }

  private static func wait(for process: pid_t) -> Ending {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let signal = pt_status_signal(status)
    return signal != 0 ? .signal(signal) : .exit(pt_status_code(status))
  }
}
