import NNRAnalysis
import TestSupport
import Testing

@Suite struct TableTests {
  private struct Layer: Sendable {
    var name: String
    var bits: Int?
    var qp: CellValue = .missing
  }

  private let fields: [Field<Layer>] = [
    Field("name", "the name") { $0.name },
    Field("bits", aliases: ["cost"], kind: .size, "its bits") { $0.bits },
    Field("qp", "the parameter") { $0.qp },
  ]

  private let layers = [
    Layer(name: "layer10", bits: 5), Layer(name: "layer2", bits: 5, qp: .integer(-3)),
    Layer(name: "layer1", bits: 9, qp: .number(.nan)), Layer(name: "bias", qp: .integer(4)),
  ]

  private func names(columns: String? = nil, sort: String? = nil, filter: String? = nil) throws
    -> [String]
  {
    try TableSelection(fields, columns: columns, sort: sort, filter: filter).rows(layers)
      .map(\.name)
  }

  @Test func sorting() throws {
    #expect(try names(sort: "name") == ["bias", "layer1", "layer2", "layer10"])
    #expect(try names(sort: "-name") == ["layer10", "layer2", "layer1", "bias"])
    #expect(try names(sort: "bits") == ["layer10", "layer2", "layer1", "bias"])
    #expect(try names(sort: "-bits") == ["layer1", "layer10", "layer2", "bias"])
    #expect(try names(sort: "-cost") == ["layer1", "layer10", "layer2", "bias"])
    #expect(try names(sort: "qp") == ["layer2", "bias", "layer1", "layer10"])
    #expect(try names(sort: "-qp") == ["bias", "layer2", "layer1", "layer10"])
  }

  /// The table says what the rows say, in the chosen columns, each time it is asked.
  @Test(arguments: [nil, "-bits"], [nil, "bits == 5"])
  func tableOfTheRows(_ sort: String?, _ filter: String?) throws {
    let selection = try TableSelection(fields, columns: "bits,name", sort: sort, filter: filter)
    let table = selection.table(layers.lazy.filter { _ in true })
    #expect(table.columns.map(\.key) == ["bits", "name"])
    let expected = selection.rows(layers).map { layer in
      [layer.bits.map { CellValue.integer($0) } ?? .missing, .text(layer.name)]
    }
    for _ in 0..<2 { #expect(table.rows == expected) }
  }

  @Test func columnsAndFilter() throws {
    #expect(try names(filter: "bits == 5") == ["layer10", "layer2"])
    #expect(try names(filter: "cost == 5") == ["layer10", "layer2"])
    #expect(try names(columns: "bits", sort: "name").count == 4)
    let selection = try TableSelection(fields, columns: "qp, name,qp,cost")
    #expect(selection.table(layers).columns.map(\.key) == ["qp", "name", "bits"])
    let usual = try TableSelection(fields).table(layers, usual: ["qp"])
    #expect(usual.columns.map(\.key) == ["qp"])
    #expect(throws: TableError.unknownColumn("nme", near: ["name"])) {
      try names(columns: "nme")
    }
    #expect(throws: TableError.unknownColumn("bit", near: ["bits"])) { try names(sort: "-bit") }
    #expect(throws: TableError.noColumns) { try names(columns: "") }
    #expect(throws: TableError.self) { try names(filter: "bits >") }
  }

  /// Fields of a part are missing where the part is.
  @Test func fieldsOfAPart() {
    let parts = fields.of { (pair: (first: Layer?, number: Int)) in pair.first }
    #expect(parts.columns() == fields.columns())
    #expect(parts.cells((nil, 1)) == [.missing, .missing, .missing])
    #expect(parts.cells((layers[1], 1)) == fields.cells(layers[1]))
  }

  @Test func wholeNumbersCompareExactly() {
    #expect(CellValue.compare(.integer(.max), .integer(.max - 1)) > 0)
    #expect(CellValue.compare(.number(.nan), .text("")) < 0)
    #expect(CellValue.compare(.missing, .text("")) > 0)
  }

  @Test func shapesCompareSideBySide() {
    let shapes: [[Int]] = [[], [2], [2, 10], [2, 10, 1], [3], [10, 2]]
    for (place, shape) in shapes.enumerated() {
      for (other, right) in shapes.enumerated() {
        let order = CellValue.compare(.shape(shape), .shape(right))
        #expect(order.signum() == (place - other).signum())
      }
      #expect(Shape.dimensions(Shape.text(shape)) == shape)
    }
    #expect(Shape.dimensions("4x4X2") == [4, 4, 2])
    #expect(Shape.dimensions("4xx4") == nil && Shape.dimensions("conv") == nil)
  }
}
