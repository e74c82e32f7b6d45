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
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    let entry = try Fixture("cnn_digits_pyt").stream().index.entries[3]
    let damaged = NNRStream(
      source: MemorySource(Array(bytes[..<(entry.offset + 20)])), name: "damaged")
    let tree = try #require(damaged.tree(3))
    let rows = StandardWalk.rows(tree, context: damaged.parameters(before: 3).context)
    #expect(!tree.isComplete)
    #expect(rows.contains { $0.state == .unreached && $0.text == "count_tensor_dimensions" })
    #expect(rows.compactMap(\.node).last == tree.nodes.count - 1)
  }

  @Test func longLoopsAreCut() throws {
    let stream = try Fixture("long_unit_scan").stream()
    let tree = try #require(stream.tree(4))
    let rows = StandardWalk.rows(tree, context: stream.parameters(before: 4).context)
    let name = "cabac_entry_point_list"
    let turns = tree.nodes.count { $0.element?.name == name }
    #expect(turns == 74)
    // The first 48 and the last are listed, and between them how many are not.
    let first = try #require(rows.firstIndex { $0.text == "\(name)[0]" })
    let listed = rows.map(\.text).filter {
      $0.hasPrefix(name + "[") || $0.hasSuffix("more turns")
    }
    let names = (0..<48).map { "\(name)[\($0)]" }
    #expect(listed == names + ["… \(turns - 49) more turns", "\(name)[\(turns - 1)]"])
    #expect(rows[..<first].contains { $0.kind == .loop(turns: turns) })
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
    session.command("element count_tensor_dimensions")
    session.keys("k")
    #expect(session.screen.contains("if( nnr_compressed_data_unit_payload_type{1} != 2 )"))
    #expect(session.screen.contains("if( nnr_decompressed_data_format_present_flag{0} == 1 )"))
  }
}
