import NNRAnalysis
import NNRBits
import NNRModel
import TestSupport
import Testing

/// Where a stream does not say its profile, the rule that is broken names the one it is read by.
@Suite struct ProfileRuleTests {
  @Test(arguments: [("decomposed_p0_scan0", 0), ("tca_base", 1)])
  func theProfileThatIsAssumedIsNamed(_ fixture: String, _ profile: Int) throws {
    let whole = try Fixture(fixture).bytes()
    let meant = NNRStream(source: MemorySource(whole), name: "whole")
    try #require(meant.profile == profile && meant.index.entries[0].size == 4)
    let guess = "profile \(profile) is assumed, as units fit it"

    #expect(messages(of: "S01", in: Array(whole.dropFirst(4))).allSatisfy { $0.hasSuffix(guess) })
    #expect(messages(of: "S01", in: Array(whole.dropFirst(4))).count == 1)

    var changed = whole
    changed[3] = 7
    let told = messages(of: "S09", in: changed)
    #expect(told.count == 1)
    #expect(told.allSatisfy { $0.contains("general_profile_idc is 7") && $0.hasSuffix(guess) })
  }

  private func messages(of rule: String, in bytes: [UInt8]) -> [String] {
    let session = Session([(MemorySource(bytes), "changed")])
    return StreamCheck(session, stream: 0).breaches.filter { $0.rule.id == rule }
      .map(\.diagnostic.message)
  }
}
