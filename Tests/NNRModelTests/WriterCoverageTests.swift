import NNRSyntax
import TestSupport
import Testing

/// The random streams reach the whole syntax, so that what holds for them holds for it.
@Suite struct WriterCoverageTests {
  @Test func everyElementIsWritten() {
    var names: Set<String> = []
    for seed in 0..<1_500 {
      for (_, unit) in RandomStream(seed: UInt64(seed), mayBeDamaged: false).writer.units {
        for element in unit.elements {
          names.insert(String(element.name.prefix { $0 != "[" }))
        }
      }
    }
    // Contained units that cannot be told apart are a unit of their own in the tests of aggregates.
    let missing = Set(SyntaxCatalog.standard.elements.map(\.name))
      .subtracting(names).subtracting(["aggregate_data"])
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  @Test func aSeedMakesTheSameStreamAgain() {
    for seed in 0..<50 as Range<UInt64> {
      #expect(RandomStream(seed: seed).bytes == RandomStream(seed: seed).bytes)
    }
    #expect(Set((0..<50).map { RandomStream(seed: $0).bytes }).count == 50)
  }
}
