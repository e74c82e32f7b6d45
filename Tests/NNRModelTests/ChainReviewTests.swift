import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// What the headers tell of several streams as one chain.
@Suite struct ChainReviewTests {
  @Test func aChainIsSound() throws {
    for names in [["fl-base"], ["fl-base", "fl-round-1"]] {
      let review = try session(names).chainReview()
      #expect(review.faults.isEmpty && review.unused.isEmpty && review.unnamed.isEmpty)
      #expect(try session(names).orderThatFits(review) == nil)
    }
  }

  @Test func theBaseIsMissing() throws {
    let session = try session(["fl-round-1"])
    let review = session.chainReview()
    #expect(!review.faults.isEmpty && review.faults.allSatisfy { $0.rule == .u10 })
    #expect(session.orderThatFits(review) == nil)
    var visited = 0
    let failures = try session.accumulatedParameters { _ in
      visited += 1
      return true
    }
    #expect(visited == 0 && failures.count == review.faults.count)
    #expect(failures.allSatisfy { $0.failure.rule == .u10 })
  }

  @Test func theOrderIsWrong() throws {
    let session = try session(["fl-round-1", "fl-base"])
    let review = session.chainReview()
    #expect(review.faults.map(\.stream).allSatisfy { $0 == 0 } && review.unused == [0])
    #expect(session.orderThatFits(review) == [1, 0])
  }

  /// Every order of a chain but its own is refused, and its own is named.
  @Test func permutations() throws {
    let names = ["tca_base", "tca_update1", "tca_update2"]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let session = try fixtures(order.map { names[$0] })
      let review = session.chainReview()
      #expect(review.faults.isEmpty == (order == [0, 1, 2]), "\(order)")
      let fits = session.orderThatFits(review)
      #expect(fits?.map { order[$0] } == (order == [0, 1, 2] ? nil : [0, 1, 2]), "\(order)")
    }
  }

  @Test func aRoundIsMissing() throws {
    let session = try fixtures(["tca_base", "tca_update2"])
    let review = session.chainReview()
    #expect(Set(review.faults.map(\.rule)) == [.u03])
    #expect(session.orderThatFits(review) == nil)
  }

  /// Two devices build on one base: the sum is that of the device named last.
  @Test func devicesHaveTheirOwnChains() throws {
    let session = try fixtures(["devices_base", "devices_1_update1", "devices_2_update1"])
    let review = session.chainReview()
    #expect(review.faults.isEmpty)
    #expect(review.unused == [1])
  }

  private func session(_ names: [String]) throws -> Session {
    try names.count == 1
      ? Fixture.caseSession(names[0]) : Fixture.caseSession(names[0], names[1])
  }

  private func fixtures(_ names: [String]) throws -> Session {
    Session(
      try names.map {
        (source: MemorySource(try Fixture($0).bytes()) as any ByteSource, name: $0)
      })
  }
}
