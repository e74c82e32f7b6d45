import NNRAnalysis
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// For every rule there is a stream that breaks it, and only it.
@Suite struct RuleStreamTests {
  private static let streams = Result { try RuleStream.all() }

  private func check(_ stream: RuleStream) -> StreamCheck {
    let session = stream.session
    var options = StreamCheck.Options()
    options.decodes = true
    return StreamCheck(session, stream: session.streams.count - 1, options: options)
  }

  /// Rules about carriers, and those that need a search, have tests of their own.
  private static let rules = Rule.allCases.filter { !$0.isAboutCarrier && !$0.needsSearch }

  @Test func theStreamToStartFromIsClean() throws {
    let found = check(RuleStream(.s01, try RuleStream.clean())).breaches
    #expect(found.isEmpty, "\(found.map { "\($0.rule.id) \($0.diagnostic.message)" })")
  }

  @Test func everyRuleHasAStream() throws {
    let broken = Set(try Self.streams.get().map(\.rule))
    #expect(Self.rules.filter { !broken.contains($0) }.map(\.id) == [])
  }

  @Test(arguments: rules.map(\.id)) func aStreamBreaksItAndOnlyIt(_ id: String) throws {
    let rule = try #require(Rule.named(id))
    let streams = try Self.streams.get().filter { $0.rule == rule }
    try #require(!streams.isEmpty)
    for stream in streams {
      let found = check(stream).breaches
      let text = "\(found.map { "\($0.rule.id) unit \($0.unit): \($0.diagnostic.message)" })"
      let others = found.filter { $0.rule != rule && stream.accompanied[$0.rule] == nil }
      #expect(others.isEmpty, "\(stream): \(text)")
      #expect(
        found.contains { $0.rule == rule && $0.severity == stream.severity }, "\(stream): \(text)")
      for breach in found where breach.rule == rule {
        #expect(!breach.diagnostic.message.isEmpty)
        let index = stream.session.streams.last?.index.entries ?? []
        let bits = index.indices.contains(breach.unit) ? index[breach.unit].size * 8 : 0
        #expect(
          breach.diagnostic.range.start >= 0 && breach.diagnostic.range.end <= bits, "\(stream)")
      }
    }
  }

  @Test(arguments: rules.map(\.id)) func aRuleThatNeedsDecodingIsNotRunWithout(_ id: String)
    throws
  {
    let rule = try #require(Rule.named(id))
    for stream in try Self.streams.get() where stream.rule == rule {
      let session = stream.session
      let check = StreamCheck(session, stream: session.streams.count - 1)
      #expect(check.breaches.contains { $0.rule == rule } == !rule.needsDecoding, "\(stream)")
      #expect(check.notRun.contains(rule) == rule.needsDecoding)
    }
  }
}
