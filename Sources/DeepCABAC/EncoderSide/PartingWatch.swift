/// Looks for the first skipped row at which the states of quantizer and coder certainly part, if NNCodec wrote the tensor.
///
/// Levels are given in the runs in which they are decoded.
public struct PartingWatch: Sendable {
  /// A skipped row in a block.
  public struct Place: Sendable, Hashable {
    /// The row.
    public let row: Int
    /// The first column of the block.
    public let column: Int
  }

  /// The first place; nil where the states never part, or not yet.
  public private(set) var place: Place?
  /// How many levels are one less than the encoder's, as far as zeros are zeros.
  public private(set) var changed = 0
  /// How many zeros may be ones.
  public private(set) var openZeros = 0
  private let geometry: TensorGeometry
  private let rowMask: [UInt8]
  private var pair = StatePair()
  private var pending: [Int32] = []
  private var blockRow = 0

  /// W, the number of columns.
  public var width: Int { geometry.width }
  /// The columns of a block.
  public var blockWidth: Int { geometry.blockWidth }

  /// A watch over a tensor; nil where its shape and flags do not allow the states to part, or no row is skipped.
  public init?(_ parameters: CodedTensorParameters, rowMask: [UInt8]) {
    guard let geometry = try? TensorGeometry(parameters),
      StateParting.isPossible(
        geometry, dependentQuantization: parameters.dependentQuantization),
      rowMask.count == geometry.rows, rowMask.contains(1)
    else { return nil }
    self.geometry = geometry
    self.rowMask = rowMask
  }

  /// Takes the next levels in C order.
  public mutating func take(_ levels: ArraySlice<Int32>) {
    let size = geometry.blockHeight * geometry.width
    // Whole block rows come as they are; anything else is gathered.
    if pending.isEmpty, levels.count == min(size, rest) { return walk(levels) }
    pending += levels
    while !pending.isEmpty, pending.count >= min(size, rest) {
      let count = min(size, rest)
      guard count > 0 else { return }
      walk(pending[..<count])
      pending.removeFirst(count)
    }
  }

  /// The levels from the current block row on.
  private var rest: Int { geometry.count - blockRow * geometry.blockHeight * geometry.width }

  private mutating func walk(_ levels: ArraySlice<Int32>) {
    let top = blockRow * geometry.blockHeight
    for segment in ScanSegment.all(geometry, blockRow: blockRow) {
      if rowMask[segment.row] != 0 {
        pair.skip(columns: segment.columns.count, width: geometry.width)
        if place == nil, !pair.areEqual {
          place = Place(row: segment.row, column: segment.columns.lowerBound)
        }
        continue
      }
      let first = levels.startIndex + (segment.row - top) * geometry.width
      for column in segment.columns {
        let decoded = levels[first + column]
        let origins = pair.origins(of: decoded)
        if origins.count > 1 { openZeros += 1 }
        let origin = origins.count > 0 ? origins.least : decoded
        if origin != decoded { changed += 1 }
        pair.advance(origin: origin, decoded: decoded)
      }
    }
    blockRow += 1
  }
}
