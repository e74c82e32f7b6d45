import NNRSyntax
import PlainText
import TerminalScreen

extension Pane {
  /// Notes and marks.
  public static let notes = Pane("notes", "Notes")
}

/// Notes and marks of all open files.
struct NotesView: View {
  let pane = Pane.notes
  let commands = Command.noting

  func lines(_ model: ExplorerModel) -> LineList? {
    let rows = model.noteRows
    return LineList(state: \.notesList, count: rows.count) { [rows[$0].name, rows[$0].text] }
  }

  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection? {
    let rows = model.noteRows
    guard rows.indices.contains(line) else { return nil }
    let place = rows[line].place
    return Selection(document: place.document, location: place.location)
  }

  func note(_ model: ExplorerModel) -> String { model.notesNote }

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {
    model.drawNotes(&grid, rect)
  }

  func enter(_ model: inout ExplorerModel) -> [Effect] {
    model.openNote()
    return model.decodeSelection()
  }

  func enterHint(_ model: ExplorerModel) -> String? { "go there" }

  func follow(_ model: inout ExplorerModel) -> [Effect] {
    model.notesList.settle(count: model.noteRows.count, page: model.page(pane))
    return []
  }
}

/// A row of the list of notes and marks.
struct NoteRow: Sendable, Hashable {
  /// The letter of a mark; empty for a note.
  var mark: String
  /// The place.
  var place: Bookmark
  /// What stands there.
  var name: String
  /// The text of a note.
  var text: String
}

/// Notes and marks as a list.
extension ExplorerModel {
  private static let columns = [
    TableColumn("", width: 1, priority: 9),
    TableColumn("file", .right, width: 4, priority: 1),
    TableColumn("unit", .right, width: 6, priority: 7),
    TableColumn("bit", .right, width: 7, priority: 2),
    TableColumn("element", width: 10, max: 46, weight: 2, priority: 6),
    TableColumn("note", width: 12, weight: 5, priority: 9),
  ]

  /// Notes and marks of all open files, in the order of the files and their bits.
  var noteRows: [NoteRow] {
    var rows = documents.enumerated().flatMap { number, document in
      document.notes.sorted.map { place, text in
        NoteRow(
          mark: "", place: Bookmark(document: number, location: document.found(place)),
          name: place.name.isEmpty ? document.unitNote(place.unit) : place.name, text: text)
      }
    }
    for (letter, mark) in marks where documents.indices.contains(mark.document) {
      let document = documents[mark.document]
      let tree = document.stream.tree(mark.location.unit)
      let node = mark.location.node.flatMap { node in
        tree.flatMap { $0.nodes.indices.contains(node) && node > 0 ? $0.nodes[node].name : nil }
      }
      rows.append(
        NoteRow(
          mark: String(letter), place: mark, name: node ?? document.unitNote(mark.location.unit),
          text: ""))
    }
    func key(_ row: NoteRow) -> (Int, Int, Int, String) {
      (row.place.document, row.place.location.unit, row.place.location.bit, row.mark)
    }
    return rows.sorted { key($0) < key($1) }
  }

  /// Draws the list.
  func drawNotes(_ grid: inout Grid, _ rect: Rect) {
    let rows = noteRows
    // Which file is no question where there is one.
    let hidden = documents.count > 1 ? nil : Self.columns.firstIndex { $0.title == "file" }
    func shown<Element>(_ all: [Element]) -> [Element] {
      all.enumerated().filter { $0.offset != hidden }.map(\.element)
    }
    TableView(
      notesList, columns: shown(Self.columns), count: rows.count,
      placeholder: StyledText(
        "no notes and no marks: \(shownKey(of: "note-prompt")) writes a note, \(shownKey(of: "mark")) sets a mark",
        .dim)
    ) { row in
      let found = rows[row]
      return shown([
        found.mark.isEmpty ? StyledText(Self.noteMark, .note) : StyledText(found.mark, .heading),
        StyledText("\(found.place.document + 1)", .dim),
        StyledText("u\(found.place.location.unit)"),
        StyledText("\(found.place.location.bit)", .dim),
        StyledText(ShownText.line(found.name), .coded),
        found.mark.isEmpty
          ? StyledText(ShownText.line(found.text), .string)
          : StyledText("mark \(found.mark)", .dim),
      ])
    }.draw(on: &grid, in: rect)
    if rows.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  /// The right-hand note of the title.
  var notesNote: String {
    let count = documents.reduce(0) { $0 + $1.notes.count }
    return NumberText.count(count, "note") + ", " + NumberText.count(marks.count, "mark")
  }

  /// Goes to the place of the selected row.
  mutating func openNote() {
    let rows = noteRows
    guard rows.indices.contains(notesList.selection) else { return }
    let place = rows[notesList.selection].place
    remember()
    enter(.explorer)
    select(place)
    reveal(place.location)
  }

  /// What says in lists that there is a note.
  static let noteMark = "*"
}

extension Style {
  /// The mark of a note.
  static let note = Style.warning
}
