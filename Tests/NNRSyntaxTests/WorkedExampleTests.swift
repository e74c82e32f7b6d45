import NNRBits
import NNRSyntax
import TestSupport
import Testing

/// The worked example of the format reference, bit by bit, read and written.
@Suite struct WorkedExampleTests {
  private let units = WorkedExample.hex.map { bytes(hex: $0) }
  private let context = {
    var context = UnitContext()
    context.profile = 1
    return context
  }()

  @Test func everyElementIsWhereTheReferenceHasIt() throws {
    #expect(WorkedExample.rows.count == 61)
    let file = units.flatMap { $0 }
    #expect(file.count == 39)
    var start = 0
    for (number, unit) in units.enumerated() {
      let tree = UnitParser.parse(
        MemorySource(file), bytes: start..<start + unit.count, context: context)
      #expect(tree.isComplete)
      #expect(tree.diagnostics.isEmpty)
      var found = tree.elements.map { tree.nodes[$0] }
      if number == 3 {
        #expect(tree.payloadStart == 14 * 8)
        let payload = try #require(found.last)
        found.removeLast()
        #expect(payload.name == "nnr_compressed_data_unit_payload")
        #expect(payload.range == BitRange(start: 14 * 8, length: 7 * 8))
      }
      let rows = WorkedExample.rows.filter { $0.unit == number }
      #expect(found.map(\.name) == rows.map(\.name))
      for (node, row) in zip(found, rows) {
        let expected = BitRange(start: row.bit - start * 8, length: row.bits.count)
        #expect(node.range == expected, "\(row.name)")
        #expect(node.value == row.value, "\(row.name)")
        #expect(node.descriptor?.description == row.descriptor, "\(row.name)")
        #expect(bits(of: file, row.bit, row.bits.count) == row.bits, "\(row.name)")
        let leaf = try #require(tree.leaf(atBit: node.range.start))
        #expect(tree.nodes[leaf].name == row.name)
      }
      start += unit.count
    }
  }

  @Test func theWriterMakesTheSameBytes() {
    let writer = StreamWriter(
      .start(), .modelParameters, .emptyTopology,
      .tensor("w", 2, 3, payload: bytes(hex: "f7 df a0 03 05 94 f8")))
    #expect(writer.units.map(\.unit.bytes) == units)
    #expect(writer.differences(from: writer.stream()).isEmpty)
  }

  private func bits(of file: [UInt8], _ start: Int, _ count: Int) -> String {
    (start..<start + count).map { file[$0 / 8] >> UInt8(7 - $0 % 8) & 1 == 1 ? "1" : "0" }.joined()
  }
}
