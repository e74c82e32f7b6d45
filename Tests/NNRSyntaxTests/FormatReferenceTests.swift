import Foundation
import NNRSyntax
import TestSupport
import Testing

/// The format reference is whole, and has every section that is cited.
@Suite struct FormatReferenceTests {
  @Test func everyChapterIsThere() {
    let numbers = FormatReference.sections.map(\.number)
    #expect(numbers.filter { !$0.contains(".") } == (0...10).map { "\($0)" } + ["12", "13"])
    #expect(Set(numbers).count == numbers.count)
    for section in FormatReference.sections where section.number.contains(".") {
      #expect(section.text.count > 40, "\(section.heading)")
      let chapter = section.number.prefix { $0 != "." }
      #expect(numbers.contains(String(chapter)), "\(section.heading)")
    }
  }

  @Test func sectionsAreFoundByNumberAndTitle() throws {
    let section = try #require(FormatReference.section("2.4"))
    #expect(section.title == "NNR_MPS")
    #expect(section.text.contains("topology_carriage_flag"))
    #expect(!section.text.contains("lps_self_contained_flag"))
    #expect(FormatReference.section("nnr_mps")?.number == "2.4")
    #expect(FormatReference.section("2.44") == nil)
    let chapter = try #require(FormatReference.section("2"))
    let within = FormatReference.sections(within: chapter).map(\.number)
    #expect(within == ["2"] + (1...13).map { "2.\($0)" })
  }

  @Test func elementsStandInTheSectionThatTheyCite() throws {
    let catalog = SyntaxCatalog.standard
    for structure in catalog.structures {
      #expect(FormatReference.section(structure.section) != nil, "\(structure.name)")
    }
    for element in catalog.elements + SyntaxCatalog.messages.elements {
      #expect(FormatReference.section(element.section) != nil, "\(element.name)")
    }
  }

  /// Comments and texts of the sources, and what is given as `section:`.
  @Test func everyCitationInTheSourcesResolves() throws {
    let sources = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Sources")
    var cited = 0
    for file in try #require(FileManager.default.subpaths(atPath: sources.path))
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appending(path: file), encoding: .utf8)
      for match in text.matches(
        of: /(?:section: "|[Ff]ormat reference,? (?:section )?)([0-9]+(?:\.[0-9]+)?)/)
      {
        cited += 1
        let number = String(match.output.1)
        #expect(FormatReference.section(number) != nil, "\(file): \(match.output.0)")
      }
    }
    #expect(cited > 100)
  }
}
