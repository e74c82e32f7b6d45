import NNRAnalysis
import NNRReport
import PlainText
import Testing

@Suite struct TextTableTests {
  private typealias Row = (name: String, bits: Int?, sparsity: Double, dq: Bool)

  private let fields: [Field<Row>] = [
    Field("name", title: "tensor", kind: .name, "", priority: 0) { $0.name },
    Field("bits", kind: .size, "") { $0.bits },
    Field("sparsity", title: "zeros", kind: .percent, "", priority: 9) { $0.sparsity },
    Field("dq", "") { $0.dq },
  ]

  private let rows: [Row] = [
    ("conv\u{1b}", 12345, 0.5, true), ("日本", nil, .nan, false),
  ]

  private var table: Table { Table(fields, rows) }

  private func texts(_ rows: [[String]]) -> Table {
    Table(
      rows[0].indices.map { place in Field("c\(place)", title: "", "") { $0[place] } }, rows)
  }

  @Test func columnsAreAligned() {
    #expect(
      TextTable(table).lines == [
        "tensor      bits   zeros  dq",
        "conv\\x1b  12,345  50.0 %  yes",
        "日本           –     nan  no",
      ])
  }

  @Test func whatHasNoRoomIsNamed() {
    let lines = TextTable(table, width: 24).lines
    #expect(lines.first == "tensor      bits  dq" && lines.last == "(no room for: sparsity)")
    #expect(TextTable(table, width: 1).lines.first == "tensor")
    #expect(TextTable(Table([Field<Row>](), rows)).lines == ["", "", ""])
  }

  @Test func linesEndWithoutBlanks() {
    let table = texts([["a", "b  "], ["longer ", ""]])
    #expect(TextTable(table, showsHeading: false).lines == ["a        b", "longer"])
  }

  /// Names lose their middle, sentences their end, numbers nothing; what is left out is said, and all of it fits.
  @Test(arguments: [10, 24, 30, 40, 60, 80])
  func linesFit(_ width: Int) {
    let fields: [Field<Int>] = [
      Field("name", kind: .name, "", priority: 0) { "features.\($0).0.conv.日本.weight" },
      Field("bits", "", priority: 1) { 1_000_000 + $0 },
      Field("error", kind: .message, "", priority: 2) { _ in
        "the terminating bin is 0 after the last weight"
      },
      Field("shape", "", priority: 3) { [$0, 16, 3, 3] },
    ]
    let table = TextTable(Table(fields, [7, 8]), width: width)
    for line in table.lines { #expect(CellText.width(line) <= max(width, 10), "\(line)") }
    let text = table.lines.joined(separator: " ")
    for (place, word) in ["name", "1,000,007", "the terminating", "7×16×3×3"].enumerated()
    where !text.contains(word) {
      #expect(text.contains("no room") && text.contains(["", "bits", "error", "shape"][place]))
    }
    guard width >= 40 else { return }
    for word in ["features.7", ".weight", "1,000,007"] { #expect(text.contains(word), "\(word)") }
  }

  @Test func cutTextKeepsItsEnds() {
    #expect(CellText.cut("abcdefghij", to: 6, middle: true) == "abc…ij")
    #expect(CellText.cut("abcdefghij", to: 6, middle: false) == "abcde…")
    #expect(CellText.cut("日本日本", to: 5, middle: true) == "日…本")
    #expect(CellText.cut("ab", to: 2, middle: true) == "ab")
  }

  @Test func csv() {
    var text = ""
    #expect(RowText.csv.write(table) { text += $0 } == 2)
    #expect(
      text
        == "name,bits,sparsity,dq\r\nconv\\x1b,12345,0.5,1\r\n日本,,nan,0\r\n")
  }

  /// An object a line, with the file; what is no finite number is null, and counted.
  @Test func ndjson() {
    var text = ""
    #expect(RowText.ndjson(file: "a.nnc").write(table) { text += $0 } == 2)
    #expect(
      text == """
        {"file":"a.nnc","name":"conv\\u001b","bits":12345,"sparsity":0.5,"dq":true}
        {"file":"a.nnc","name":"日本","bits":null,"sparsity":null,"dq":false,"nonfinite_cells":1}

        """)
  }
}
