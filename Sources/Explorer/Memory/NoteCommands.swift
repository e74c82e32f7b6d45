import PlainText
import TerminalScreen

extension Command {
  /// Notes, and the list of notes and marks.
  static let noting: [Command] = [
    Command(
      "note-prompt", ["M"], .go, "write a note on the selected element or unit",
      panes: Set(Pane.parts)
    ) { model, _ in
      model.openPrompt(.command, "note " + (model.document.notes[model.document.notePlace] ?? ""))
    },
    Command(
      "note", [], .go, "a note on what is selected; an empty one is taken away",
      argument: .text("TEXT")
    ) { model, text in
      model.takeNote(text)
      return []
    },
    Command("next-note", ["] n"], .go, "next note") { $0.goToNote(forward: true, $1) },
    Command("previous-note", ["[ n"], .go, "previous note") { $0.goToNote(forward: false, $1) },
    .opening(.notes, ["\""], "the list of notes and marks"),
  ]
}

extension ExplorerModel {
  /// Attaches a text to the selected place, or takes it away.
  mutating func takeNote(_ text: String) {
    guard document.entry != nil else { return tell("nothing is selected", failed: true) }
    let place = document.notePlace
    let had = document.notes[place] != nil
    document.notes[place] = text
    let name = "u\(place.unit)" + (place.name.isEmpty ? "" : " \(place.name)")
    guard document.notes[place] != nil else {
      return tell(
        had ? "the note on \(name) is gone" : "there is no note on \(name)", failed: !had)
    }
    tell("noted on \(name); \(shownKey(of: "notes")) lists the notes")
  }

  /// Goes to the next note of the stream.
  mutating func goToNote(forward: Bool, _ argument: String) -> [Effect] {
    let here = (location.unit, location.bit, location.node ?? -1)
    let places = document.notes.sorted.map { document.found($0.place) }
    func key(_ place: Location) -> (Int, Int, Int) { (place.unit, place.bit, place.node ?? -1) }
    let found =
      forward
      ? places.filter { key($0) > here }.min { key($0) < key($1) }
      : places.filter { key($0) < here }.max { key($0) < key($1) }
    guard let found else {
      tell(
        places.isEmpty
          ? "no notes yet: \(shownKey(of: "note-prompt")) writes one"
          : "no \(forward ? "further" : "earlier") note"
      )
      return []
    }
    enter(.explorer)
    jump(to: found)
    reveal(found)
    tell(ShownText.line(document.note(found.unit, found.node, document.tree) ?? ""))
    return decodeSelection()
  }
}
