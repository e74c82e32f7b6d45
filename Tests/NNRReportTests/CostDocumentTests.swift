import Foundation
import NNRAnalysis
import NNRModel
import NNRReport
import Ordering
import PlainText
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
    let tree = Table(
      CostPrefixTable.fields, CostPrefixRow.rows(CostTree(ledger), sort: nil, indented: true))
    #expect(tree.cell(row: 0, "bits").number == total)
    #expect(tree.cell(row: 0, "share") == .number(1))
    let classes = Table(CostClassTable.fields, CostClassRow.rows(ledger))
    let bits = classes.cells("bits").compactMap(\.number)
    #expect((bits.reduce(0, +) - total).magnitude <= 1e-6)
    let units = Table(CostUnitTable.fields, CostUnitRow.rows(ledger))
    #expect(units.rows.count == ledger.units.count)
    #expect(units.cells("bits").compactMap(\.number).reduce(0, +) == total)
    #expect(CostTensorRow.rows(ledger).count == ledger.tensors.count)
    #expect(TextTable(tree).lines.count == tree.rows.count + 1)
    #expect(CostText.heading(ledger).hasSuffix("\n"))
    #expect(CostText.failures(ledger).isEmpty)
  }

  /// What is said around the tables stays in the width of a terminal too.
  @Test(arguments: [40, 80]) func textFits(_ width: Int) throws {
    let ledger = try ledger("cnn_sparse")
    let rows = CostPrefixRow.rows(CostTree(ledger), sort: nil, indented: true)
    let fields = CostPrefixTable.fields.filter {
      CostPrefixTable.usual.contains($0.column.key)
    }
    let text =
      CostText.heading(ledger, width: width) + TextTable(Table(fields, rows), width: width).text
    for line in text.split(separator: "\n") {
      #expect(CellText.width(String(line)) <= width, "\(line)")
    }
  }

  @Test func treeIsSortedAmongSiblings() throws {
    let tree = CostTree(try ledger("cnn_sparse"))
    let rows = CostPrefixRow.rows(tree, sort: SortOrder(key: "name"), indented: true)
    let table = Table(CostPrefixTable.fields, rows)
    let names = zip(table.cells("depth"), table.cells("name")).compactMap { depth, name in
      depth == .integer(1) ? name : nil
    }
    #expect(names.count > 1)
    #expect(zip(names, names.dropFirst()).allSatisfy { CellValue.compare($0, $1) < 0 })
  }
}
