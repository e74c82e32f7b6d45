import Foundation
import TerminalScreen
import TestSupport
import Testing

@testable import nnrscope

/// The configuration file is found, checked and heeded.
@Suite struct ConfigurationTests {
  private func parse(_ text: String) -> (configuration: Configuration, problems: [String]) {
    var problems: [String] = []
    let configuration = ConfigurationFile.parse(text, &problems)
    return (configuration, problems)
  }

  /// Runs something with a configuration folder that holds a file.
  private func with<Result>(_ text: String, _ run: (_ folder: URL) throws -> Result) throws
    -> Result
  {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let home = folder.appending(path: "nnrscope")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: home.appending(path: "config.yaml"))
    return try run(folder)
  }

  @Test func readsEverySetting() {
    let (found, problems) = parse(
      """
      theme: light
      color: never
      glyphs: braille
      mouse: false
      state: false
      follow: true
      columns: [name, bits]
      keys:
        next-unit: ["M-n", "] u"]
        zoom: M-z
      """)
    #expect(problems == [])
    #expect(found.theme == .light)
    #expect(found.color == .never)
    #expect(found.glyphs == .braille)
    #expect(found.mouse == false)
    #expect(found.state == false)
    #expect(found.explorer.follows)
    #expect(found.explorer.columns == ["name", "bits"])
    #expect(found.explorer.keys == ["next-unit": ["M-n", "] u"], "zoom": ["M-z"]])
  }

  @Test(arguments: ["", "# nothing\n", ConfigCommand.template])
  func nothingWantedIsNothingSaid(_ text: String) {
    let (found, problems) = parse(text)
    #expect(problems == [])
    #expect(found.explorer.keys.isEmpty)
    #expect(found.explorer.columns == nil)
    #expect(found.theme == nil || found.theme == .terminal)
  }

  @Test(arguments: [
    ("theem: dark", "1:1: no setting theem, but: theme"),
    ("theme: purple", "1:8: theme is one of terminal, dark, light, contrast"),
    ("mouse: 3", "1:8: mouse is true or false"),
    ("\ncolumns: {a: b}", "2:10: columns is a list of names, or auto"),
    ("columns: [name, nonsense]", "1:17: the tensors table has no column nonsense"),
    ("keys: [q]", "1:7: keys has a line for each command"),
    ("keys:\n  quit: {a: b}", "2:3: a command has a list of keys"),
    ("keys: {frob: [z]}", "1:8: no command is called frob"),
    ("keys:\n  down: [j, Nope]", "2:13: Nope for down is no key"),
    ("keys:\n  down: Nope", "2:9: Nope for down is no key"),
    ("keys: {up: M-x, down: M-x}", "1:12: M-x means two commands"),
    ("keys:\n  down: [j]\n  up: [k, j]", "3:11: j means two commands"),
    ("keys: {up: [k, [j]]}", "1:16: a command has a list of keys"),
    ("columns: [name, [bits]]", "1:17: columns is a list of names, or auto"),
    ("columns: []", "1:10: columns is a list of names, or auto"),
    ("keys: {quit: []}", "1:8: quit needs a key"),
    ("- a", "1:1: a configuration has lines such as theme: dark"),
    ("theme: [", "1:9: "), ("theme: dark\ntheme: light", "2:1: theme stands twice"),
    ("theme: \"dark", "1:13: "),
  ])
  func saysWhatIsWrong(_ text: String, _ reason: String) {
    let problems = parse(text).problems
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix(reason) == true, "\(problems)")
  }

  @Test func everyMistakeIsNamed() {
    let text = "mouse: 3\nfrob: 1\ncolumns: [a, name, b]\nkeys:\n  c: x\n  up: Nope"
    let places = parse(text).problems.map { $0.prefix { $0 != " " } }
    #expect(places == ["1:8:", "2:1:", "3:11:", "3:20:", "5:3:", "6:7:"])
  }

  @Test func everyMistakeOfAListIsNamed() {
    let text =
      "columns: [no, name, no, {a: b}]\nkeys:\n  up: [Nope, k, Nope]\n  down: {a: b}\n  frob: [M-q]\n"
      + "  next-unit: [M-x]\n  next-tensor: [M-x]\n  quit: []"
    let places = parse(text).problems.map { $0.prefix { $0 != " " } }
    #expect(
      places == ["1:25:", "4:3:", "5:3:", "3:8:", "3:17:", "6:15:", "8:3:"],
      "\(parse(text).problems)")
  }

  @Test func theUsualFileIsChecked() throws {
    try with("theem: dark\nmouse: x\n") { folder in
      for command in [["config"], ["explore", "--plain", Nnrscope.path("mlp_iris")]] {
        let run = try Nnrscope.run(command, environment: ["XDG_CONFIG_HOME": folder.path])
        #expect(run.ending == .exit(2))
        #expect(run.complaint.contains("nnrscope/config.yaml:1:1: no setting theem"))
        #expect(run.complaint.contains("nnrscope/config.yaml:2:8: mouse is true or false"))
      }
    }
  }

  @Test func aFileThatIsNamedMustExist() throws {
    let run = try Nnrscope.run("config", "--config", "/nonexistent.yaml")
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains("/nonexistent.yaml"))
  }

  @Test func theExplorerHeedsIt() throws {
    try with("keys: {tensors: [M-t], quit: [Q]}\nglyphs: ascii\ncolumns: [name, bits]\n") {
      folder in
      let session = try TerminalSession(environment: ["XDG_CONFIG_HOME": folder.path])
      try session.type("M-t", expecting: "17 tensors")
      #expect(session.program.screen.text.contains("| "))
      #expect(!session.program.screen.text.contains("shape"))
      session.program.send(keys: "Q")
      try session.end(.exit(0))
    }
  }

  @Test func optionsGoBeforeIt() throws {
    try with("glyphs: ascii\n") { folder in
      let session = try TerminalSession(
        "cnn_digits_pyt", ["--glyphs", "block"],
        environment: ["XDG_CONFIG_HOME": folder.path, "LC_ALL": "C.UTF-8"])
      #expect(session.program.screen.text.contains("┌"))
      session.program.send(keys: "q")
      try session.end(.exit(0))
    }
  }
}
