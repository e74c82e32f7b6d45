import NNRBits
import NNRModel
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// On every page of every list the tensors can be told apart, whatever their names have in common.
@Suite struct LongNamesTests {
  /// The names of a language model: long, alike at the beginning and at the end.
  static let language = (0..<12).flatMap { layer in
    [
      "self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
      "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj", "input_layernorm",
    ].map { "model.language_model.layers.\(layer).\($0).weight" }
  }

  /// The names of a residual network of 56 layers: alike in the middle.
  static let residual =
    ["conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var"]
    + (1...3).flatMap { stage in
      (0..<9).flatMap { block in
        (1...2).flatMap { part in
          ["conv\(part).weight"]
            + ["weight", "bias", "running_mean", "running_var"].map { "bn\(part).\($0)" }
        }.map { "layer\(stage).\(block).\($0)" }
      }
    } + ["fc.weight", "fc.bias"]

  private func explorer(_ names: [String], _ size: Size, differs: Bool = false) throws
    -> ExplorerSession
  {
    func bytes(_ payload: [UInt8]) -> [UInt8] {
      var writer = StreamWriter(.start(), .modelParameters)
      for name in names {
        writer.append(.tensor(name, 2, 3, payload: payload).set(.scanOrder, 1))
      }
      return writer.bytes
    }
    var sources = [(MemorySource(bytes([0xf7, 0xdf])), "one.nnc")]
    if differs { sources.append((MemorySource(bytes([0xf7, 0xde])), "two.nnc")) }
    let session = Session(sources)
    var explorer = ExplorerSession(
      ExplorerModel(session.opened(), size: size))
    explorer.work()
    return explorer
  }

  /// What is written in the style of names in each row of the list that is open.
  ///
  /// Of differences only the rows of units: those of levels and costs name the same tensors again.
  private func shown(_ explorer: ExplorerSession, isOfUnits: Bool = false) throws -> [String] {
    let grid = explorer.model.draw()
    let body = try #require(explorer.model.layout.body(explorer.model.focus))
    let page = explorer.model.page(explorer.model.focus)
    return (body.y..<min(body.maxY, body.y + page + 1)).compactMap { y in
      let cells = grid.row(y).dropFirst(body.x).prefix(body.width)
      if isOfUnits, !cells.contains(where: { $0.style.role == .heading }) { return nil }
      let name = cells.filter { $0.style.role == .name }.map(\.text).joined()
      return name.isEmpty ? nil : name
    }
  }

  @Test(
    arguments: [Size(120, 40), Size(80, 24)],
    ["1", "2", "3 t", "5", "7", "8", "9"]
  ) func areToldApart(_ size: Size, _ keys: String) throws {
    for names in [Self.language, Self.residual] {
      var explorer = try explorer(names, size, differs: ["7", "9"].contains(keys))
      explorer.keys(keys)
      var seen = 0
      for _ in 0..<8 {
        let page = try shown(explorer, isOfUnits: keys == "7")
        #expect(Set(page).count == page.count, "\(keys) \(size): \(page)")
        seen += page.count
        explorer.keys("PgDn")
      }
      #expect(seen >= 12, "\(keys) \(size)")
    }
  }

  /// The selected one is written out whole.
  @Test func theSelectedNameIsWhole() throws {
    var explorer = try explorer(Self.language, Size(80, 24))
    explorer.keys("2 j j j")
    #expect(explorer.screen.contains(Self.language[3]))
  }
}
