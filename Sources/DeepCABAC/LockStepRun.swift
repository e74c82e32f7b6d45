/// Which runs can be decoded in lock step; all others are left to `LevelLoop`.
extension TensorState {
  /// The fewest elements of a run for which lanes are worth setting up.
  static let shortestLockStepRun = 256
  /// The most elements of a block row that is decoded in the order of its scan and then put in place.
  static let longestReorderedRun = 1 << 20

  /// Whether the levels of a run of `count` elements, a number that `nextCount` gave, can be decoded in lock step.
  ///
  /// They must depend on nothing but the trellis and the level before: no parent integers, no history, no codebook limits.
  /// Bits must not be accounted for, no row of the run may be skipped, the table of nodes must be small.
  func canLockStep(_ count: Int) -> Bool {
    guard base == nil, history == nil, geometry.limitSize == 0, !observed, rowBits.isEmpty,
      !isSlowInLockStep,
      parameters.unaryLength <= LockStepNodes.longestUnary, count >= Self.shortestLockStepRun,
      isInPlace || count <= Self.longestReorderedRun,
      // What cannot start a block row is told by the usual way.
      started || geometry.scanOrder == 0 || levels.registers.value >> 63 == 0
    else { return false }
    guard !facts.rowMask.isEmpty else { return true }
    let rows = (element / geometry.width)...((element + count - 1) / geometry.width)
    return facts.rowMask[rows].allSatisfy { $0 == 0 }
  }

  /// Whether the coded order within a run is that of the tensor.
  var isInPlace: Bool { geometry.blockWidth >= geometry.width }

  /// Puts levels in coded order, the first of a run that starts at `element`, in their places.
  ///
  /// Invariant: `count` is at most that of the run, both pointers have room for all of the run.
  func reorder(
    _ count: Int, from source: UnsafePointer<Int32>, to target: UnsafeMutablePointer<Int32>
  ) {
    let width = geometry.width
    let height = min(geometry.blockHeight, geometry.rows - element / width)
    var next = 0
    var left = 0
    while next < count {
      let columns = min(geometry.blockWidth, width - left)
      var y = 0
      while y < height, next < count {
        let part = min(columns, count - next)
        (target + (y * width + left)).update(from: source + next, count: part)
        next += part
        y += 1
      }
      left += columns
    }
  }
}
