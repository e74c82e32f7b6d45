import Ordering
import Testing

@Suite struct PrefixEndTests {
  @Test func theFirstThatDoesNotBelongIsFound() {
    for count in 0...20 {
      let numbers = Array(0..<count)
      for bound in -1...count + 1 {
        #expect(numbers.prefixEnd { $0 < bound } == min(max(bound, 0), count))
        let part = numbers[(count / 3)...]
        #expect(part.prefixEnd { $0 < bound } == min(max(bound, count / 3), count))
      }
    }
  }
}
