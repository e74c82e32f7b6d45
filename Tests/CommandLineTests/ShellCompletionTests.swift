import Foundation
import TerminalScreen
import TestSupport
import Testing

@testable import nnrscope

/// The completions within the shells themselves; where one is not installed, the run says so.
@Suite struct ShellCompletionTests {
  private enum Shell: String {
    case bash, zsh, fish

    /// Where it is; nil if it is not installed.
    var path: String? {
      let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      return folders.split(separator: ":").map { "\($0)/\(rawValue)" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
  }

  /// A folder with a file whose name needs quotes, the scripts, and the program under its name.
  private struct Place: ~Copyable {
    let folder: String
    let environment: [String: String]

    init() throws {
      folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
      try FileManager.default.createDirectory(
        atPath: folder + "/sub", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Nnrscope.path("cnn_digits_pyt"), toPath: folder + "/my 'net.nnc")
      let run = try Nnrscope.run("install-docs", "--prefix", folder)
      #expect(run.ending == .exit(0))
      let programs = URL(filePath: BuiltProgram.nnrscope).deletingLastPathComponent().path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      environment = ["PATH": "\(programs):\(path)", "HOME": folder]
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func script(_ document: InstallDocsCommand.Document) -> String { folder + "/" + document.path }
  }

  @Test func bashReadsTheScript() throws {
    // Bash is on every machine that has the shell of Swift's own scripts.
    let bash = try #require(Shell.bash.path)
    let place = try Place()
    // As readline hands words over: `=` is a word of its own.
    let test = """
      cd "$HOME"; . "$0"
      go() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nnrscope; printf '%s\\n' "${COMPREPLY[@]}" END; }
      go nnrscope lea; go nnrscope my; go nnrscope learn pa; go nnrscope cost --by = ro
      go nnrscope tensors --columns name,bits_; go nnrscope extract -o su
      go nnrscope trace "my\\\\ \\\\'net.nnc" --tensor fc; go nnrscope trace "\\"my 'net.nnc\\"" --tensor fc.w
      """
    let run = try ProgramRun(
      bash, ["--norc", "-c", test, place.script(.bash)], environment: place.environment)
    #expect(run.errors.isEmpty, "\(run.complaint)")
    let answers = run.text.split(separator: "END\n").map {
      $0.split(separator: "\n").map(String.init)
    }
    #expect(
      answers == [
        ["learn"], ["my 'net.nnc"], ["parameter-set", "parting"], ["rows"],
        ["name,bits_per_weight"], ["sub"], ["fc.weight", "fc.bias"], ["fc.weight"],
      ])
  }

  /// A name that is no plain word is quoted: nothing in it runs.
  @Test func bashQuotesNames() throws {
    let bash = try #require(Shell.bash.path)
    let place = try Place()
    let name = "a $(touch x); b"
    let writer = StreamWriter(
      .start(), .modelParameters, .emptyTopology, .tensor(name, 2, 3, payload: [0xf7, 0xdf]))
    try Data(writer.bytes).write(to: URL(filePath: place.folder + "/n.nnc"))
    let test = """
      cd "$HOME"; . "$0"; COMP_WORDS=(nnrscope trace n.nnc --tensor a); COMP_CWORD=4; _nnrscope
      eval "set -- ${COMPREPLY[0]}"; printf '%s\\n' "$#" "$1"
      """
    let run = try ProgramRun(
      bash, ["--norc", "-c", test, place.script(.bash)], environment: place.environment)
    #expect(run.lines == ["1", name])
    #expect(!FileManager.default.fileExists(atPath: place.folder + "/x"))
  }

  @Test(
    .enabled(if: Shell.fish.path != nil, "fish is not installed: its completions are not tested"))
  func fishReadsTheScript() throws {
    let fish = try #require(Shell.fish.path)
    let place = try Place()
    let test = """
      cd $HOME; source $argv[1]
      for line in 'nnrscope lea' 'nnrscope my' 'nnrscope learn pa' 'nnrscope cost --by=ro' \
        'nnrscope tensors --columns name,bits_' "nnrscope trace my\\\\ \\\\'net.nnc --tensor fc"
        complete -C $line | string split -f 1 \\t; echo END
      end
      """
    let run = try ProgramRun(
      fish, ["--no-config", "-c", test, place.script(.fish)], environment: place.environment)
    let answers = run.text.split(separator: "END\n").map {
      $0.split(separator: "\n").map(String.init).sorted()
    }
    #expect(
      answers == [
        ["learn"], ["my 'net.nnc"], ["parameter-set", "parting"], ["--by=rows"],
        ["name,bits_per_weight"], ["fc.bias", "fc.weight"],
      ], "\(run.complaint)")
  }

  @Test(.enabled(if: Shell.zsh.path != nil, "zsh is not installed: its completions are not tested"))
  func zshReadsTheScript() throws {
    let zsh = try #require(Shell.zsh.path)
    let place = try Place()
    let functions = (place.script(.zsh) as NSString).deletingLastPathComponent
    let program = try PtyProgram(
      zsh, ["-f", "-i"],
      environment: place.environment.merging(["PS1": "READY> "]) { $1 },
      size: Size(120, 40))
    try program.wait(forText: "READY>", seconds: TerminalSession.patience)
    program.send(
      "cd ~; fpath=('\(functions)' $fpath); autoload -U compinit; compinit -u -D; echo IS''IN\r")
    try program.wait(forText: "ISIN", seconds: TerminalSession.patience)
    for (typed, shown) in [
      ("lea", "learn"), ("my", "my\\ \\'net.nnc"), ("learn un", "learn units"),
      ("cost --by=ro", "cost --by=rows"), ("tensors --columns name,bits_", "name,bits_per_weight"),
      ("extract -o su", "-o sub/"), ("trace my\\ \\'net.nnc --tensor fc.w", "--tensor fc.weight"),
    ] {
      program.send("nnrscope \(typed)\t")
      try program.wait(
        forText: "nnrscope \(typed.prefix { $0 != " " })", seconds: TerminalSession.patience)
      try program.wait(for: shown, seconds: TerminalSession.patience) {
        $0.lines.last { $0.contains("READY>") }?.contains(shown) == true
      }
      program.send("\u{15}")
      try program.wait(for: "an empty line", seconds: TerminalSession.patience) {
        $0.lines.last { $0.contains("READY>") }?.contains("nnrscope") == false
      }
    }
    program.send("exit\r")
    _ = try program.waitForEnd(seconds: TerminalSession.patience)
  }
}
