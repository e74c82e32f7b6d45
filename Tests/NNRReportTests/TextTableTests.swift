import NNRAnalysis
import NNRReport
import Testing

@Suite struct TextTableTests {
  private var table: Table {
    var table = Table(columns: [
      Column("name", title: "tensor", kind: .text, priority: 0), Column("bits", kind: .size),
      Column("sparsity", title: "zeros", kind: .percent, priority: 9), Column("dq", kind: .flag),
    ])
    table.append([.text("conv\u{1b}"), .integer(12345), .number(0.5), .flag(true)])
    table.append([.text("日本"), .missing, .number(.nan), .flag(false)])
    return table
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
    #expect(TextTable(Table(columns: [])).lines == [""])
  }

  @Test func linesEndWithoutBlanks() {
    var table = Table(columns: [Column("name", kind: .text), Column("note", kind: .text)])
    table.append([.text("a"), .text("b  ")])
    table.append([.text("longer "), .text("")])
    #expect(TextTable(table).lines == ["name     note", "a        b", "longer"])
  }

  @Test func csv() {
    var text = ""
    CSVTable.write(TableRows(table)) { text += $0 }
    #expect(
      text
        == "name,bits,sparsity,dq\r\nconv\\x1b,12345,0.5,1\r\n日本,,nan,0\r\n")
  }
}
