/// Bits by class and tensor on both sides.
public struct CostDiff: Sendable, Hashable {
  /// Bits on both sides.
  public struct Row: Sendable, Hashable {
    /// What they are spent on: the name of a class or of a tensor.
    public let name: String
    /// Bits on the first side; nil if it is not there.
    public let a: Double?
    /// Bits on the second side; nil if it is not there.
    public let b: Double?

    /// How much more the second side pays.
    public var change: Double { (b ?? 0) - (a ?? 0) }
    /// The change as a share of the first side; nil where that is 0.
    public var share: Double? { (a ?? 0) == 0 ? nil : change / (a ?? 1) }
    /// Whether both sides pay the same, to the rounding of sums.
    public var isSame: Bool { a != nil && b != nil && change.magnitude < 1e-6 }
  }

  /// All bits of the streams.
  public let total: Row
  /// The classes that either side pays for.
  public let classes: [Row]
  /// The payload bits of the tensors, in the order of the first side.
  public let tensors: [Row]

  /// Compares two ledgers.
  package init(_ a: BitLedger, _ b: BitLedger) {
    total = Row(name: "total", a: Double(a.size) * 8, b: Double(b.size) * 8)
    let sums = (a.totals, b.totals)
    classes = CostClass.allCases.compactMap { costClass in
      let (one, other) = (sums.0[costClass], sums.1[costClass])
      return one == 0 && other == 0 ? nil : Row(name: costClass.name, a: one, b: other)
    }
    let alignment = SequenceAlignment(a.tensors.map(\.name), b.tensors.map(\.name))
    tensors = alignment.entries.map { entry in
      let one = entry.a.map { a.tensors[$0] }
      let other = entry.b.map { b.tensors[$0] }
      return Row(name: (one ?? other)?.name ?? "", a: one?.costs.total, b: other?.costs.total)
    }
  }
}
