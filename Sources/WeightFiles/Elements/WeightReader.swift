/// Hands out the elements of a tensor in C order, by blocks: memory follows the block, not the tensor.
public final class WeightReader {
  /// The elements that are left.
  public private(set) var left: Int
  private let layout: TensorLayout
  private var run: (any ByteRun)?
  private var gather: StridedGather?

  /// A reader from the first element on; throws `TensorFileError`.
  init(_ layout: TensorLayout) throws(TensorFileError) {
    self.layout = layout
    left = layout.count
    guard layout.count > 0 else { return }
    if layout.strides == nil {
      run = try layout.bytes.run(from: layout.start)
    } else {
      gather = StridedGather(layout)
    }
  }

  /// Puts the next elements, at most `limit`, into `block` in place of what it held, as Float64; none at the end.
  ///
  /// Integers beyond 2^53 are rounded, all else is exact. Throws `TensorFileError`.
  public func next(_ limit: Int, into block: inout [Double]) throws(TensorFileError) {
    block.removeAll(keepingCapacity: true)
    let count = portion(limit)
    guard count > 0 else { return }
    // Gathered elements have the byte order of the file as well.
    let bytes = try take(count)
    layout.element.append(count, of: bytes, isBigEndian: layout.isBigEndian, to: &block)
    guard block.count == count else { throw .truncated }
  }

  /// The next elements, at most `limit`, as their bytes, the least significant first; none at the end.
  func nextBytes(_ limit: Int) throws(TensorFileError) -> [UInt8] {
    let count = portion(limit)
    guard count > 0 else { return [] }
    var bytes = try take(count)
    if layout.isBigEndian { Self.swap(&bytes, size: layout.element.size) }
    return bytes
  }

  /// Elements that share bytes are taken by whole bytes.
  private func portion(_ limit: Int) -> Int {
    guard limit > 0 else { return 0 }
    let limit = layout.element.isPacked ? max(8, limit / 8 * 8) : limit
    return min(left, limit)
  }

  private func take(_ count: Int) throws(TensorFileError) -> [UInt8] {
    let bytes: [UInt8]
    if let run {
      guard let size = layout.element.bytes(of: count) else { throw .truncated }
      bytes = try run.next(size)
    } else {
      bytes = try gather?.next(count) ?? []
    }
    left -= count
    return bytes
  }

  private static func swap(_ data: inout [UInt8], size: Int) {
    guard size > 1 else { return }
    var start = 0
    while start + size <= data.count {
      data[start..<start + size].reverse()
      start += size
    }
  }
}
