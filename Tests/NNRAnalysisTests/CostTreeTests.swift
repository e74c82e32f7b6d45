import NNRAnalysis
import NNRModel
import Ordering
import TestSupport
import Testing

/// The tree of name prefixes holds every bit once.
@Suite struct CostTreeTests {
  @Test(arguments: Fixture.all) func childrenSumToTheirParents(_ fixture: Fixture) throws {
    let session = try fixture.session()
    // From headers alone: sums hold at every moment.
    let ledger = BitLedger(session, stream: session.streams.count - 1)
    let tree = CostTree(ledger)
    #expect((tree.nodes[0].bits - Double(ledger.size) * 8).magnitude <= 1e-6)
    #expect(tree.nodes[0].tensors == ledger.tensors.count)
    #expect(tree.nodes[0].weights == ledger.weights)
    for (place, node) in tree.nodes.enumerated() where !node.children.isEmpty {
      let below = node.children.map { tree.nodes[$0] }
      #expect((below.reduce(0) { $0 + $1.bits } - node.bits).magnitude <= 1e-6)
      #expect(below.reduce(0) { $0 + $1.weights } == node.weights)
      #expect(below.allSatisfy { $0.parent == place && $0.depth == node.depth + 1 })
      let names = below.map(\.name)
      #expect(zip(names, names.dropFirst()).allSatisfy { NaturalOrder.compare($0, $1) <= 0 })
    }
    #expect(tree.places().sorted() == Array(tree.nodes.indices))
  }

  @Test func prefixesOfADecodedModel() throws {
    let session = try Fixture("cnn_block_bn").session()
    let ledger = BitLedger.decoded(session, stream: 0, threads: 2)
    let tree = CostTree(ledger)
    for (place, tensor) in ledger.tensors.enumerated() {
      let leaf = try #require(tree.nodes.first { $0.kind == .tensor(place) })
      #expect(leaf.path == tensor.name)
      #expect(tensor.name.hasSuffix(leaf.name))
      #expect(leaf.bits >= (try #require(tensor.bits)) - 1e-6)
      var around = leaf.parent
      while let place = around, place != 0 {
        #expect(tensor.name.hasPrefix(tree.nodes[place].path + "."))
        around = tree.nodes[place].parent
      }
    }
    for unit in ledger.units {
      let isLeaf = tree.nodes.contains { $0.kind == .unit(unit.number) }
      #expect(isLeaf == (unit.tensors.count != 1), "unit \(unit.number)")
    }
  }

  @Test func closedNodesHideWhatIsBelow() throws {
    let session = try Fixture("mlp_iris").session()
    let tree = CostTree(BitLedger(session, stream: 0))
    let top = tree.places(opens: { $0 == 0 })
    #expect(top == [0] + tree.nodes[0].children)
    let reversed = tree.places(order: { $0.reversed() }, opens: { $0 == 0 })
    #expect(reversed == [0] + tree.nodes[0].children.reversed())
    #expect(tree.places(below: tree.nodes.count).isEmpty)
  }
}
