import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// Two streams side by side.
@Suite struct DiffViewTests {
  private func session(_ a: [UInt8], _ b: [UInt8]) -> ExplorerSession {
    let session = Session([(MemorySource(a), "a.nnc"), (MemorySource(b), "b.nnc")])
    var explorer = ExplorerSession(
      ExplorerModel(
        session.streams.map { ($0, "") }, size: Size(120, 40), decoder: SessionDecoder(session)))
    explorer.work()
    return explorer
  }

  @Test func aStreamAndItself() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    var explorer = session(bytes, bytes)
    explorer.command("diff")
    #expect(explorer.screen.contains("no difference"))
    #expect(explorer.screen.contains("20 units the same"))
  }

  @Test func oneElement() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    var other = bytes
    // conv2.weight: parameter_id is ue(5) behind device_id; its last bit is bit 171 of unit 8.
    let stream = try Fixture("cnn_digits_pyt").stream()
    let tree = try #require(stream.tree(8))
    let node = try #require(tree.nodes.first { $0.element?.name == "parameter_id" })
    let bit = stream.index.entries[8].offset * 8 + node.range.end - 1
    other[bit / 8] ^= 1 << UInt8(7 - bit % 8)
    var explorer = session(bytes, other)
    explorer.command("diff")
    let rows = explorer.model.diff.rows
    #expect(rows.filter { $0.kind == .element }.map(\.text) == ["  parameter_id"])
    #expect(explorer.model.diff.isComplete)
    explorer.keys("j j l Enter")
    #expect(explorer.model.current == 1)
    #expect(
      explorer.model.location
        == Location(unit: 8, node: explorer.model.location.node, bit: node.range.end - 1))
    explorer.keys("7 h Enter")
    #expect(explorer.model.current == 0)
  }

  @Test func anotherFileIsOpened() throws {
    var explorer = try ExplorerSession("cnn_digits_pyt", decodes: true)
    explorer.command("diff other.nnc")
    guard case .open(let path)? = explorer.takeEffects().last else {
      Issue.record("no file was asked for")
      return
    }
    #expect(path == "other.nnc")
    explorer.send(.opened([], path: path, problem: "no such file"))
    #expect(explorer.screen.contains("no such file"))
    let both = Session([
      (MemorySource(try Fixture("cnn_digits_pyt").bytes()), "a"),
      (MemorySource(try Fixture("mlp_iris").bytes()), "other.nnc"),
    ])
    explorer.send(.opened(both.streams, path: path, problem: ""))
    explorer.work()
    #expect(explorer.model.documents.count == 2)
    #expect(explorer.screen.contains("B other.nnc"))
  }
}
