import PlainText
import TerminalScreen

/// Commands on their way into a script.
struct Recording: Sendable {
  /// The file.
  var path: String
  /// The lines; empty where a command was refused after it was noted.
  private(set) var lines: [String] = ["# recorded with :record"]
  /// The lines of work that is under way.
  private var awaited: [Work: Int] = [:]

  /// Work that may turn out to be refused later.
  enum Work: Hashable, Sendable {
    /// A job.
    case job(Job.Kind)
    /// A file that is opened.
    case file(String)
    /// The files that are opened again.
    case reload
  }

  /// A recording into a file.
  init(path: String) { self.path = path }

  /// The lines of what was carried out.
  var text: String { lines.filter { !$0.isEmpty }.joined(separator: "\n") + "\n" }

  /// Notes a line.
  mutating func add(_ line: String) { lines.append(line) }

  /// Takes back the lines from a place on.
  mutating func takeBack(from place: Int) {
    for line in lines.indices.dropFirst(place) { lines[line] = "" }
  }

  /// The last line waits for work.
  mutating func wait(for work: Work) { awaited[work] = lines.count - 1 }

  /// Work came to its end: what was refused by it is taken back.
  mutating func finish(_ work: Work, refused: Bool) {
    guard let line = awaited[work], refused, lines.indices.contains(line) else { return }
    lines[line] = ""
    awaited[work] = nil
  }
}

extension Effect {
  /// The work that it begins, which may turn out to be refused.
  fileprivate var work: Recording.Work? {
    switch self {
    case .start(let job): .job(job.kind)
    case .open(let path, _): .file(path)
    case .reload: .reload
    default: nil
    }
  }
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
    if documents.count > 1 { begun.add("file \(current + 1)") }
    begun.add("bit \(bitAddress)")
    recording = begun
    tell("recording to \(ShownText.line(path)); :record ends it")
    return ended
  }

  /// Gives the script to the outside, if there is one.
  mutating func endRecording() -> [Effect] {
    guard let done = recording else { return [] }
    recording = nil
    return [.write(path: done.path, text: done.text)]
  }

  /// Carries something out that notes its own lines; what is refused is not recorded.
  mutating func carryOut(_ act: (inout ExplorerModel) -> [Effect]) -> [Effect] {
    guard let first = recording?.lines.count else { return act(&self) }
    let before = refusals
    let effects = act(&self)
    guard let last = recording?.lines.count, last > first else { return effects }
    if refusals != before {
      recording?.takeBack(from: first)
    } else {
      for work in effects.compactMap(\.work) { recording?.wait(for: work) }
    }
    return effects
  }

  /// Takes news of work that a recorded command began; the command is taken back if the news is that it is refused.
  mutating func follow(
    _ work: Recording.Work, _ take: (inout ExplorerModel) -> [Effect]
  ) -> [Effect] {
    let before = refusals
    let effects = take(&self)
    let refused = refusals != before
    recording?.finish(work, refused: refused)
    return effects
  }

  /// Notes a command that is about to run.
  mutating func note(_ command: Command, _ argument: String) {
    guard recording != nil else { return }
    // Leaving a view or the zoom is a key; leaving a prompt is nothing.
    if command.name == "escape" { return note("key Esc") }
    guard !Self.unrecorded.contains(command.name) else { return }
    // A script decodes only where it waits.
    if command.name == "save-screen" { note("wait") }
    note(argument.isEmpty ? command.name : "\(command.name) \(argument)")
  }

  /// Notes a line.
  mutating func note(_ line: String) {
    // A line break in a pasted text would make two commands of it.
    recording?.add(line.filter { !$0.isNewline })
  }
}
