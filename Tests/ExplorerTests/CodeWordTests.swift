import NNRModel
import NNRSyntax
import TestSupport
import Testing

@testable import Explorer

/// The arithmetic that is shown for a code word ends in the value that the parser read.
@Suite struct CodeWordTests {
  @Test(arguments: [
    ("1", 0, 0), ("010", 0, 1), ("00110", 0, 5), ("10", 1, 0), ("0100", 1, 2), ("001001", 1, 7),
    ("10000000", 7, 0), ("0100000000", 7, 128),
  ]) func exponentialGolomb(_ bits: String, _ order: Int, _ number: Int) {
    let found = CodeWord.exponentialGolomb(bits, order: order)
    #expect(found.number == number)
    #expect(found.steps.last?.hasSuffix("= \(number)") == true)
  }

  @Test func signedCodes() {
    #expect(
      CodeWord.steps(.i(13), bits: "1111111111011", order: 0).last?.hasSuffix("= -5") == true)
    #expect(CodeWord.steps(.ie(2), bits: "01010", order: 2).last?.hasSuffix("= -3") == true)
    #expect(CodeWord.steps(.ie(2), bits: "01001", order: 2).last?.hasSuffix("= 3") == true)
  }

  @Test func floats() {
    let bits = "00000000000000001000000000111111"
    #expect(CodeWord.steps(.flt32, bits: bits, order: 0).last?.hasSuffix("= 1.0") == true)
    let infinity = "00000000000000001000000011111111"
    #expect(CodeWord.steps(.flt32, bits: infinity, order: 0).last?.contains("infinity") == true)
  }

  @Test func brokenCodesAreLeftAlone() {
    #expect(CodeWord.exponentialGolomb("000", order: 0).number == nil)
    #expect(CodeWord.exponentialGolomb("", order: 3).number == nil)
  }

  @Test(arguments: ["cnn_digits_pyt", "cnn_block_codebook", "codebook_edges_p1", "tca_update1"])
  func linesEndInTheValue(_ name: String) throws {
    var session = try ExplorerSession(name)
    let stream = session.model.document.stream
    for unit in 0..<stream.unitCount {
      guard let tree = stream.tree(unit) else { continue }
      for (place, node) in tree.nodes.enumerated().prefix(400) {
        guard let value = node.value.number, node.end == place + 1, node.range.length > 1 else {
          continue
        }
        session.command("u\(unit)")
        let lines = session.model.selecting(unit, place).codeWordLines(tree, place, 200)
        guard let last = lines.last?.string else { continue }
        #expect(last.hasSuffix(" \(value)"), "\(name) u\(unit) \(node.name): \(last)")
      }
    }
  }
}

extension ExplorerModel {
  /// The same with a node selected.
  func selecting(_ unit: Int, _ node: Int) -> ExplorerModel {
    var copy = self
    copy.select(node: node, of: unit)
    return copy
  }
}
