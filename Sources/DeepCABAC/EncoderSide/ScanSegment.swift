/// A piece of a row within a block, in the order of the scan.
struct ScanSegment: Sendable, Hashable {
  /// The row.
  let row: Int
  /// The columns.
  let columns: Range<Int>
  /// Whether the row enters the block here: that is where a skipped row moves the states.
  let entersBlock: Bool

  /// The pieces of a block row in the order of the scan, none longer than `limit`.
  static func all(
    _ geometry: TensorGeometry, blockRow: Int, limit: Int = .max
  ) -> [ScanSegment] {
    let top = blockRow * geometry.blockHeight
    let rows = top..<min(top + geometry.blockHeight, geometry.rows)
    var found: [ScanSegment] = []
    for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
      let right = min(left + geometry.blockWidth, geometry.width)
      for row in rows {
        for start in stride(from: left, to: right, by: min(limit, geometry.blockWidth)) {
          found.append(
            ScanSegment(
              row: row, columns: start..<min(right, start + min(limit, geometry.blockWidth)),
              entersBlock: start == left))
        }
      }
    }
    return found
  }
}
