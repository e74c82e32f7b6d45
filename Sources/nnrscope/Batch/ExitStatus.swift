import NNRReport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How the program ends (contract of the command line).
enum ExitStatus: Error, CustomStringConvertible {
  /// The stream has errors; whatever could be shown was shown.
  case streamHasErrors
  /// The command line makes no sense.
  case usage(String)
  /// A file cannot be read or written, or there is no usable terminal.
  case unusable(String)
  /// Two streams differ.
  case differs

  /// What each number means.
  static let meanings: [(code: Int, meaning: String)] = [
    (0, "fine"), (1, "the stream has errors"), (2, "wrong usage"),
    (3, "a file cannot be read or written, or there is no usable terminal"),
    (4, "diff found differences, or a budget that is not kept"),
  ]

  /// The number.
  var code: Int32 {
    switch self {
    case .streamHasErrors: 1
    case .usage: 2
    case .unusable: 3
    case .differs: 4
    }
  }

  /// Why, as a sentence.
  var description: String {
    switch self {
    case .streamHasErrors: "the stream has errors"
    case .usage(let reason), .unusable(let reason): reason
    case .differs: "the streams differ"
    }
  }

  /// Ends the program without anything more to say.
  static func leave(_ code: Int32) -> Never { exit(code) }

  /// Says why on standard error and ends the program.
  func leave() -> Never {
    switch self {
    case .streamHasErrors, .differs: break
    case .usage(let reason):
      for line in reason.split(separator: "\n", omittingEmptySubsequences: false) {
        Output.complain(String(line))
      }
    case .unusable(let reason): Output.complain(reason)
    }
    exit(code)
  }
}
