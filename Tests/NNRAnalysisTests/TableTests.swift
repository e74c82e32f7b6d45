import NNRAnalysis
import Testing

@Suite struct TableTests {
  private let columns = [
    Column("name", kind: .text), Column("bits", kind: .size), Column("qp", kind: .number),
  ]

  private var table: Table {
    var table = Table(columns: columns)
    table.append([.text("layer10"), .integer(5), .missing])
    table.append([.text("layer2"), .integer(5), .integer(-3)])
    table.append([.text("layer1"), .integer(9), .number(.nan)])
    table.append(["name": .text("bias"), "qp": .integer(4)])
    return table
  }

  private func names(columns: String? = nil, sort: String? = nil, filter: String? = nil) throws
    -> [String]
  {
    let selection = try TableSelection(
      columns: columns, sort: sort, filter: filter, available: self.columns)
    let result = selection.apply(to: table)
    return result.rows.indices.map { row in
      if case .text(let name) = result.cell(row: row, "name") { name } else { "?" }
    }
  }

  @Test func sorting() throws {
    #expect(try names(sort: "name") == ["bias", "layer1", "layer2", "layer10"])
    #expect(try names(sort: "-name") == ["layer10", "layer2", "layer1", "bias"])
    #expect(try names(sort: "bits") == ["layer10", "layer2", "layer1", "bias"])
    #expect(try names(sort: "-bits") == ["layer1", "layer10", "layer2", "bias"])
    #expect(try names(sort: "qp") == ["layer2", "bias", "layer1", "layer10"])
    #expect(try names(sort: "-qp") == ["bias", "layer2", "layer1", "layer10"])
  }

  /// A table made in parts says what the whole one says, each time it is asked.
  @Test(arguments: [nil, "-bits"], [nil, "bits == 5"])
  func parts(_ sort: String?, _ filter: String?) throws {
    let selection = try TableSelection(
      columns: "bits,name", sort: sort, filter: filter, available: columns)
    let rows = selection.rows(under: columns, parts: 0..<4) { part, table in
      table.append(self.table.rows[part])
    }
    let whole = selection.apply(to: table)
    #expect(rows.columns == whole.columns)
    for _ in 0..<2 {
      var found: [[CellValue]] = []
      rows.forEach { found.append($0) }
      #expect(found == whole.rows)
    }
  }

  @Test func columnsAndFilter() throws {
    #expect(try names(filter: "bits == 5") == ["layer10", "layer2"])
    #expect(try names(columns: "bits", sort: "name").count == 4)
    let selection = try TableSelection(
      columns: "qp, name,qp", sort: nil, filter: nil, available: columns)
    #expect(selection.apply(to: table).columns.map(\.key) == ["qp", "name"])
    #expect(throws: TableError.unknownColumn("nme", near: ["name"])) {
      try names(columns: "nme")
    }
    #expect(throws: TableError.unknownColumn("bit", near: ["bits"])) { try names(sort: "-bit") }
    #expect(throws: TableError.noColumns) { try names(columns: "") }
    #expect(throws: TableError.self) { try names(filter: "bits >") }
  }

  @Test func wholeNumbersCompareExactly() {
    #expect(CellValue.compare(.integer(.max), .integer(.max - 1)) > 0)
    #expect(CellValue.compare(.number(.nan), .text("")) < 0)
    #expect(CellValue.compare(.missing, .text("")) > 0)
  }
}
