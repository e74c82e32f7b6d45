import NNRSyntax
import TestSupport
import Testing

/// The catalogue of rules.
@Suite struct RuleCatalogTests {
  @Test func idsAreUniqueAndFound() {
    var seen: Set<String> = []
    for rule in Rule.allCases {
      #expect(rule.id.contains(/^[SHMTNPURALC][0-9]{2}$/), "\(rule.id)")
      #expect(seen.insert(rule.id).inserted, "\(rule.id) is there twice")
      #expect(Rule.named(rule.id.lowercased()) == rule)
    }
    #expect(Rule.named("Z99") == nil)
  }

  @Test func everyRuleExplainsItself() {
    for rule in Rule.allCases {
      #expect(rule.condition.count > 8, "\(rule.id)")
      #expect(rule.reason.hasSuffix("."), "\(rule.id)")
      #expect(rule.mistake.hasSuffix("."), "\(rule.id)")
    }
  }

  @Test func everyRuleOfTheSyntaxIsListed() {
    for element in SyntaxCatalog.standard.elements {
      guard let rule = element.rule else { continue }
      #expect(Rule.allCases.contains(rule), "\(rule.id) of \(element.name)")
    }
    for structure in SyntaxCatalog.standard.structures {
      for rule in rules(structure.items) { #expect(Rule.allCases.contains(rule), "\(rule.id)") }
    }
  }

  private func rules(_ items: [SyntaxItem]) -> [Rule] {
    items.flatMap { item -> [Rule] in
      switch item {
      case .constraint(let rule, _, _): return [rule]
      case .when(_, let rows, let otherwise): return rules(rows) + rules(otherwise)
      case .loop(_, _, _, _, let rows), .composite(_, _, let rows): return rules(rows)
      case .read, .structure, .derive: return []
      }
    }
  }

  @Test func severitiesAreSortedAndLettered() {
    #expect(Severity.allCases.sorted() == [.error, .warning, .info])
    #expect(Severity.allCases.map(\.letter) == ["E", "W", "I"])
  }
}
