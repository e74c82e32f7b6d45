import NNRAnalysis
import TestSupport
import Testing

/// Sequences side by side by the names of their parts.
@Suite struct SequenceAlignmentTests {
  private func entries(_ a: [String], _ b: [String]) -> [String] {
    SequenceAlignment(a, b).entries.map { entry in
      "\(entry.a.map { "\($0)" } ?? "-")\(entry.isMoved ? "~" : "=")\(entry.b.map { "\($0)" } ?? "-")"
    }
  }

  @Test func examples() {
    #expect(entries(["a", "b"], ["a", "b"]) == ["0=0", "1=1"])
    #expect(entries(["a", "b", "c"], ["a", "c"]) == ["0=0", "1=-", "2=1"])
    #expect(entries(["a", "c"], ["a", "b", "c"]) == ["0=0", "-=1", "1=2"])
    #expect(entries(["a", "b", "c", "d"], ["d", "a", "b", "c"]) == ["0=1", "1=2", "2=3", "3~0"])
    #expect(entries([], ["x"]) == ["-=0"])
    #expect(entries(["x", "x"], ["x"]) == ["0=0", "1=-"])
  }

  @Test func contentTellsPartsOfOneNameApart() {
    let alignment = SequenceAlignment(["x", "x", "x"], ["x", "x"]) { side, place in
      side == 0 ? ["1", "2", "3"][place] : ["2", "3"][place]
    }
    #expect(alignment.entries.map(\.a) == [0, 1, 2])
    #expect(alignment.entries.map(\.b) == [nil, 0, 1])
  }

  /// Every part is listed once, kept parts ascend, and exchanging the sides exchanges the entries.
  @Test(arguments: 0..<200) func properties(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = (0..<Int.random(in: 0...9, using: &random)).map { "n\($0)" }
    func draw() -> [String] {
      names.filter { _ in Int.random(in: 0..<5, using: &random) > 0 }
        .shuffled(using: &random)
    }
    let (a, b) = (draw(), Bool.random(using: &random) ? draw() : names)
    let one = SequenceAlignment(a, b).entries
    let other = SequenceAlignment(b, a).entries
    #expect(one.compactMap(\.a).sorted() == Array(a.indices))
    #expect(one.compactMap(\.b).sorted() == Array(b.indices))
    let kept = one.filter { !$0.isMoved && $0.a != nil && $0.b != nil }
    #expect(kept.compactMap(\.b) == kept.compactMap(\.b).sorted())
    func key(_ a: Int?, _ b: Int?, _ moved: Bool) -> String { "\(a ?? -1) \(b ?? -1) \(moved)" }
    #expect(
      Set(one.map { key($0.a, $0.b, $0.isMoved) }) == Set(other.map { key($0.b, $0.a, $0.isMoved) })
    )
  }

  @Test func longEqualRunsAreLinear() {
    let names = (0..<200_000).map { "tensor \($0)" }
    let entries = SequenceAlignment(names, names).entries
    #expect(entries.count == names.count && !entries.contains { $0.isMoved || $0.a != $0.b })
  }
}
