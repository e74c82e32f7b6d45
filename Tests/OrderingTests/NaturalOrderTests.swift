import Ordering
import TestSupport
import Testing

@Suite struct NaturalOrderTests {
  @Test func numbersCountByValue() {
    let ordered = [
      "", "1", "2", "02", "002", "10", "layer", "layer2", "layer2.0.b", "layer2.1", "layer10",
      "layer10.a", "layer18446744073709551617", "layers", "é",
    ]
    for (index, name) in ordered.enumerated() {
      for (other, second) in ordered.enumerated() {
        #expect(NaturalOrder.precedes(name, second) == (index < other), "\(name) \(second)")
      }
    }
    #expect(NaturalOrder.compare("a01b2", "a1b02") > 0)
  }

  @Test func isATotalOrder() {
    var generator = SeededGenerator(seed: 1)
    let letters = Array("0012a.")
    let names = (0..<60).map { _ in
      String(
        (0..<Int.random(in: 0...5, using: &generator)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &generator)]
        })
    }
    for a in names {
      for b in names {
        let ab = NaturalOrder.compare(a, b).signum()
        #expect(ab == -NaturalOrder.compare(b, a).signum())
        #expect((ab == 0) == (a == b))
        guard ab < 0 else { continue }
        let broken = names.first { NaturalOrder.precedes(b, $0) && !NaturalOrder.precedes(a, $0) }
        #expect(broken == nil)
      }
    }
  }
}
