import NNRAnalysis

extension Table {
  /// The cell of a row under a key; missing if there is none.
  public func cell(row: Int, _ key: String) -> CellValue {
    let rows = rows
    guard rows.indices.contains(row), let place = columns.place(of: key) else { return .missing }
    return rows[row][place]
  }

  /// The cells of all rows under a key.
  public func cells(_ key: String) -> [CellValue] {
    guard let place = columns.place(of: key) else { return [] }
    return rows.map { $0[place] }
  }
}
