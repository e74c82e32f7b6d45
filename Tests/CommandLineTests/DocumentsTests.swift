import Explorer
import Foundation
import TestSupport
import Testing

@testable import nnrscope

/// Manual page, completions and README name what the program has, no more and no less.
@Suite struct DocumentsTests {
  private static let readme = try? String(
    contentsOf: Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "README.md"), encoding: .utf8)

  /// The manual page as words: without macros and escapes.
  private func manual() throws -> String {
    try ManPage.text().replacing("\\-", with: "-").replacing("\\(aq", with: "'")
      .replacing("\\(ga", with: "`").replacing("\\(dq", with: "\"").replacing("\\&", with: "")
      .replacing("\\(ha", with: "^").replacing("\\(ti", with: "~").replacing("\\e", with: "\\")
  }

  @Test func theManualHasEveryCommandAndOption() throws {
    let manual = try manual()
    let program = try CommandOutline.program()
    let commands = program.commands
    #expect(commands.count > 12)
    for command in commands {
      #expect(manual.contains(".SS \(command.commandName)\n"), "\(command.commandName)")
      for argument in command.ownArguments {
        #expect(manual.contains(".B \(argument.usage)\n"), "\(argument.usage)")
        #expect(argument.abstract?.isEmpty == false, "\(command.commandName) \(argument.usage)")
      }
    }
  }

  @Test func theManualHasEveryKeyAndSetting() throws {
    let manual = try manual()
    for row in CommandRegistry.standard.table() {
      let term = [row.keys, row.command].filter { !$0.isEmpty }.joined(separator: "  ")
      #expect(manual.contains("\(term)\n"), "\(term)")
      #expect(manual.contains(row.help), "\(row.help)")
    }
    for setting in Setting.all { #expect(manual.contains(".B \(setting.name)\n")) }
  }

  @Test func noLineOfTheManualIsAMacroByAccident() throws {
    let macros: Set = ["TH", "SH", "SS", "PP", "TP", "B", "nf", "fi", "RS", "RE"]
    for line in try ManPage.text().split(separator: "\n") where line.hasPrefix(".") {
      let word = String(line.dropFirst().prefix { $0 != " " })
      #expect(macros.contains(word), "\(line)")
    }
    #expect(try !ManPage.text().split(separator: "\n").contains { $0.hasPrefix("'") })
  }

  @Test func theReadmeHasEverySetting() throws {
    let readme = try #require(Self.readme)
    for setting in Setting.all {
      #expect(readme.contains("| `\(setting.name)` |"), "\(setting.name)")
    }
  }

  @Test func documentsAreInstalled() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Nnrscope.run("install-docs", "--prefix", folder.path)
    #expect(run.ending == .exit(0))
    let paths = InstallDocsCommand.Document.allCases.map { folder.path + "/" + $0.path }
    #expect(run.lines == paths)
    for (path, document) in zip(paths, InstallDocsCommand.Document.allCases) {
      #expect(try String(contentsOfFile: path, encoding: .utf8) == document.text())
    }
  }

  @Test func aFolderThatCannotBeWrittenIsSaid() throws {
    let run = try Nnrscope.run("install-docs", "--prefix", "/dev/null")
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains("/dev/null/share/man/man1/nnrscope.1"))
  }
}
