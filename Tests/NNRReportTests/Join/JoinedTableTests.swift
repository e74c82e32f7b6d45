import NNRAnalysis
import NNRReport
import TestSupport
import Testing

/// Columns by the names of tensors: what of a file is read, and what is refused.
@Suite struct JoinedTableTests {
  private static func table(_ text: String, beside taken: [String] = []) throws(CSVError)
    -> JoinedTable
  {
    try JoinedTable(Array(text.utf8), beside: taken)
  }

  private static func cells(_ table: JoinedTable, _ name: String) -> [CellValue] {
    table.fields { (name: String) in name }.map { $0.value(name) }
  }

  @Test func numbersTextAndGaps() throws {
    let table = try Self.table(
      "layer,tensor,s,note\r\n1,a.b,2.5,\"x, \"\"y\"\"\"\r\n2,c,,plain\r\n")
    #expect(table.keys == ["layer", "s", "note"])
    #expect(Self.cells(table, "a.b") == [.integer(1), .number(2.5), .text("x, \"y\"")])
    #expect(Self.cells(table, "c") == [.integer(2), .missing, .text("plain")])
    #expect(Self.cells(table, "d") == [.missing, .missing, .missing])
    #expect(table.labels("layer") == ["a.b": "1", "c": "2"] && table.labels("no") == nil)
    #expect(table.missing(among: ["a.b", "d", "e"]) == 2)
  }

  @Test(arguments: ["\u{FEFF}name;v\na;1\n\n", "name\tv\ra\t1", "v,name\n1,a", "\"na\"me,v\na,1\n"])
  func waysToWriteIt(_ text: String) throws {
    #expect(Self.cells(try Self.table(text), "a") == [.integer(1)])
  }

  /// Keys are letters that filters can name, and none is there twice.
  @Test func keysAreUsable() throws {
    let text = "name,bits,My Note!,2nd,bits,\u{1b}[31m,größe,\na,1,2,3,4,5,6,7\n"
    let table = try Self.table(text, beside: ["bits"])
    #expect(
      table.keys == [
        "joined_bits", "my_note_", "joined_2nd", "joined_bits_", "__31m", "größe", "column_8",
      ])
    let fields: [Field<String>] = table.fields { $0 }
    let selection = try TableSelection(fields, sort: "-my_note_", filter: "größe == 6")
    #expect(selection.rows(["a", "b"]) == ["a"])
  }

  @Test func theFirstOfANameCounts() throws {
    #expect(Self.cells(try Self.table("name,v\na,1\na,2\n"), "a") == [.integer(1)])
  }

  @Test(arguments: [
    ("", CSVError.empty), ("\n\n", .empty),
    ("name,v\na,1,2\n", .ragged(line: 2, fields: 3, expected: 2)),
    ("name,v\n\"a\nb\",1\na\n", .ragged(line: 4, fields: 1, expected: 2)),
    ("name,v\n\"a,1\n", .openQuote(line: 2)), ("name\0", .noText),
    (String(repeating: ",", count: 300), .tooLarge("256 columns")),
  ]) func whatCannotBeUsedIsSaid(_ text: String, _ error: CSVError) {
    #expect(throws: error) { try Self.table(text) }
    #expect(!"\(error)".isEmpty)
  }

  @Test func whatIsNoNumberStaysText() throws {
    let table = try Self.table("name,v,w\na,nan,0x10\nb,inf,1e3\n")
    #expect(Self.cells(table, "b") == [.text("inf"), .number(1000)])
    let mixed = try Self.table("name,v\na,1\nb,1 000\n")
    #expect(Self.cells(mixed, "a") == [.text("1")])
  }

  /// Whatever bytes there are, it is read or refused.
  @Test func anyBytes() {
    var random = SeededGenerator(seed: 21)
    let letters = Array("a,;\t\"\n\r 1.-é\u{1b}".utf8) + [0xFF, 0xC3]
    for _ in 0..<RandomCases.count(3_000) {
      let bytes = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      do throws(CSVError) {
        let table = try JoinedTable(bytes)
        #expect(Set(table.keys).count == table.keys.count)
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }
}
