/// How many bits more, or less, are spent on a class.
public struct ClassChange: Sendable, Hashable {
  /// The class.
  public let costClass: CostClass
  /// The bits; less than 0 if they are fewer.
  public let bits: Double
}

extension ClassCosts {
  /// By how many bits each class differs from `other`, the greatest first, in the order of the contract where they are alike.
  ///
  /// What rounding of sums leaves is no bit.
  public func changes(from other: ClassCosts) -> [ClassChange] {
    CostClass.allCases.enumerated().compactMap { place, costClass in
      let bits = self[costClass] - other[costClass]
      return bits.magnitude < 1e-6 ? nil : (place, ClassChange(costClass: costClass, bits: bits))
    }.sorted { ($1.1.bits.magnitude, $0.0) < ($0.1.bits.magnitude, $1.0) }.map(\.1)
  }
}
