import TestSupport
import Testing

@testable import NNRModel

/// Chains whose encoder had other integers than decoders find; the hashes are those of the encoder's.
@Suite struct ChainRepairTests {
  /// Hashes and origins of the integers of a tensor, round by round; nil where it does not decode.
  private func hashes(
    _ session: Session, _ name: String
  ) -> [(hash: String?, origin: LevelsOrigin?)] {
    session.streams.indices.map { stream in
      guard let tensor = session.directory(stream).last(named: name) else { return (nil, nil) }
      let sink = LevelsSink()
      guard session.decode(stream: stream, unit: tensor.unit, into: sink) == nil else {
        return (nil, nil)
      }
      var hash = ContentHash()
      hash.update(sink.levels[tensor.place][...])
      return (hash.hex(), sink.starts[tensor.place].levelsOrigin)
    }
  }

  private func repaired(_ name: String, _ rounds: [Int]) throws -> Session {
    try WriterCase.session(rounds.map { "\(name)_\($0)" }).repairedChain()
  }

  @Test func skippedRowsInBlocks() throws {
    let session = try repaired("fault2_tca", [1, 2, 3, 4])
    let found = hashes(session, "layers.2.weight")
    #expect(
      found.map(\.hash).prefix(3) == [
        "0b59c731a80048f23caf67916711629de7fe36c9f932304e0627c466eead3d99",
        "48fba26c18a357ca906d6e0b0a9a9c833d93219437c8329b164ac513417ef0ea",
        "a5c908560140a308d217ae3403bde7e8139733a0e94b2b40d116b790d8c4f609",
      ])
    #expect(found.map(\.origin) == [.encoderBySearch, .encoderBySearch, .payload, .payload])
    let repair = try #require(session.repair)
    #expect(repair.failures == 0 && !repair.historyIncludesBase && repair.staleParents.isEmpty)
    // Nothing was built on the last round: it decodes, and its own integers stay open.
    let last = try #require(repair.findings.last)
    #expect(last.place.stream == 3)
    guard case .untold(let zeros) = last.outcome else {
      Issue.record("\(last.outcome)")
      return
    }
    #expect(zeros > 0)
  }

  @Test func withoutARepairTheChainBreaks() throws {
    let session = try WriterCase.session((1...4).map { "fault2_tca_\($0)" })
    #expect(
      hashes(session, "layers.2.weight").map { $0.hash != nil } == [true, false, false, false])
    #expect(session.repair == nil)
  }

  @Test func nothingIsClaimedWhereNoRoundTells() throws {
    let session = try repaired("fault2_plain", [1, 2, 3, 4])
    #expect(hashes(session, "layers.2.weight").allSatisfy { $0.origin == .payload })
    let repair = try #require(session.repair)
    #expect(repair.repaired == 0 && repair.findings.count == 3 && !repair.changesDecoding)
  }

  @Test func historiesThatCountTheBase() throws {
    let session = try repaired("base_in_history", [0, 1, 2, 3])
    #expect(session.repair?.historyIncludesBase == true && session.repair?.failures == 0)
    #expect(
      hashes(session, "fc.weight").map(\.hash) == [
        "c1febcff1ab4ff3e7f52f88fe612ebf8f0412a82e57d56433e91d4cab518445a",
        "c6caf48704c8cd4d7a7d727c4b974514bed070df4ecd05745fca74244332a486",
        "24affe55bbc9316ea0d0b512351953bea8403781f3145a928cd6d89d622ba52d",
        "e86dcbcf3b66cb876c954cf847dcd343cee9f83d1a7abda0e1bc56cd778dd7ea",
      ])
  }

  @Test func staleParents() throws {
    let session = try repaired("stale_parent_2.1.2", [1, 2, 3, 4])
    #expect(session.repair?.failures == 0)
    #expect(session.repair?.staleParents.values.allSatisfy { $0 == 0 } == true)
    #expect(
      hashes(session, "layers.0.weight").map(\.hash) == [
        "2b7d1d76e16c3292b0ead7c2a35453c41f11c4222eac46375cd15365c2db8ebb",
        "3e52aac9803c40e792b13cff573dc8ba14cd3b227885b4f6877834852f080843",
        "cd8a226b56aada0f8c5f17bf628c0b46da5102f8c4e3e68d10fd1198f97c14e8",
        "b1e8912b2622385059c4e1954c6f2786dd1cf8e680f18d8bb94ba48b35c49d3a",
      ])
  }

  @Test func aSoundChainStaysAsItIs() throws {
    let session = try repaired("sa4_nodq", [0, 1, 2, 3])
    let repair = try #require(session.repair)
    #expect(!repair.changesDecoding && repair.findings.isEmpty && repair.failures == 0)
  }

  @Test func stopsWhenAsked() throws {
    let session = try WriterCase.session((1...4).map { "fault2_tca_\($0)" })
    let stopped = session.repairedChain(shouldStop: { true })
    #expect(stopped.repair?.wasStopped == true)
    // A repair that was stopped is not kept.
    #expect(session.repairedChain().repair?.repaired == 2)
  }
}
