import Foundation
import NNRAnalysis
import NNRModel
import NNRReport
import Ordering
import TestSupport
import Testing

/// `cost` as JSON, CSV and text has the keys of the contract and the sums of the ledger.
@Suite struct CostDocumentTests {
  private func ledger(_ name: String, rows: Bool = false) throws -> BitLedger {
    let session = try Fixture(name).session()
    return BitLedger.decoded(
      session, stream: session.streams.count - 1, rowBits: rows, threads: 2)
  }

  private func document(_ ledger: BitLedger, rowsOf name: String? = nil) throws -> [String: Any] {
    var json = JSONWriter()
    CostDocument.write(ledger, rowsOf: name, to: &json)
    let object = try JSONSerialization.jsonObject(with: Data(json.takeBytes()))
    return try #require(object as? [String: Any])
  }

  @Test(arguments: ["cnn_block_codebook", "mlp_iris", "names", "raw_float_mid", "topology_absent"])
  func keysAndSums(_ name: String) throws {
    let ledger = try ledger(name)
    let document = try document(ledger)
    #expect(Set(document.keys) == ["file", "size", "total_bits", "ledger", "tensors"])
    let size = try #require(document["size"] as? Int)
    #expect(document["total_bits"] as? Int == size * 8)
    let entries = try #require(document["ledger"] as? [[String: Any]])
    var sum = 0.0
    var byOwner: [String: Double] = [:]
    for entry in entries {
      #expect(Set(entry.keys) == ["owner", "class", "bits", "bins"])
      let bits = try #require(entry["bits"] as? Double)
      sum += bits
      byOwner[try #require(entry["owner"] as? String), default: 0] += bits
      #expect(CostClass(name: try #require(entry["class"] as? String)) != nil)
    }
    #expect((sum - Double(size) * 8).magnitude <= 1e-6)
    let tensors = try #require(document["tensors"] as? [[String: Any]])
    #expect(tensors.count == ledger.tensors.count)
    for (tensor, cost) in zip(tensors, ledger.tensors) {
      #expect(
        Set(tensor.keys).subtracting(["name_bytes"]) == [
          "name", "weights", "bits", "bits_per_weight", "entropy", "classes",
        ])
      let bits = try #require(tensor["bits"] as? Double)
      let classes = try #require(tensor["classes"] as? [String: Double])
      #expect((classes.values.reduce(0, +) - bits).magnitude <= 1e-6)
      let owned = byOwner["\(cost.tensor.unit)/\(cost.name)"] ?? 0
      #expect((owned - bits).magnitude <= 1e-6, "\(cost.name)")
    }
  }

  @Test func rowsOnRequest() throws {
    let ledger = try ledger("cnn_sparse", rows: true)
    let name = try #require(ledger.tensors.first?.name)
    let tensors = try #require(try document(ledger, rowsOf: name)["tensors"] as? [[String: Any]])
    let rows = try #require(tensors.first?["rows"] as? [Double])
    let wanted = try #require(ledger.tensors.first?.rowBits)
    // Foundation reads numbers to the last but one digit.
    #expect(rows.count == wanted.count)
    #expect(zip(rows, wanted).allSatisfy { ($0 - $1).magnitude < 1e-9 })
    #expect(tensors.dropFirst().allSatisfy { $0["rows"] == nil })
  }

  @Test func tables() throws {
    let ledger = try ledger("cnn_sparse")
    let total = Double(ledger.size) * 8
    let tree = CostPrefixTable.table(CostTree(ledger), selection: TableSelection())
    #expect(tree.cell(row: 0, "bits").number == total)
    #expect(tree.cell(row: 0, "share") == .number(1))
    let classes = CostUnitTable.classes(ledger)
    let bits = classes.rows.indices.compactMap { classes.cell(row: $0, "bits").number }
    #expect((bits.reduce(0, +) - total).magnitude <= 1e-6)
    let units = CostUnitTable.table(ledger)
    #expect(units.rows.count == ledger.units.count)
    let sizes = units.rows.indices.compactMap { units.cell(row: $0, "bits").number }
    #expect(sizes.reduce(0, +) == total)
    let tensors = CostTensorTable.table(ledger)
    #expect(tensors.rows.count == ledger.tensors.count)
    #expect(TextTable(tree).lines.count == tree.rows.count + 1)
    #expect(CostText.heading(ledger).hasSuffix("\n"))
    #expect(CostText.failures(ledger).isEmpty)
  }

  @Test func treeIsSortedAmongSiblings() throws {
    let ledger = try ledger("cnn_sparse")
    var selection = TableSelection()
    selection.sort = SortOrder(key: "name")
    selection.columns = ["name", "depth"]
    let table = CostPrefixTable.table(CostTree(ledger), selection: selection)
    let top = table.rows.indices.compactMap { row -> String? in
      guard table.cell(row: row, "depth") == .integer(1),
        case .text(let name) = table.cell(row: row, "name")
      else { return nil }
      return name
    }
    #expect(zip(top, top.dropFirst()).allSatisfy { NaturalOrder.compare($0, $1) < 0 })
  }
}
