import NNRModel

extension ModelParameter {
  /// Puts the weights of `range` into `block` as 64-bit floats, in place of what it held.
  public func doubles(_ range: Range<Int>, into block: inout [Double]) {
    block.removeAll(keepingCapacity: true)
    block.reserveCapacity(range.count)
    switch values {
    case .float32(let values): for value in values[range] { block.append(Double(value)) }
    case .float64(let values): block.append(contentsOf: values[range])
    case .int32(let values): for value in values[range] { block.append(Double(value)) }
    }
  }
}

extension ValueComparison {
  /// The weights that are compared at a time.
  public static let blockLength = 1 << 14

  /// The weights of a parameter against those of another, of as many.
  static func of(_ parameter: ModelParameter, reference: ModelParameter) -> ValueComparison {
    var comparison = ValueComparison()
    var (block, wanted): ([Double], [Double]) = ([], [])
    let count = min(parameter.count, reference.count)
    for start in stride(from: 0, to: count, by: blockLength) {
      let range = start..<min(start + blockLength, count)
      parameter.doubles(range, into: &block)
      reference.doubles(range, into: &wanted)
      comparison.add(block, reference: wanted)
    }
    return comparison
  }
}
