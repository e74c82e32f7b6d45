/// The number of elements of a tensor.
public enum ElementCount {
  /// The product of the sides; nil if one is negative or the product is too large.
  public static func of(_ shape: [Int]) -> Int? {
    var count = 1
    var isEmpty = false
    for side in shape {
      guard side >= 0 else { return nil }
      if side == 0 {
        isEmpty = true
        continue
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: side)
      guard !overflow else { return nil }
      count = product
    }
    return isEmpty ? 0 : count
  }
}

extension [UInt8] {
  /// Adds the bytes of `value`, the least significant first.
  package mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
    for index in 0..<Value.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: value >> Value(8 * index)))
    }
  }
}
