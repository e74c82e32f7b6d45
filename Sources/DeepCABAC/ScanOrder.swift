/// The order in which the elements of a tensor are scanned (format reference 4.9), both ways.
extension TensorGeometry {
  /// The place of an element (index in C order) in the scan, skipped rows counted; nil outside of the tensor.
  public func scanIndex(ofElement element: Int) -> Int? {
    guard (0..<count).contains(element), width > 0 else { return nil }
    let (y, x) = element.quotientAndRemainder(dividingBy: width)
    let top = y - y % blockHeight
    let left = x - x % blockWidth
    let height = min(blockHeight, rows - top)
    let columns = min(blockWidth, width - left)
    return top * width + left * height + (y - top) * columns + (x - left)
  }

  /// The element (index in C order) at a place of the scan; nil outside of the tensor.
  public func element(atScanIndex index: Int) -> Int? {
    guard (0..<count).contains(index), width > 0 else { return nil }
    let top = index / (blockHeight * width) * blockHeight
    let height = min(blockHeight, rows - top)
    let inBlockRow = index - top * width
    let left = inBlockRow / (height * blockWidth) * blockWidth
    let columns = min(blockWidth, width - left)
    let (y, x) = (inBlockRow - left * height).quotientAndRemainder(dividingBy: columns)
    return (top + y) * width + left + x
  }

  /// Whether the scan enters another block row at a place, the first one not counted.
  func startsLaterBlockRow(atScanIndex index: Int) -> Bool {
    index > 0 && width > 0 && index % (blockHeight * width) == 0
  }
}
