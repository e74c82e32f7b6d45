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
      case .tentative: break
      }
    }
  }

  @Test func theFormatReferenceIsAKeyAway() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("element topology_carriage_flag")
    session.keys("r")
    #expect(session.screen.contains("2.4 NNR_MPS"))
    #expect(session.screen.contains("topology_carriage_flag · u(1)"))
    session.keys("Esc")
    session.command("explain 5.1")
    #expect(session.screen.contains("5.1 Step size"))
    session.keys("Esc")
    session.command("reference 2.44")
    #expect(session.screen.contains("has no section 2.44"))
    for section in FormatReference.sections {
      let lines = ReferenceText.lines(section, 40).map(\.string)
      #expect(lines.count > 2, "\(section.heading)")
      #expect(!lines.contains { $0.contains("|---") || $0.contains("**") }, "\(section.heading)")
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

  /// A line of the results is selected, Enter explains it, and Enter again goes to where it is in the stream.
  @Test func resultsLeadToTheStream() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("apropos 8-state")
    session.keys("j k Enter")
    #expect(session.screen.contains("Explain"))
    #expect(session.screen.contains("dq_flag"))
    session.keys("Enter")
    #expect(session.model.overlay == nil)
    let location = session.model.location
    let node = try #require(location.node)
    #expect(session.model.document.tree?.nodes[node].element?.name == "dq_flag")
  }

  /// Every concept, element and structure leads somewhere, and those that are in a stream are found in it.
  @Test func everythingLeadsSomewhere() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    let present = Set(
      (0..<session.model.document.stream.unitCount).flatMap { unit in
        (session.model.document.stream.tree(unit)?.nodes ?? []).compactMap { $0.element?.name }
      })
    let names =
      Glossary.entries.map(\.name) + SyntaxCatalog.standard.elements.map(\.name)
      + SyntaxCatalog.standard.structures.map(\.name)
    for name in names {
      let target = try #require(session.model.explanation(name)?.target, "\(name)")
      guard case .element(let element) = target, present.contains(element) else { continue }
      var copy = session
      copy.command("explain \(name)")
      copy.keys("Enter")
      let place = copy.model.location
      let node = place.node.flatMap { copy.model.document.tree?.nodes[$0] }
      #expect(node?.element?.name == element, "\(name)")
    }
  }

  @Test func structuresAndTentativePartsAreFound() throws {
    var session = try ExplorerSession("codebook_p1")
    session.command("explain codebook")
    session.keys("Esc")
    session.command("explain nnr_compressed_data_unit_header")
    session.keys("Enter")
    #expect(session.model.location.unit == 3)
    var pruned = try ExplorerSession("topology_TEF")
    pruned.command("explain tentative")
    pruned.keys("Enter")
    #expect(pruned.model.search?.query == .tentative)
  }

  /// A structure is explained by its table, whether the stream has it or not.
  @Test func structuresShowTheirTables() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    for structure in SyntaxCatalog.standard.structures {
      for width in [34, 76] {
        let lines = StructureTable.lines(structure, width: width)
        #expect(lines.allSatisfy { $0.width() <= width }, "\(structure.name) at \(width)")
        let elements = SyntaxCatalog.standard.entries.filter { $0.structure === structure }
        guard width == 76 else { continue }
        for entry in elements {
          #expect(
            lines.contains {
              $0.string.contains(entry.element.name) && $0.string.hasSuffix("\(entry.descriptor)")
            }, "\(entry.element.name)")
        }
      }
    }
    let text = try #require(session.model.explanation("decomposition_performance_map"))
      .lines(76).map(\.string).joined(separator: "\n")
    #expect(text.contains("for( i = 0, ") && text.contains("mse_threshold"))
    #expect(session.model.explanation("ue(1)")?.name == "exp-golomb")
  }

  @Test func operandsOfConditionsAreExplained() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    #expect(Glossary.variables.count > 5)
    for variable in Glossary.variables {
      let found = try #require(session.model.explanation(variable.name), "\(variable.name)")
      #expect(!found.facts.isEmpty)
    }
  }

  @Test func namesAreCompleted() throws {
    let session = try ExplorerSession("cnn_digits_pyt")
    #expect(session.model.completions("explain trel") == ["explain trellis"])
    #expect(session.model.completions("copy j") == ["copy json"])
  }
}
