import NNRAnalysis
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// What `check` says of streams in which NNCodec's encoder and decoder part.
@Suite struct WriterCaseTests {
  private static let rules: [Rule] = [.r01, .r02, .r03, .r04, .r05]

  private func warnings(_ names: [String]) throws -> [(rule: Rule, unit: Int, message: String)] {
    let session = try WriterCase.session(names)
    var options = StreamCheck.Options()
    options.decodes = true
    return StreamCheck(session, stream: names.count - 1, options: options).breaches
      .filter { Self.rules.contains($0.rule) && $0.severity == .warning }
      .map { ($0.rule, $0.unit, $0.diagnostic.message) }
  }

  @Test func theFirstRoundNamesThePlace() throws {
    let found = try warnings(["fault2_plain_1"])
    #expect(found.map(\.rule) == [.r01] && found.map(\.unit) == [7])
    let message = try #require(found.first?.message)
    #expect(message.contains("skipped row 0, block column 1"), "\(message)")
    #expect(message.contains("layers.2.weight"))
  }

  @Test func bitDepthIsExplained() throws {
    let found = try warnings(["bitdepth8_dq_tca_1"])
    #expect(found.map(\.rule) == [.r02] && found.map(\.unit) == [3])
    #expect(found.first?.message.contains("limited to 8 bits") == true)
  }

  @Test func theBaseInTheHistory() throws {
    let found = try warnings((0...2).map { "base_in_history_\($0)" })
    #expect(Set(found.map(\.rule)) == [.r03] && found.map(\.unit) == [4, 6])
  }

  @Test func updatesThatCallThemselvesWhole() throws {
    #expect(try warnings(["update_without_parent_2.1.3_2"]).map(\.rule) == [.r04])
    #expect(try warnings(["2.1.1_diff_nobase"]).isEmpty)
  }

  @Test func olderParents() throws {
    let found = try warnings((1...3).map { "stale_parent_2.1.2_\($0)" })
    #expect(Set(found.map(\.rule)) == [.r05] && found.map(\.unit) == [3, 4, 6, 7])
  }

  @Test(arguments: 0...3) func soundChainsRaiseNothing(round: Int) throws {
    #expect(try warnings((0...round).map { "sa4_nodq_\($0)" }).isEmpty)
  }
}
