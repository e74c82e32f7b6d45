import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

@testable import Explorer

/// The syntax tables of the standard view follow the trees that the parser made.
@Suite struct StandardViewTests {
  private static let fixtures = [
    "cnn_digits_pyt", "walk_units", "names", "mps_three_maps", "cnn_block_codebook",
    "topology_TEF", "raw_float_special", "tca_update1", "qp_sweep", "codebook_edges_p1",
  ]

  @Test(arguments: fixtures) func everyNodeHasARow(_ name: String) throws {
    let stream = try Fixture(name).stream()
    for unit in 0..<stream.unitCount {
      guard let tree = stream.tree(unit) else { continue }
      let context = stream.parameters(before: unit).context
      let rows = StandardWalk.rows(tree, context: context)
      let nodes = rows.compactMap(\.node)
      #expect(nodes == nodes.sorted(), "\(name) u\(unit)")
      if tree.isComplete { #expect(!rows.contains { $0.state == .unreached }, "\(name) u\(unit)") }
      guard !rows.contains(where: { $0.kind == .gap }) else { continue }
      #expect(Set(nodes) == Set(tree.nodes.indices), "\(name) u\(unit)")
    }
  }

  @Test func damagedUnitsSayWhatWasNotReached() throws {
    var bytes = try Fixture("cnn_digits_pyt").bytes()
    let stream = try Fixture("cnn_digits_pyt").stream()
    let entry = stream.index.entries[3]
    // Dimensions of 0xff… do not fit.
    for place in entry.offset + 24..<entry.offset + 30 { bytes[place] = 0xff }
    let damaged = NNRStream(source: MemorySource(bytes), name: "damaged")
    let tree = try #require(damaged.tree(3))
    let rows = StandardWalk.rows(tree, context: damaged.parameters(before: 3).context)
    #expect(rows.contains { $0.state == .unreached } || tree.isComplete)
    #expect(rows.compactMap(\.node).last == tree.nodes.count - 1)
  }

  @Test func longLoopsAreCut() throws {
    var session = try ExplorerSession("codebook_edges_p1")
    session.command("tensor nonneg")
    session.command("syntax")
    session.keys("v")
    let rows = session.model.document.standard.rows
    #expect(rows.contains { if case .loop(let turns) = $0.kind { turns ?? 0 > 1 } else { false } })
  }

  @Test func theSelectionIsLinked() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv2.weight")
    session.command("syntax")
    session.keys("v")
    session.command("element count_tensor_dimensions")
    let table = session.model.document.standard
    let selected = table.rows[table.list.selection]
    #expect(selected.text == "count_tensor_dimensions")
    // Over a condition the place stays, and the next element moves it.
    var before = session.model.location
    for _ in 0..<40 {
      session.keys("j")
      let table = session.model.document.standard
      let row = table.rows[table.list.selection]
      if row.node == nil { #expect(session.model.location == before) }
      if let node = row.node { #expect(session.model.location.node == node) }
      before = session.model.location
    }
    session.keys("v")
    #expect(session.screen.contains("meaning"))
  }

  @Test func conditionsShowTheirOperands() throws {
    var session = try ExplorerSession("cnn_digits_pyt")
    session.command("tensor conv2.weight")
    session.command("syntax")
    session.keys("v")
    #expect(session.screen.contains("nnr_unit_size_flag{0}") || session.screen.contains("{5}"))
  }
}
