/// The states of dependent quantization along a tensor (format reference 4.4).
package enum TrellisPath {
  /// The state behind `state` after a level that is even (0) or odd (1).
  @inline(__always)
  static func next(_ state: Int, odd: Int) -> Int {
    Int(
      truncatingIfNeeded: (LevelLoop.transitions
        &>> UInt64(truncatingIfNeeded: state &* 8 &+ odd &* 4)) & 7)
  }

  /// The state after `count` zeros in a row: they go round in circles of one, two or four states.
  static func afterZeros(_ count: Int, from state: Int) -> Int {
    var state = state
    for _ in 0..<(count % 4) { state = next(state, odd: 0) }
    return state
  }

  /// The levels that give `integers` (both in C order): with dependent quantization those before the doubling.
  ///
  /// Throws `pathDoesNotFit` where the states along the scan cannot give an integer, and `rowIsNotZero` for a row of `rowMask`
  /// (empty for none) that holds another integer than 0.
  package static func levels(
    of integers: [Int32], _ geometry: TensorGeometry, dependent: Bool, rowMask: [UInt8] = []
  ) throws(EncodingError) -> [Int32] {
    guard integers.count == geometry.count else { throw .wrongElementCount("levels") }
    guard rowMask.isEmpty || rowMask.count == geometry.rows else {
      throw .wrongElementCount("rows")
    }
    if !rowMask.isEmpty, geometry.width > 0 {
      for row in 0..<geometry.rows where rowMask[row] != 0 {
        let start = row * geometry.width
        guard integers[start..<start + geometry.width].allSatisfy({ $0 == 0 }) else {
          throw .rowIsNotZero(row: row)
        }
      }
    }
    guard dependent, geometry.count > 0 else { return integers }
    var levels = integers
    var state = 0
    for top in stride(from: 0, to: geometry.rows, by: geometry.blockHeight) {
      let rows = top..<min(top + geometry.blockHeight, geometry.rows)
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        let right = min(left + geometry.blockWidth, geometry.width)
        for row in rows {
          if !rowMask.isEmpty, rowMask[row] != 0 {
            state = afterZeros(geometry.width, from: state)
            continue
          }
          for element in (row * geometry.width + left)..<(row * geometry.width + right) {
            let integer = Int(levels[element])
            guard integer != 0 else {
              state = next(state, odd: 0)
              continue
            }
            let doubled = integer.magnitude &+ UInt(state & 1)
            guard doubled & 1 == 0 else { throw .pathDoesNotFit(element: element) }
            let magnitude = Int(doubled >> 1)
            levels[element] = Int32(truncatingIfNeeded: integer < 0 ? -magnitude : magnitude)
            state = next(state, odd: magnitude & 1)
          }
        }
      }
    }
    return levels
  }
}
