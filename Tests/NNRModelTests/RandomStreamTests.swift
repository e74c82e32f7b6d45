import NNRBits
import NNRSyntax
import TestSupport
import Testing

@testable import NNRModel

/// What holds for streams of every kind, tried on 10,000 of them.
///
/// The seed of a failure makes the stream again.
@Suite struct RandomStreamTests {
  private static let batch = 500

  @Test(arguments: 0..<RandomCases.count(20, least: 2)) func invariantsHoldAndWhatWasWrittenIsFound(
    _ number: Int
  ) {
    var seen: [RandomStream.Damage?: Int] = [:]
    var ambiguous = 0
    for seed in number * Self.batch..<(number + 1) * Self.batch {
      let random = RandomStream(seed: UInt64(seed))
      seen[random.damage, default: 0] += 1
      let place = "seed \(seed), \(random.damage?.rawValue ?? "valid")"
      let stream = NNRStream(source: MemorySource(random.bytes), name: place)
      let again = NNRStream(source: MemorySource(random.bytes), name: place, cacheBytes: 1)
      let broken = StreamInvariants.broken(in: stream, comparedWith: again)
      #expect(broken.isEmpty, "\(place): \(broken)")
      guard random.damage?.keepsElements ?? true else { continue }
      for difference in differences(random, stream, &ambiguous) {
        Issue.record("\(place): \(difference)")
      }
    }
    #expect(seen[nil, default: 0] > Self.batch / 3)
    #expect(seen.count == RandomStream.Damage.allCases.count + 1)
    #expect(
      ambiguous < Self.batch / 20, "\(ambiguous) units of batch \(number) were read otherwise")
  }

  /// Differences, but for units that another reading, which goes first, happens to fit.
  private func differences(_ random: RandomStream, _ stream: NNRStream, _ ambiguous: inout Int)
    -> [String]
  {
    let writer = random.writer
    guard stream.unitCount == writer.units.count else {
      return ["\(writer.units.count) units written, \(stream.unitCount) found"]
    }
    // Where no profile is said units are written by profile 0, and random ones may fit the other better.
    guard stream.assumedProfile ?? 0 == 0 else {
      ambiguous += 1
      return []
    }
    var found: [String] = []
    var parameters: Set<UnitType> = []
    for (place, written) in writer.units.enumerated() {
      guard let tree = stream.tree(place) else { return found + ["unit \(place): no tree"] }
      // Where dimensions are missing, broken alignment bits hide which reading is the right one.
      let fits = tree.isComplete || random.damage == .badAlignment
      if fits, tree.reading != written.unit.reading {
        let differs = !written.unit.differences(from: tree).isEmpty
        if differs {
          // The units behind may be parsed in another context.
          ambiguous += 1
          return found
        }
        continue
      }
      found += written.unit.differences(from: tree).map { "unit \(place), \($0)" }
      let told = Set(tree.diagnostics.map(\.rule.id))
      for rule in written.unit.brokenRules where !told.contains(rule.id) {
        found.append("unit \(place): \(rule.id) is broken and not told")
      }
      // A second start unit or parameter set is believed only if it is sound, so the units behind it may be read otherwise.
      if let type = stream.index.entries[place].type, [.start, .modelParameterSet].contains(type),
        !parameters.insert(type).inserted, !UnitJudge.isSound(tree)
      {
        ambiguous += 1
        return found
      }
    }
    return found
  }
}
