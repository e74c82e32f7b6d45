import NNRAnalysis
import NNRModel
import TestSupport
import Testing

/// Groups of tensors: which tensor is in which, and that they are the whole together.
@Suite struct NameGroupsTests {
  private static let members: [GroupMember] = [
    GroupMember("embed.weight", dimensions: [100, 8]),
    GroupMember("layer1.0.conv1.weight", dimensions: [8, 3, 3, 3]),
    GroupMember("layer1.0.bn1.weight", dimensions: [8]),
    GroupMember("layer1.0.bn1.bias", dimensions: [8]),
    GroupMember("layer1.0.bn1.running_mean", dimensions: [8]),
    GroupMember("layer1.1.downsample.1.weight", dimensions: [8]),
    GroupMember("layer1.1.downsample.1.bias", dimensions: [8]),
    GroupMember("fc.weight", dimensions: [10, 8]), GroupMember("fc.bias", dimensions: [10]),
    GroupMember("fc.weight_scaling", role: .localScaling, dimensions: [10]),
    GroupMember("logits", dimensions: [10]), GroupMember("bias", dimensions: [1]),
    GroupMember("block.gamma", role: .gamma, dimensions: [4]), GroupMember("unknown"),
  ]

  @Test func roles() {
    #expect(
      NameGroups(rule: .role).names(of: Self.members) == [
        "embedding", "weight", "norm", "norm", "norm", "norm", "norm", "weight", "bias", "scaling",
        "vector", "bias", "norm", "weight",
      ])
  }

  @Test func partsOfNames() {
    #expect(
      NameGroups(rule: .depth(2)).names(of: Self.members) == [
        "embed", "layer1.0", "layer1.0", "layer1.0", "layer1.0", "layer1.1", "layer1.1", "fc", "fc",
        "fc", "logits", "bias", "block", "unknown",
      ])
  }

  @Test func theFirstPatternThatFits() {
    let groups = NameGroups(patterns: [
      ("bn", Glob("*.bn?.*")), ("layers", Glob("layer*")), ("none", Glob("z*")),
      ("bn", Glob("block.*")),
    ])
    let places = groups.places(of: Self.members)
    #expect(places.map(\.group) == ["bn", "layers", "none", "(other)"])
    #expect(places.map(\.places) == [[2, 3, 4, 12], [1, 5, 6], [], [0, 7, 8, 9, 10, 11, 13]])
  }

  /// Every bit of every fixture belongs to one group, or to what is named as belonging to none.
  @Test(arguments: [NameGroups.Rule.role, .depth(1), .depth(3), .labels(["fc.weight": "a"])])
  func groupsSumToTheFile(_ rule: NameGroups.Rule) throws {
    for fixture in Fixture.quick {
      let session = try fixture.session()
      let ledger = BitLedger(session, stream: session.streams.count - 1)
      let nodes = CostTree.groups(ledger, NameGroups(rule: rule))
      let bits = nodes.reduce(0) { $0 + $1.bits }
      #expect((bits - 8 * Double(ledger.size)).magnitude < 1e-6, "\(fixture)")
      #expect(nodes.reduce(0) { $0 + $1.tensors } == ledger.tensors.count, "\(fixture)")
    }
  }
}
