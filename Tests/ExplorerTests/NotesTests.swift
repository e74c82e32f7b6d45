import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Notes on elements, and how a file was looked at: both come back.
@Suite struct NotesTests {
  private func explorer(_ size: Size = Size(120, 40)) throws -> ExplorerSession {
    let streams = try Fixture("cnn_digits_pyt").opened(as: "x.nnc")
    var session = ExplorerSession(ExplorerModel(streams, size: size))
    session.work()
    return session
  }

  /// What the next run makes of what this one leaves.
  private func reopened(_ session: ExplorerSession) throws -> ExplorerSession {
    let (path, places) = try #require(session.model.savedPlaces.first)
    let read = try #require(SavedPlaces(places.text))
    #expect(read == SavedPlaces(read.text) && read.text == places.text)
    var model = ExplorerModel(
      try Fixture("cnn_digits_pyt").opened(as: path), size: session.model.size)
    model.restore(read, path: path)
    var again = ExplorerSession(model)
    again.work()
    return again
  }

  @Test func aNoteIsShownWhereItIsAttached() throws {
    var session = try explorer()
    session.command("tensor conv2.weight")
    session.command("element dq_flag")
    session.keys("M w h y Space o n ? Enter")
    #expect(session.model.document.notes.sorted.map(\.text) == ["why on?"])
    #expect(session.model.document.notes.sorted.first?.place.name == "dq_flag")
    session.keys("k j")
    #expect(session.screen.contains("dq_flag*"))
    #expect(session.screen.contains("note       why on?"))
    #expect(session.screen.contains("│ *"), "the syntax table has the mark too")
    // Writing again begins with what stands there; an empty text takes it away.
    session.keys("M ! Enter")
    #expect(session.model.document.notes.sorted.map(\.text) == ["why on?!"])
    session.command("note")
    #expect(session.model.document.notes.count == 0 && !session.screen.contains("why on?"))
    session.command("note")
    #expect(session.screen.contains("there is no note on u8 dq_flag"))
  }

  @Test func notesAreListedAndReached() throws {
    var session = try explorer()
    session.command("u5")
    session.command("note the first")
    session.command("tensor fc.weight")
    session.command("note the tensor")
    session.command("element dq_flag")
    session.command("note its flag")
    session.keys("m a")
    session.command("u0")
    session.keys("] n")
    #expect(session.model.location == Location(unit: 5) && session.screen.contains("the first"))
    session.keys("] n ] n")
    #expect(session.screen.contains("its flag"))
    let flag = session.model.location
    session.keys("] n")
    #expect(session.screen.contains("no further note") && session.model.location == flag)
    session.keys("[ n")
    #expect(session.model.location == Location(unit: flag.unit))
    session.keys("\"")
    #expect(session.screen.contains("3 notes, 1 mark"))
    #expect(session.model.noteRows.map(\.text) == ["the first", "the tensor", "its flag", ""])
    session.keys("j j Enter")
    #expect(session.model.location == flag && session.model.focus == .outline)
    session.keys("C-o")
    #expect(session.model.location == Location(unit: flag.unit))
  }

  @Test func notesComeBack() throws {
    var session = try explorer()
    session.command("u5")
    session.command("note a unit: ü, \"quotes\" and 100 %")
    session.command("tensor conv2.weight")
    session.command("element tensor_dimensions")
    session.command("note twice  as wide")
    let again = try reopened(session)
    #expect(again.model.document.notes == session.model.document.notes)
    #expect(again.model.noteRows == session.model.noteRows)
    #expect(again.screen.contains("2 notes"))
  }

  @Test func theLookComesBack() throws {
    var session = try explorer()
    session.keys("t s")
    session.command("syntax")
    session.keys("v z")
    session.command("where weights > 100")
    session.command("columns name,bits,weights")
    session.command("sort-by -weights")
    session.command("severity warning")
    session.command("filter conv")
    session.command("tensors")
    let again = try reopened(session)
    #expect(again.model.view == .tensors && again.model.isZoomed && again.model.pane == .syntax)
    #expect(again.model.document.tensors.order == session.model.document.tensors.order)
    #expect(!again.model.document.tensors.order.isEmpty)
    #expect(again.screen.contains("fit conv; Esc shows all"))
    var shown = session
    // The sentence about the past goes with the next key.
    var back = again
    for keys in ["j", "1 Tab"] {
      shown.keys(keys)
      back.keys(keys)
      #expect(back.screen == shown.screen)
    }
    #expect(back.model.document.modelOutline.order == .size)
    #expect(back.model.document.filter == "conv" && back.model.document.survey.least == .warning)
  }

  @Test(arguments: [
    "size 6583\nlook view diff\nlook view nonsense\nlook zoom\nlook pane values\nlook columns ,,\n",
    "size 6583\nlook sort -nothing\nlook where (((\nlook outline reversed\nlook filter \u{1b}[31m",
    "size 6583\nnote 1 2\nnote -1 0 - x\nnote 99 9999999999 dq_flag x\nnote 3 0 - \u{202e}x\u{7}",
    "size 6583\nlook view bins\nlook view values\nlook view costs\nlook heat x\nlook bars file",
  ]) func whatMeansNothingDoesNoHarm(_ text: String) throws {
    let places = try #require(SavedPlaces(text))
    var model = ExplorerModel(
      try Fixture("cnn_digits_pyt").opened(as: "x.nnc"), size: Size(80, 24))
    model.restore(places, path: "x.nnc")
    var session = ExplorerSession(model)
    session.work()
    session.keys("j \" j Enter 1 j ] n")
    #expect(!session.screen.contains("\u{1b}") && !session.screen.contains("\u{202e}"))
    #expect(session.model.view == .explorer)
  }

  @Test func replacedStreamsKeepTheirNotes() throws {
    var session = try explorer()
    session.command("u5")
    session.command("note stays")
    session.send(.reloaded(try Fixture("cnn_digits_pyt").opened(as: "x.nnc"), problem: ""))
    session.work()
    #expect(session.model.document.notes.sorted.map(\.text) == ["stays"])
  }

  @Test(arguments: [Size(120, 40), Size(80, 24), Size(40, 10)], [GlyphSet.block, .ascii])
  func list(_ size: Size, _ glyphs: GlyphSet) throws {
    var session = try explorer(size)
    session.command("u5")
    session.command("note compare with the old encoder")
    session.keys("m a")
    session.command("tensor conv2.weight")
    session.command("element dq_flag")
    session.command("note dq is on although the log says off")
    session.keys("\" j")
    assertSnapshot(
      session.model.draw(glyphs: glyphs),
      named: "notes-\(size.width)x\(size.height)-\(glyphs)")
  }
}
