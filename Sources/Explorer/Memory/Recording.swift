import TerminalScreen

/// Commands on their way into a script.
struct Recording: Sendable {
  /// The file.
  var path: String
  /// The lines.
  var lines: [String] = ["# recorded with :record"]
}

extension ExplorerModel {
  /// Commands that mean nothing without a terminal, or whose outcome is recorded instead.
  private static let unrecorded: Set<String> = [
    "prompt", "search-prompt", "filter-prompt", "record", "quit", "suspend", "redraw", "help",
    "explain", "apropos", "escape",
  ]

  /// Begins or ends a recording.
  mutating func record(to path: String) -> [Effect] {
    let ended = endRecording()
    guard !path.isEmpty else {
      if ended.isEmpty { tell("nothing is being recorded; record needs a file", failed: true) }
      return ended
    }
    var begun = Recording(path: path)
    if documents.count > 1 { begun.lines.append("file \(current + 1)") }
    begun.lines.append("bit \(NumberText.address(fileBit / 8)).\(fileBit % 8)")
    recording = begun
    tell("recording to \(ShownText.line(path)); :record ends it")
    return ended
  }

  /// Gives the script to the outside, if there is one.
  mutating func endRecording() -> [Effect] {
    guard let done = recording else { return [] }
    recording = nil
    return [.write(path: done.path, text: done.lines.joined(separator: "\n") + "\n")]
  }

  /// Notes a command that is about to run.
  mutating func note(_ command: Command, _ argument: String) {
    guard recording != nil else { return }
    // Leaving a view or the zoom is a key; leaving a prompt is nothing.
    if command.name == "escape" { return note("key Esc") }
    guard !Self.unrecorded.contains(command.name) else { return }
    note(argument.isEmpty ? command.name : "\(command.name) \(argument)")
  }

  /// Notes a line.
  mutating func note(_ line: String) {
    // A line break in a pasted text would make two commands of it.
    recording?.lines.append(line.filter { !$0.isNewline })
  }
}
