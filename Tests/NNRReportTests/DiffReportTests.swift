import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import PlainText
import TestSupport
import Testing
import WeightFiles

/// Diffs, traces and diagnoses as text and JSON.
@Suite struct DiffReportTests {
  private func diff(_ a: String, _ b: String) throws -> SessionDiff {
    SessionDiff(try Fixture(a).session(), try Fixture(b).session())
  }

  @Test func equalRunsCollapse() throws {
    let text = DiffText.text(try diff("bitdepth_4", "bitdepth_8"))
    #expect(text.contains("  units 0–2: the same\n~ unit 3: NNR_NDU pos\n"))
    #expect(text.contains("nnr_unit_size: 744 → 1767"))
    #expect(text.contains("first differing level at row 0, column 0: 1 → 13"))
    #expect(text.contains("scan position 0, bin 122 abs_level_greater[0], payload bit 62"))
    #expect(text.contains("1 parameter with the same weights"))
    #expect(DiffText.text(try diff("names", "names")).hasPrefix("no differences: "))
  }

  @Test func namesAreMadeSafe() throws {
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    writer.append(.tensor("a\u{1b}[2J\u{202e}", 1, payload: [0, 0, 0]))
    let one = Session([(MemorySource(writer.bytes), "e\u{1b}vil")])
    let other = Session([(MemorySource(Array(writer.bytes.prefix(18))), "b")])
    let text = DiffText.text(SessionDiff(one, other))
    #expect(text.contains("removed: NNR_NDU a\\x1b[2J\\u{202e}"))
    #expect(!text.contains("\u{1b}") && !text.contains("\u{202e}"))
  }

  @Test func documentIsJSON() throws {
    var json = JSONWriter()
    DiffDocument.write(try diff("cnn_lsa", "cnn_lsa_bnf"), to: &json)
    guard case .object(let members) = try JSONReader.value(json.takeBytes()[...]) else {
      Issue.record("no object")
      return
    }
    let names = [
      "equal", "streams", "costs", "chain_costs", "weights", "same_weights", "weights_skipped",
    ]
    #expect(members.map(\.name) == names)
    #expect(members.first?.value == .flag(false))
  }

  /// Chains: the bits of each file, and their sum.
  @Test func chainsHaveSums() throws {
    func chain(_ names: String...) throws -> Session {
      Session(try names.map { (MemorySource(try Fixture($0).bytes()), $0) })
    }
    let diff = SessionDiff(
      try chain("tca_base", "tca_update1"), try chain("tca_base", "tca_update2"))
    let lines = DiffText.text(diff).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("class, file 2  ") })
    let sum = try #require(lines.firstIndex { $0.hasPrefix("class, all files  ") })
    let total = try #require(lines[sum...].first { $0.hasPrefix("total ") })
    let change = NumberFormat.grouped(
      8 * (try Fixture("tca_update2").bytes().count - Fixture("tca_update1").bytes().count))
    #expect(total.contains("  \(change)  "))
    var json = JSONWriter()
    DiffDocument.write(diff, to: &json)
    guard case .object(let members) = try JSONReader.value(json.takeBytes()[...]),
      case .object(let costs)? = members.first(where: { $0.name == "chain_costs" })?.value
    else {
      Issue.record("no chain_costs")
      return
    }
    #expect(costs.map(\.name) == ["total", "classes"])
    #expect(!DiffText.text(try self.diff("bitdepth_4", "bitdepth_8")).contains("all files"))
  }

  @Test func diagnosisNamesTheReading() throws {
    // The worked example of dependent quantization with the flag of its header taken away.
    let stream = bytes(
      hex: """
        00040201 0008068100400080 00060e000000 0015160977 00d040c120a0c2a080 f74e8006ac7f80
        """)
    let session = Session([(MemorySource(stream), "made")])
    let found = try #require(PayloadDiagnosis(session, stream: 0, unit: 3))
    let text = DiagnosisText.text(found)
    #expect(found.failure != nil)
    #expect(text.contains("with dq_flag 1: 6 integers, largest 4, 2 not 0\n"))
    #expect(text.contains("may end well by chance"))
    var json = JSONWriter()
    DiagnosisText.write(found, to: &json)
    #expect(json.takeText().contains("{\"reading\":\"dq_flag 1\",\"ends_well\":true,"))
  }

  @Test func traceLines() throws {
    let stream = bytes(
      hex: """
        00040201 0008068100400080 00060e000000 0015160977 00d040c120a0c2a080 f7dfa0030594f8
        """)
    let session = Session([(MemorySource(stream), "made")])
    var trace = try #require(BinTrace(session, stream: 0, unit: 3))
    let traced = trace.bin(83)
    let bin = try #require(traced)
    let shown = TraceTable.fields.filter { TraceTable.usual.contains($0.column.key) }
    var text = ""
    _ = RowText.text.write(Table(shown, [bin])) { text += $0 }
    let lines = text.split(separator: "\n")
    let cells = lines[1].split(separator: " ").map(String.init)
    #expect(Array(cells.prefix(5)) == ["83", "abs_level_greater[1]", "55", "-2", "-36"])
    #expect(cells.contains("316") && cells.contains("40,432") && cells.contains("125"))
    #expect(lines[0].count == lines[1].count)
    text = ""
    _ = RowText.csv.write(Table(TraceTable.fields, [bin])) { text += $0 }
    #expect(text.contains("\r\n83,abs_level_greater[1],context,55,-2,-36,"))
    _ = trace.countAll()
    #expect(TraceText.ending(trace) == nil)
  }
}
