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
    var evidence = PartEvidence()
    evidence.content = { side, place in side == 0 ? ["1", "2", "3"][place] : ["2", "3"][place] }
    let alignment = SequenceAlignment(["x", "x", "x"], ["x", "x"], evidence)
    #expect(alignment.entries.map(\.a) == [0, 1, 2])
    #expect(alignment.entries.map(\.b) == [nil, 0, 1])
  }

  /// Parts of other names: of equal content or body wherever they stand, alike ones between the same neighbours.
  @Test func leftoversArePaired() {
    // The whole is the name, what stands behind the dash the content, the last letter of that the body; those that begin
    // with the same letter are alike.
    func pairs(_ a: [String], _ b: [String]) -> [String] {
      func content(_ part: String) -> String? {
        part.split(separator: "-").dropFirst().first.map(String.init)
      }
      var evidence = PartEvidence()
      evidence.content = { content(($0 == 0 ? a : b)[$1]) }
      evidence.body = {
        content(($0 == 0 ? a : b)[$1]).flatMap { $0.count > 1 ? String($0.suffix(1)) : nil }
      }
      evidence.areAlike = { a[$0].first == b[$1].first }
      return SequenceAlignment(a, b, evidence).entries.map {
        "\($0.a ?? -1)\($0.isMoved ? "~" : "=")\($0.b ?? -1)"
      }
    }
    #expect(pairs(["x", "k-1", "y"], ["x", "m-1", "y"]) == ["0=0", "1=1", "2=2"])
    #expect(pairs(["k-1", "x", "y"], ["x", "y", "m-1"]) == ["0~2", "1=0", "2=1"])
    #expect(pairs(["k-p1", "x", "y"], ["x", "y", "m-q1"]) == ["0~2", "1=0", "2=1"])
    #expect(pairs(["x", "ka", "y"], ["x", "kb", "y"]) == ["0=0", "1=1", "2=2"])
    #expect(
      pairs(["x", "ka", "kb", "y"], ["x", "ma", "kc", "y"]) == [
        "0=0", "-1=1", "1=2", "2=-1", "3=3",
      ])
    // A body on more parts of one side leaves a choice; neither another beginning nor another place is alike.
    #expect(pairs(["k-p1", "x"], ["m-q1", "n-r1", "x"]) == ["0=-1", "-1=0", "-1=1", "1=2"])
    #expect(pairs(["x", "ka", "y"], ["x", "mb", "y"]) == ["0=0", "1=-1", "-1=1", "2=2"])
    #expect(pairs(["x", "ka", "y"], ["x", "y", "kb"]) == ["0=0", "1=-1", "2=1", "-1=2"])
  }

  /// A sequence that two equals cross: which of two longest runs is kept is the same with both sides exchanged.
  @Test func crossingEqualsAreMirrored() {
    let (a, b) = (["x", "y", "y", "x"], ["y", "x", "x", "y"])
    #expect(
      mirror(SequenceAlignment(a, b).entries)
        == mirror(SequenceAlignment(b, a).entries, isMirrored: true))
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
    #expect(mirror(one) == mirror(other, isMirrored: true))
  }

  /// What entries say, in no order; with the sides exchanged.
  private func mirror(_ entries: [SequenceAlignment.Entry], isMirrored: Bool = false) -> Set<[Int]>
  {
    Set(
      entries.map {
        let sides = [$0.a ?? -1, $0.b ?? -1]
        return (isMirrored ? sides.reversed() : sides) + [$0.isMoved ? 1 : 0]
      })
  }

  /// A part as the evidence sees it: few values, so that names, contents and bodies repeat.
  private struct Part: Equatable {
    let name: String
    let content: String?
    let body: String?

    init(_ random: inout SeededGenerator, of kinds: Int) {
      name = "n\(Int.random(in: 0..<kinds, using: &random))"
      let number = Int.random(in: 0..<kinds * 2, using: &random)
      content = number == 0 ? nil : "c\(number)"
      body = number % 3 == 0 ? nil : "b\(number / 2)"
    }
  }

  /// Repeated names, contents and bodies, and likeness at random: each part is listed once, and exchanging the sides
  /// exchanges the entries.
  @Test(arguments: 0..<24) func mirrorOfRepeatedParts(_ seed: UInt64) {
    var random = SeededGenerator(seed: 0xd1ff + seed)
    var (renamed, moved) = (0, 0)
    for _ in 0..<1000 {
      let kinds = Int.random(in: 1...5, using: &random)
      func draw() -> [Part] {
        (0..<Int.random(in: 0...9, using: &random)).map { _ in Part(&random, of: kinds) }
      }
      let a = draw()
      var b = Bool.random(using: &random) ? draw() : a
      for _ in 0..<Int.random(in: 0...3, using: &random) where !b.isEmpty {
        b[Int.random(in: b.indices, using: &random)] = Part(&random, of: kinds)
        b.swapAt(
          Int.random(in: b.indices, using: &random), Int.random(in: b.indices, using: &random))
      }
      // Nothing but the mirror is asked of likeness.
      let alike = a.map { _ in b.map { _ in Int.random(in: 0..<3, using: &random) == 0 } }
      var evidence = PartEvidence()
      evidence.content = { [b] in ($0 == 0 ? a : b)[$1].content }
      evidence.body = { [b] in ($0 == 0 ? a : b)[$1].body }
      evidence.areAlike = { alike[$0][$1] }
      var exchanged = PartEvidence()
      exchanged.content = { [b] in ($0 == 0 ? b : a)[$1].content }
      exchanged.body = { [b] in ($0 == 0 ? b : a)[$1].body }
      exchanged.areAlike = { alike[$1][$0] }
      let one = SequenceAlignment(a.map(\.name), b.map(\.name), evidence).entries
      let other = SequenceAlignment(b.map(\.name), a.map(\.name), exchanged).entries
      guard mirror(one) == mirror(other, isMirrored: true),
        one.compactMap(\.a) == Array(a.indices), one.compactMap(\.b).sorted() == Array(b.indices)
      else {
        Issue.record("\(a) and \(b) with \(alike): \(one) but \(other)")
        return
      }
      for case (let i?, let j?) in one.map({ ($0.a, $0.b) }) where a[i].name != b[j].name {
        renamed += 1
      }
      moved += one.filter(\.isMoved).count
    }
    #expect(renamed > 100 && moved > 100)
  }

  /// One part of many that repeat gets another name and content: it is the one that differs.
  @Test(arguments: 0..<200) func oneOfManyRepeatedParts(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let a = (0..<Int.random(in: 1...12, using: &random)).map { _ in
      "\(Int.random(in: 0..<3, using: &random))"
    }
    let place = Int.random(in: a.indices, using: &random)
    var b = a
    b[place] = ["0", "1", "2", "new"].filter { $0 != a[place] }.randomElement(using: &random) ?? ""
    var evidence = PartEvidence()
    evidence.content = { [b] side, part in
      side == 0 ? a[part] : part == place ? "changed" : b[part]
    }
    evidence.areAlike = { $0 == place && $1 == place }
    let entries = SequenceAlignment(a, b, evidence).entries
    #expect(entries.map(\.a) == Array(a.indices) && entries.map(\.b) == Array(b.indices))
    #expect(entries.allSatisfy { !$0.isMoved })
  }

  @Test func longEqualRunsAreLinear() {
    let names = (0..<200_000).map { "tensor \($0)" }
    let entries = SequenceAlignment(names, names).entries
    #expect(entries.count == names.count && !entries.contains { $0.isMoved || $0.a != $0.b })
  }
}
