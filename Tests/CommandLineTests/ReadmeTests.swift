import Foundation
import TestSupport
import Testing

/// The README's list of commands is that of the program.
@Suite struct ReadmeTests {
  private static let root = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The first words of the rows of the README's table of commands.
  private func listed() throws -> Set<String> {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let table = try #require(text.components(separatedBy: "| command | prints |").dropFirst().first)
    let rows = table.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("|") }
    return Set(
      rows.compactMap { row in
        row.split(separator: "`").dropFirst().first?.split(separator: " ").first.map(String.init)
      })
  }

  /// The subcommands that the help lists.
  private func offered() throws -> Set<String> {
    let help = try Nnrscope.run("--help").text
    let list = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first)
    let lines = list.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
    let rows = lines.filter { $0.hasPrefix("  ") && $0.dropFirst(2).first != " " }
    return Set(rows.compactMap { $0.split(separator: " ").first.map(String.init) })
  }

  @Test func commandsAreListed() throws {
    let offered = try offered()
    #expect(offered.count > 8)
    #expect(try listed().subtracting(["nnrscope"]) == offered)
  }

  @Test func samplesThatItNamesAreThere() throws {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let names = Set(text.matches(of: /Samples\/[\w-]+\.nnc/).map { String($0.output) })
    #expect(names.count > 1)
    for name in names {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: name).path), "\(name)")
    }
  }
}
