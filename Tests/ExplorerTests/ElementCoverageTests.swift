import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import NNRSyntax
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Every element of the catalogue is explained wherever elements are: detail pane, standard view, `:explain`, JSON.
@Suite struct ElementCoverageTests {
  private static let elements = SyntaxCatalog.standard.elements

  /// Streams that hold all elements, found as those of the writer's tests are.
  private static let streams: [NNRStream] = {
    var missing = Set(elements.map(\.name)).subtracting(["aggregate_data"])
    var found: [NNRStream] = []
    for seed in 0..<3_000 where !missing.isEmpty {
      let random = RandomStream(seed: UInt64(seed), mayBeDamaged: false)
      let stream = NNRStream(source: MemorySource(random.bytes), name: "random \(seed)")
      var names: Set<String> = []
      for unit in 0..<stream.unitCount {
        for node in stream.tree(unit)?.nodes ?? [] {
          if let name = node.element?.name { names.insert(name) }
        }
      }
      guard !names.isDisjoint(with: missing) else { continue }
      missing.subtract(names)
      found.append(stream)
    }
    return found
  }()

  @Test func everyElementHasAllFacts() {
    #expect(Self.elements.count == 146)
    for element in Self.elements {
      #expect(!element.meaning.isEmpty, "\(element.name)")
      #expect(!element.range.isEmpty && element.range != "any", "\(element.name)")
      #expect(!element.section.isEmpty, "\(element.name)")
      for entry in SyntaxCatalog.standard.entries(of: element) {
        #expect(!"\(entry.descriptor)".isEmpty, "\(element.name)")
        #expect(!entry.condition.isEmpty, "\(element.name)")
      }
    }
  }

  @Test func everyElementShowsInTheDetailPaneAndTheStandardView() throws {
    var detailed: Set<String> = []
    var listed: Set<String> = []
    for stream in Self.streams {
      let opened = Session([(stream.source, stream.name)]).opened()
      let session = ExplorerSession(ExplorerModel(opened, size: Size(160, 60)))
      for unit in 0..<stream.unitCount {
        guard let tree = stream.tree(unit) else { continue }
        let context = stream.parameters(before: unit).context
        for row in StandardWalk.rows(tree, context: context) where row.kind == .element {
          let name = String(row.text.prefix { $0 != "[" })
          if !row.descriptor.isEmpty { listed.insert(name) }
        }
        for (place, node) in tree.nodes.enumerated() {
          guard let element = node.element, !detailed.contains(element.name) else { continue }
          let lines = session.model.selecting(unit, place).detailLines(width: 400)
            .map(\.string)
          let text = lines.joined(separator: "\n")
          #expect(text.contains(element.meaning), "\(element.name): \(text)")
          #expect(text.contains("coded as   "), "\(element.name)")
          #expect(text.contains("allowed    " + element.range), "\(element.name): \(text)")
          #expect(text.contains("present"), "\(element.name)")
          #expect(
            text.contains("source     format reference " + element.section), "\(element.name)")
          detailed.insert(element.name)
        }
      }
    }
    // Data of an aggregate becomes units of its own wherever it can be read.
    let all = Set(Self.elements.map(\.name)).subtracting(["aggregate_data"])
    #expect(all.subtracting(detailed).isEmpty, "\(all.subtracting(detailed).sorted())")
    #expect(all.subtracting(listed).isEmpty, "\(all.subtracting(listed).sorted())")
  }

  @Test func everyElementIsExplained() throws {
    let session = try ExplorerSession("mlp_iris")
    for element in Self.elements {
      let found = try #require(session.model.explanation(element.name), "\(element.name)")
      let labels = Set(found.facts.map(\.label))
      #expect(labels.isSuperset(of: ["", "coded as", "in", "present if", "allowed", "source"]))
      #expect(found.facts.contains { $0.text == element.meaning }, "\(element.name)")
      #expect(found.facts.contains { $0.text == element.range }, "\(element.name)")
      #expect(found.target == .element(element.name))
    }
  }

  @Test func everyElementIsInTheJSONOfTheCatalogue() throws {
    var json = JSONWriter()
    json.value(Table(CatalogTable.fields, CatalogTable.rows()))
    let text = String(decoding: json.takeBytes(), as: UTF8.self)
    for element in Self.elements {
      #expect(text.contains("\"name\":\"\(element.name)\""), "\(element.name)")
    }
    #expect(CatalogTable.rows().count == SyntaxCatalog.standard.entries.count)
  }
}
