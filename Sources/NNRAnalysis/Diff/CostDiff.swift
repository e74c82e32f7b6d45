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

    /// Whether a side has it, and could not be decoded: nothing is known of its bits there.
    public var isUndecoded = false
    /// The classes by which the sides differ, the greatest change first; empty for what is a class itself.
    public internal(set) var changes: [ClassChange] = []

    /// How much more the second side pays; nil if that is not known.
    public var change: Double? { isUndecoded ? nil : (b ?? 0) - (a ?? 0) }
    /// The change as a share of the first side; nil where that is 0.
    public var share: Double? { (a ?? 0) == 0 ? nil : change.map { $0 / (a ?? 1) } }
    /// Whether both sides pay the same, to the rounding of sums.
    public var isSame: Bool {
      guard let a, let b else { return false }
      return (b - a).magnitude < 1e-6
    }
  }

  /// All bits of the streams.
  public let total: Row
  /// The classes that either side pays for.
  public let classes: [Row]
  /// The payload bits of the tensors, in the order of the first side.
  public let tensors: [Row]

  /// Compares two ledgers; nil for a side without a stream.
  package init(_ a: BitLedger?, _ b: BitLedger?) {
    total = Row(name: "total", a: a.map { Double($0.size) * 8 }, b: b.map { Double($0.size) * 8 })
    let sums = (a?.totals, b?.totals)
    classes = CostClass.allCases.compactMap { costClass in
      let (one, other) = (sums.0?[costClass], sums.1?[costClass])
      return (one ?? 0) == 0 && (other ?? 0) == 0
        ? nil
        : Row(
          name: costClass.name, a: one, b: other,
          isUndecoded: costClass.dependsOnDecoding && [a, b].contains { $0?.isDecoded == false })
    }
    let (left, right) = (a?.tensors ?? [], b?.tensors ?? [])
    let alignment = SequenceAlignment(left.map(\.name), right.map(\.name))
    tensors = alignment.entries.map { entry in
      let sides = [entry.a.map { left[$0] }, entry.b.map { right[$0] }]
      var row = Row(
        name: sides.compactMap { $0?.name }.first ?? "", a: sides[0]?.bits, b: sides[1]?.bits)
      row.isUndecoded = zip([a, b], sides).contains { ledger, side in
        side.map { ledger?.isDecoded($0) == false } ?? false
      }
      if !row.isUndecoded {
        let costs = sides.map { $0?.costs ?? ClassCosts() }
        row.changes = costs[1].changes(from: costs[0])
      }
      return row
    }
  }
}

/// Bits by class on both sides, summed over the files of two chains.
public struct CostSum: Sendable, Hashable {
  /// All bits of the files.
  public let total: CostDiff.Row
  /// The classes that either side pays for, in the order of the catalogue.
  public let classes: [CostDiff.Row]

  /// Adds up the costs of the files; a side without any file has nil.
  public init(_ files: [CostDiff]) {
    func sum(_ name: String, _ rows: (CostDiff) -> [CostDiff.Row]) -> CostDiff.Row {
      func side(_ bits: (CostDiff.Row) -> Double?) -> Double? {
        // A class that a file does not pay for is no row of that file.
        files.contains { bits($0.total) != nil }
          ? files.flatMap(rows).reduce(0) { $0 + (bits($1) ?? 0) } : nil
      }
      return CostDiff.Row(
        name: name, a: side(\.a), b: side(\.b),
        isUndecoded: files.contains { rows($0).contains(where: \.isUndecoded) })
    }
    total = sum("total") { [$0.total] }
    let paid = Set(files.flatMap { $0.classes.map(\.name) })
    classes = CostClass.allCases.map(\.name).filter(paid.contains).map { name in
      sum(name) { $0.classes.filter { $0.name == name } }
    }
  }
}
