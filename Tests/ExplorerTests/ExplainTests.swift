import NNRSyntax
import TestSupport
import Testing

@testable import Explorer

/// Everything that has a name is explained, and leads to where it is.
@Suite struct ExplainTests {
  @Test func allNamesAreExplained() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    let names = Glossary.names(beginning: "")
    #expect(names.count > 150)
    for name in names {
      let found = try #require(session.model.explanation(name), "\(name)")
      #expect(!found.lines(40).isEmpty)
    }
    for element in SyntaxCatalog.standard.elements { #expect(names.contains(element.name)) }
  }

  @Test func theGlossaryNamesWhatExists() {
    let words = Set(Glossary.entries.map(\.name))
    #expect(words.count == Glossary.entries.count)
    #expect(Glossary.entries.map(\.name) == Glossary.entries.map(\.name).sorted())
    for entry in Glossary.entries {
      for other in entry.also { #expect(words.contains(other), "\(entry.name): \(other)") }
      switch entry.shown {
      case .element(let name): #expect(Glossary.element(name) != nil, "\(entry.name): \(name)")
      case .command(let name):
        #expect(CommandRegistry.standard.command(named: name) != nil, "\(entry.name): \(name)")
      case .nowhere: break
      }
    }
  }

  @Test func enterGoesThere() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("explain dq_flag")
    #expect(session.screen.contains("8-state"))
    session.keys("Enter")
    #expect(session.model.location.unit == 3)
    #expect(!session.screen.contains("8-state trellis (dependent quantization)."))
    session.command("explain")
    #expect(session.screen.contains("Explain"))
    session.keys("q")
    session.command("explain nonsense_that_is_nowhere")
    #expect(session.screen.contains("nothing is called"))
  }

  @Test func helpIsSearched() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.keys("? /")
    for character in "trellis" { session.keys(String(character)) }
    session.keys("Enter")
    #expect(session.screen.contains("dq_flag"))
    #expect(session.screen.contains("dependent-quantization"))
  }

  @Test func namesAreCompleted() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    #expect(session.model.completions("explain trel") == ["explain trellis"])
    #expect(session.model.completions("copy j") == ["copy json"])
  }
}
