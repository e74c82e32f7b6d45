import Explorer
import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

/// What a screen costs depends on what it shows, not on how long the stream is.
@Suite struct LazyOpeningTests {
  @Test func onlyWhatIsShownIsParsed() throws {
    let source = CountingSource(try Fixture("many_units").bytes())
    let opened = Session([(source, "many")]).opened()
    let stream = try #require(opened.first).stream
    #expect(source.takeReads() < 100)
    var model = ExplorerModel(opened, size: Size(120, 40))
    _ = model.draw()
    #expect(source.takeReads() < 200)
    for key in ["G", "k", "PgUp"] {
      _ = model.update(.input(.key(try #require(Key(spelling: key)))))
      _ = model.draw()
      #expect(source.takeReads() < 300, "\(key)")
    }
  }

  @Test func manyUnitsScrollAndOpen() throws {
    var session = try ExplorerSession("many_units")
    session.keys("G Space k k PgUp Space t G")
    #expect(session.screen.contains("5,003 units"))
    session.command("u4000")
    #expect(session.model.location.unit == 4000)
  }
}
