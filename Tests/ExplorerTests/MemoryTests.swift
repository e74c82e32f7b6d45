import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// What is kept, copied and recorded.
@Suite struct MemoryTests {
  @Test func placesComeBack() throws {
    let streams = try Fixture("cnn_digits_pyt").opened(as: "x.nnc")
    var session = ExplorerSession(ExplorerModel(streams, size: Size(80, 24)))
    session.work()
    session.command("u5")
    session.keys("m a")
    session.command("0x1e5.2")
    session.keys("m b")
    let (path, places) = try #require(session.model.savedPlaces.first)
    let read = try #require(SavedPlaces(places.text))
    #expect(read.text == places.text)
    var other = ExplorerModel(streams, size: Size(80, 24))
    other.restore(read, path: path)
    #expect(other.location.unit == 8 && other.location.bit == 18)
    #expect(other.location.node != nil)
    // A mark on a unit comes back as one on the unit, not on its first element.
    #expect(other.marks["a"]?.location == Location(unit: 5))
    #expect(other.marks["b"]?.location == session.model.location)
    other.restore(read, path: "another")
  }

  @Test(arguments: [
    "", "nonsense", "size", "size 6583\nat 99999999 -5\nmark a 7 9999999999\nmark b",
    "size 5\nat 3 3",
    "size 6583\nat 9223372036854775807 9223372036854775807",
  ]) func badFilesDoNoHarm(_ text: String) throws {
    let streams = try Fixture("cnn_digits_pyt").opened(as: "x.nnc")
    var model = ExplorerModel(streams, size: Size(80, 24))
    guard let places = SavedPlaces(text) else { return }
    model.restore(places, path: "x.nnc")
    #expect(model.location.unit < model.document.stream.unitCount)
    _ = model.draw()
  }

  private func copied(_ session: inout ExplorerSession, _ form: String) -> String? {
    session.command("copy \(form)")
    for effect in session.takeEffects() { if case .copy(let text) = effect { return text } }
    return nil
  }

  @Test func copies() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv2.weight")
    session.command("element count_tensor_dimensions")
    #expect(copied(&session, "hex") == "c1a8")
    #expect(
      copied(&session, "json")
        == #"{"name":"count_tensor_dimensions","value":4,"bit_offset":158,"bit_length":4,"descriptor":"ue(1)"}"#
    )
    let path = try #require(copied(&session, "path"))
    #expect(path.hasPrefix("cnn_digits_pyt.nnc:u8/") && path.hasSuffix("@0x01f6.6"))
    #expect(copied(&session, "smoke") == nil)
    session.command("u8")
    #expect(copied(&session, "hex")?.count == 2332 * 2)
    #expect(copied(&session, "json")?.hasPrefix("[{") == true)
  }

  @Test func aRecordingPlaysAgain() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("record tour")
    session.keys("] t j j l Tab v j j")
    session.keys(": 0 x 1 e 5 . 2 Enter / f c . w Enter n m a 4 ] p Esc Esc & b n Enter Esc Tab z")
    session.command("record")
    var script: String?
    for effect in session.takeEffects() { if case .write(_, let text) = effect { script = text } }
    let text = try #require(script)
    #expect(text.contains("search fc.w") && text.contains("go 0x1e5.2"))
    var again = try ExplorerSession("cnn_digits_pyt")
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      if line == "key Esc" { again.keys("Esc") } else { again.command(String(line)) }
    }
    #expect(again.model.location == session.model.location)
    #expect(again.model.focus == session.model.focus)
    #expect(again.model.marks == session.model.marks)
    #expect(again.model.isZoomed == session.model.isZoomed)
  }

  /// What was refused at once, or by the background, is not in the script: it plays to its end.
  @Test func refusedCommandsAreNotRecorded() throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: Size(80, 24))
    session.command("record tour")
    for line in [
      "copy nonsense", "tensor fc.weight", "frobnicate", "unit 999", "bits 3", "bin 12",
      "against /nowhere/at.all", "0xffffffff", "where nonsense < 1", "search no such thing",
      "diff-files 1 9", "tensors", "sort nonsense", "bins", "bin 20", "cost-over x",
    ] { session.command(line) }
    session.keys(": c o p y Space z Enter ] l Esc / # # Enter")
    let text = try script(&session)
    for refused in ["copy", "frob", "unit 999", "against", "0xff", "nonsense", "search", "-over"] {
      #expect(!text.contains(refused), "\(refused) in \(text)")
    }
    for kept in ["tensor fc.weight\n", "bin 12\n", "bin 20\n", "next-level\n"] {
      #expect(text.contains(kept), "no \(kept) in \(text)")
    }
    let again = try played(text)
    #expect(again.bins.index == session.model.bins.index)
    func body(_ model: ExplorerModel) -> ArraySlice<Substring> {
      // Not the title, with the name of the file, nor the last message.
      ScreenText.plain(model.draw(glyphs: .ascii)).split(separator: "\n").dropFirst().dropLast()
    }
    #expect(body(again) == body(session.model))
  }

  /// A search goes along while one types: where it led is recorded, though the whole text is not there.
  @Test func aSearchInVainStillMoves() throws {
    var session = try ExplorerSession("cnn_digits_pyt", size: Size(80, 24))
    let start = session.model.location
    session.command("record tour")
    session.keys("/ q q q Enter")
    #expect(session.model.status?.failed == true && session.model.location.unit != start.unit)
    let again = try played(try script(&session))
    #expect(again.location.unit == session.model.location.unit)
    #expect(again.location.bit == session.model.location.bit)
  }

  /// The script of a recording, which ends.
  private func script(_ session: inout ExplorerSession) throws -> String {
    session.command("record")
    var script: String?
    for effect in session.takeEffects() { if case .write(_, let text) = effect { script = text } }
    return try #require(script)
  }

  /// The explorer at the end of a script.
  private func played(_ script: String) throws -> ExplorerModel {
    let streams = try Fixture("cnn_digits_pyt").opened()
    var player = ScriptPlayer(
      ExplorerModel(streams, size: Size(80, 24)),
      glyphs: .ascii, write: { _, _ in nil }, open: { [] })
    try player.play(script + "wait\n")
    return player.session.model
  }
}
