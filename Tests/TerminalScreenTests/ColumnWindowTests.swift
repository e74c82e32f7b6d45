import TerminalScreen
import Testing

/// Columns that do not fit come into sight with the cursor.
@Suite struct ColumnWindowTests {
  @Test func theCurrentColumnIsAlwaysShown() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let columns = (0..<Int.random(in: 1...20, using: &random)).map {
        TableColumn(
          "c\($0)", width: Int.random(in: 1...20, using: &random),
          priority: Int.random(in: 0...5, using: &random), cut: $0 == 0 ? .shared : .end)
      }
      var table = TableView(ListState(), columns: columns, count: 0) { _ in [] }
      let width = Int.random(in: 1...100, using: &random)
      let usual = table.placement(width: width)
      for place in columns.indices {
        table.current = place
        let shown = table.placement(width: width)
        #expect(shown.contains { $0.column == place })
        #expect(shown.map(\.column) == shown.map(\.column).sorted())
        #expect(shown.count == 1 || shown.allSatisfy { $0.x + $0.width <= width })
        if usual.contains(where: { $0.column == place }) { #expect(shown == usual) }
      }
    }
  }
}
