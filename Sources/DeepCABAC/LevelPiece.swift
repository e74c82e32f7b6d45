/// A rectangle of a tensor that is decoded in one go, block after block and row after row within a block.
struct LevelPiece: Sendable, Hashable {
  var rows: Range<Int>
  var columns: Range<Int>
}

/// The segment in which someone else stopped who decoded the first levels of a run.
///
/// The loop notices that bytes ran out at the end of a segment, and then names its first element: whoever goes on in the
/// middle of one has to say the same.
struct BegunSegment: Sendable, Hashable {
  /// The first element of the segment in which the last level lies that is there.
  var element: Int
  /// Whether that level is the last of its segment.
  var isComplete: Bool

  /// Removes the first `done` levels, at least 1, from `pieces`.
  ///
  /// Unless the segment is complete, its rest becomes the first piece. `width` and `blockWidth` are those of the `LevelJob`.
  init?(after done: Int, of pieces: inout [LevelPiece], width: Int, blockWidth: Int) {
    var last = done - 1
    guard
      let place = pieces.firstIndex(where: { piece in
        let count = piece.rows.count * piece.columns.count
        if last < count { return true }
        last -= count
        return false
      })
    else { return nil }
    let piece = pieces[place]
    let step = min(blockWidth, piece.columns.count)
    let block = last / (piece.rows.count * step)
    let left = piece.columns.lowerBound + block * step
    let right = min(left + step, piece.columns.upperBound)
    let inBlock = last - block * step * piece.rows.count
    let y = piece.rows.lowerBound + inBlock / (right - left)
    let x = left + inBlock % (right - left)
    let start = left + (x - left) / LevelLoop.segmentLength * LevelLoop.segmentLength
    let end = min(right, start + LevelLoop.segmentLength)
    element = y * width + start
    isComplete = x + 1 == end
    let rest = [
      LevelPiece(rows: y..<(y + 1), columns: (x + 1)..<end),
      LevelPiece(rows: y..<(y + 1), columns: end..<right),
      LevelPiece(rows: (y + 1)..<piece.rows.upperBound, columns: left..<right),
      LevelPiece(rows: piece.rows, columns: right..<piece.columns.upperBound),
    ]
    pieces.replaceSubrange(
      ...place, with: rest.filter { !$0.rows.isEmpty && !$0.columns.isEmpty })
  }
}
