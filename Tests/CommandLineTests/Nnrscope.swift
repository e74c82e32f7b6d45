import Foundation
import TestSupport
import Testing

/// Runs the program that is built beside the tests.
enum Nnrscope {
  /// Runs it to its end, without a terminal.
  static func run(
    _ arguments: String..., input: [UInt8]? = nil, output: ProgramRun.Output = .kept,
    environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try run(arguments, input: input, output: output, environment: environment)
  }

  /// Runs it to its end, without a terminal.
  static func run(
    _ arguments: [String], input: [UInt8]? = nil, output: ProgramRun.Output = .kept,
    environment: [String: String] = [:]
  ) throws -> ProgramRun {
    try #require(
      FileManager.default.isExecutableFile(atPath: BuiltProgram.nnrscope),
      "\(BuiltProgram.nnrscope) is not there")
    return try ProgramRun(
      BuiltProgram.nnrscope, arguments, input: input, output: output, environment: environment)
  }

  /// The path of a fixture's stream.
  static func path(_ fixture: String) -> String { Fixture(fixture).path }
}

extension ProgramRun {
  /// Standard output as a JSON document.
  func document() throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(output)) as? [String: Any],
      "no JSON object: \(text.prefix(200))")
  }

  /// Standard output by lines, whichever way they end.
  var lines: [String] { text.split(whereSeparator: \.isNewline).map(String.init) }
}
