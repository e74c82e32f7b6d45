#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Shannon entropies of counted symbols.
public enum Entropy {
  /// The zero-order entropy of symbols with these counts, in bits per symbol; 0 for no symbols.
  public static func bits(counts: some Sequence<UInt64>) -> Double {
    var total = 0.0
    var sum = 0.0
    for count in counts where count > 0 {
      let value = Double(count)
      total += value
      sum += value * log2(value)
    }
    return total > 0 ? max(0, log2(total) - sum / total) : 0
  }
}

extension LevelCounts {
  /// The zero-order entropy in bits per level; a lower bound unless `isExact` (lost levels count as one symbol).
  public var entropy: Double { Entropy.bits(counts: all) }

  /// The entropy in bits per level when the class of the previous level is known; never more than `entropy`.
  public var conditionalEntropy: Double {
    var bits = 0.0
    var total = 0.0
    for neighbour in NeighbourClass.allCases {
      let counts = all(after: neighbour)
      let weight = Double(counts.reduce(0, &+))
      bits += weight * Entropy.bits(counts: counts)
      total += weight
    }
    return total > 0 ? bits / total : 0
  }
}
