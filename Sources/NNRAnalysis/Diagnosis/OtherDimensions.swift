import NNRModel

/// Dimensions near those of a header that its payload may have been coded for.
enum OtherDimensions {
  /// The most values that are tried in place of a dimension.
  private static let limit = 160
  /// The most integers that are decoded for all of them.
  private static let budget = 30_000_000

  /// The readings with one dimension other than the header's, the nearest first; none for units of several tensors.
  static func candidates(_ decoding: UnitDecoding) -> [AlternativeReading] {
    guard decoding.unit.codedTensors.count == 1, let tensor = decoding.unit.codedTensors.first,
      let dimensions = tensor.dimensions, let count = tensor.count, count > 0
    else { return [] }
    var found: [AlternativeReading] = []
    var left = budget
    for (place, size) in dimensions.enumerated() {
      for value in values(near: size) {
        let cost = (count / size).saturatingMultiply(value)
        guard cost <= left else { continue }
        left -= cost
        var other = dimensions
        other[place] = value
        found.append(.dimensions(other, from: dimensions))
      }
    }
    return found
  }

  /// Sizes in the order in which they are tried: the next ones, then halves and multiples.
  private static func values(near size: Int) -> [Int] {
    var values: [Int] = []
    for distance in 1...(limit / 2) {
      if size - distance > 0 { values.append(size - distance) }
      if size < .max - distance { values.append(size + distance) }
    }
    var other = size / 2
    while other > 0 {
      values.append(other)
      other /= 2
    }
    for factor in 2...8 {
      let (product, overflow) = size.multipliedReportingOverflow(by: factor)
      if !overflow { values.append(product) }
    }
    var seen: Set<Int> = [size]
    return values.filter { seen.insert($0).inserted }
  }
}
