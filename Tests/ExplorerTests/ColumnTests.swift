import NNRAnalysis
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The cursor among the columns of a table, and what is done with the column under it.
@Suite struct ColumnTests {
  private func session(_ fixture: String = "cnn_digits_pyt") throws -> ExplorerSession {
    var session = ExplorerSession(
      ExplorerModel(try Fixture(fixture).opened(), size: Size(100, 30)))
    session.keys("2")
    session.work()
    return session
  }

  private func column(_ session: ExplorerSession) -> String? {
    session.model.document.tensors.column
  }

  @Test func arrowsMoveIt() throws {
    var session = try session()
    #expect(column(session) == nil)
    session.keys("Right")
    #expect(column(session) == "name")
    session.keys("Right Right Left")
    #expect(column(session) == "shape")
    for _ in 0..<40 { session.keys("Right") }
    #expect(column(session) == TensorColumns.usual.last)
    // What does not fit comes into sight with the cursor, and names stay.
    let heading = session.screen.split(separator: "\n").first { $0.contains("│ name") }
    #expect(heading?.contains("ratio") == true)
    for _ in 0..<40 { session.keys("Left") }
    #expect(column(session) == "name")
  }

  @Test func itIsSortedBy() throws {
    var session = try session()
    session.command("columns name,bits,qp")
    session.keys("Right Right s g")
    let bits = try #require(session.model.columnList)
    let values = (0..<bits.count).compactMap { bits.value($0, 1).number }
    #expect(values == values.sorted(by: >) && values.count == 17)
    session.keys("S")
    let turned = try #require(session.model.columnList)
    #expect((0..<turned.count).compactMap { turned.value($0, 1).number } == values.reversed())
    session.keys("s")
    #expect(session.model.document.tensors.sort == nil)
  }

  @Test func itIsHidden() throws {
    var session = try session()
    session.command("columns name,bits,qp")
    session.keys("Right Right -")
    #expect(session.model.document.tensors.columns == ["name", "qp"])
    #expect(column(session) == "qp")
    session.keys("- -")
    #expect(session.model.document.tensors.columns == ["name"])
    #expect(session.screen.contains("the last column stays"))
  }

  @Test func nothingIsDoneWithoutOne() throws {
    var session = try session()
    session.keys("=")
    #expect(session.screen.contains("no column is chosen"))
    #expect(session.model.document.tensors.filter == nil)
  }

  @Test(arguments: TensorColumns.all.filter { $0.kind != .curve }.map(\.key))
  func valuesOfAnyColumnFilter(_ key: String) throws {
    var session = try session("cnn_sparse")
    session.command("columns name,\(key)")
    session.keys(key == "name" ? "Right j =" : "Right Right j =")
    let list = try #require(session.model.columnList)
    let place = try #require(list.place(of: key))
    #expect(list.count >= 1)
    #expect(session.model.document.tensors.problem == nil)
    let values = Set((0..<list.count).map { list.value($0, place) })
    #expect(values.count == 1)
    // A second one narrows the first.
    let count = list.count
    session.keys("Left =")
    let narrowed = try #require(session.model.columnList)
    #expect((1...count).contains(narrowed.count))
    session.keys("Esc")
    #expect(session.model.document.tensors.filter == nil)
  }

  @Test func distributionsCountEveryRow() throws {
    let session = try session()
    let (lines, columns) = (session.model.document.figures.lines, TensorColumns.all)
    for (place, column) in columns.enumerated() {
      let values = lines.map { $0.cells[place] }
      let distribution = ColumnDistribution(values, in: column)
      #expect(distribution.entries.reduce(0) { $0 + $1.count } == lines.count, "\(column.key)")
    }
    let many = (0..<1000).map { CellValue.number(Double($0 * $0)) } + [.number(.nan), .missing]
    let distribution = ColumnDistribution(many, in: Column("x", kind: .number))
    #expect(distribution.entries.reduce(0) { $0 + $1.count } == 1002)
    #expect(distribution.entries.count == ColumnDistribution.intervals + 2)
    #expect(distribution.entries.first?.count == (0..<1000).count { $0 * $0 * 16 < 999 * 999 })
  }

  @Test func aDistributionIsShown() throws {
    var session = try session()
    session.command("columns name,qp")
    session.keys("Right Right #")
    #expect(session.screen.contains("qp of 17 rows"))
    #expect(session.screen.contains("-75") && session.screen.contains("10"))
    session.keys("Esc")
    #expect(!session.screen.contains("qp of 17 rows"))
  }

  @Test func aFilterBeginsWithIt() throws {
    var session = try session()
    session.keys("Right Right &")
    #expect(session.screen.contains("&shape"))
  }

  @Test func aBrokenFilterStays() throws {
    var session = try session()
    session.command("where qp == -75")
    session.keys("& C-u")
    for key in "qp > frog" { session.keys(key == " " ? "Space" : String(key)) }
    session.keys("Enter")
    let prompt = try #require(session.model.prompt)
    #expect(prompt.line.text == "qp > frog")
    #expect(prompt.line.cursor == 5)
    #expect(session.model.mistake(in: prompt) == 5..<9)
    session.keys("Esc")
    #expect(session.model.prompt == nil)
    #expect(session.model.document.tensors.filter?.source == "qp == -75")
    session.keys("& C-u q p Space > Enter")
    #expect(session.model.prompt?.line.cursor == 4)
  }
}
