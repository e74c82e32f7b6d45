/// A tensor that was read whole: its elements as bytes, little-endian, C order.
public struct TensorData: Hashable, Sendable {
  /// The sides; empty for a scalar.
  public let shape: [Int]
  /// The type of the elements.
  public let element: ElementType
  /// The elements, the least significant byte first.
  public let bytes: [UInt8]
  /// The number of elements.
  public let count: Int

  /// The elements of `layout`.
  init(_ layout: TensorLayout) throws(TensorFileError) {
    shape = layout.shape
    element = layout.element
    count = layout.count
    let reader = try WeightReader(layout)
    var bytes: [UInt8] = []
    while reader.left > 0 {
      let part = try reader.nextBytes(1 << 18)
      if bytes.isEmpty && reader.left == 0 { bytes = part } else { bytes += part }
    }
    self.bytes = bytes
  }

  /// The elements as Float64; integers beyond 2^53 are rounded.
  public var doubles: [Double] {
    var values: [Double] = []
    element.append(count, of: bytes, to: &values)
    return values
  }

  /// The elements as Float32, rounded to nearest.
  public var floats: [Float] { doubles.map { Float($0) } }

  /// The elements as Int32; nil if they are no integers or one is out of range.
  public var int32s: [Int32]? {
    guard element.isInteger else { return nil }
    var result: [Int32] = []
    for value in doubles {
      // What 53 bits cannot hold is out of range either way.
      guard let value = Int32(exactly: value) else { return nil }
      result.append(value)
    }
    return result
  }
}
