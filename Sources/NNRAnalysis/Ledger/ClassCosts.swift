import DeepCABAC

/// Bits and bins by class.
public struct ClassCosts: Sendable, Hashable {
  /// By class; empty as long as nothing is charged.
  private var bits: [Double] = []
  /// By class; empty as long as there are no bins: headers have none, and a stream may have very many of them.
  private var bins: [Int] = []

  /// Nothing yet.
  public init() {}

  /// The bits of a payload as its decoder accounts for them.
  public init(_ ledger: PayloadLedger) {
    for syntaxClass in SyntaxClass.allCases {
      let totals = ledger[syntaxClass]
      add(
        totals.bits, bins: totals.contextBins &+ totals.bypassBins, to: .payload(syntaxClass))
    }
  }

  /// The bits of a class; fractional within arithmetic codewords.
  public subscript(_ costClass: CostClass) -> Double {
    bits.isEmpty ? 0 : bits[costClass.place]
  }

  /// The bits of the classes of a group.
  public subscript(group group: CostGroup) -> Double {
    CostClass.allCases.reduce(0) { $1.group == group ? $0 + self[$1] : $0 }
  }

  /// The bins of a class; 0 outside of arithmetic codewords.
  public func bins(_ costClass: CostClass) -> Int { bins.isEmpty ? 0 : bins[costClass.place] }

  /// The bits of all classes.
  public var total: Double { bits.reduce(0, +) }

  /// Whether nothing was charged.
  public var isEmpty: Bool { bits.isEmpty }

  /// The classes that were charged, in the order of the contract.
  public var charged: [(costClass: CostClass, bits: Double, bins: Int)] {
    guard !bits.isEmpty else { return [] }
    return zip(CostClass.allCases, bits).compactMap { costClass, bits in
      let bins = bins(costClass)
      return bits != 0 || bins != 0 ? (costClass, bits, bins) : nil
    }
  }

  /// Charges bits and bins to a class.
  public mutating func add(_ more: Double, bins moreBins: Int = 0, to costClass: CostClass) {
    guard more != 0 || moreBins != 0 else { return }
    if bits.isEmpty { bits = [Double](repeating: 0, count: CostClass.allCases.count) }
    bits[costClass.place] += more
    guard moreBins != 0 else { return }
    if bins.isEmpty { bins = [Int](repeating: 0, count: CostClass.allCases.count) }
    bins[costClass.place] &+= moreBins
  }

  /// Adds other costs, class by class.
  public mutating func add(_ other: ClassCosts) {
    guard !other.bits.isEmpty else { return }
    guard !bits.isEmpty else {
      self = other
      return
    }
    for place in bits.indices { bits[place] += other.bits[place] }
    if bins.isEmpty { return bins = other.bins }
    for place in other.bins.indices { bins[place] &+= other.bins[place] }
  }

  /// Takes all bits of a class away and returns them.
  mutating func take(_ costClass: CostClass) -> Double {
    guard !bits.isEmpty else { return 0 }
    defer { bits[costClass.place] = 0 }
    return bits[costClass.place]
  }
}
