/// How much of a split one part wants.
public struct Extent: Hashable, Sendable {
  /// Cells it cannot do without; kept first, from the first part on.
  public var minimum: Int
  /// Most cells it uses.
  public var maximum: Int
  /// Share of the cells left over.
  public var weight: Int

  /// Makes an extent.
  public init(minimum: Int, maximum: Int = .max, weight: Int) {
    self.minimum = max(0, minimum)
    self.maximum = max(self.minimum, maximum)
    self.weight = max(0, weight)
  }
}

/// Splits of regions into parts that never overlap and never leave the region.
public enum Layout {
  /// Cells for each part.
  ///
  /// When the minima do not fit, later parts shrink first, down to nothing. The sum is never more
  /// than `total`, and equals it if some part can still grow.
  public static func sizes(_ total: Int, _ extents: [Extent], spacing: Int = 0) -> [Int] {
    var rest = max(0, total - max(0, spacing) * max(0, extents.count - 1))
    var sizes = extents.map { extent in
      let size = min(rest, extent.minimum)
      rest -= size
      return size
    }
    // Each round gives every growing part its share; a round ends the loop or fills a part.
    while rest > 0 {
      let growing = extents.indices.filter {
        extents[$0].weight > 0 && sizes[$0] < extents[$0].maximum
      }
      let weights = growing.reduce(0) { $0 + extents[$1].weight }
      guard weights > 0 else { break }
      let pot = rest
      for index in growing {
        let share = max(1, pot * extents[index].weight / weights)
        let more = min(share, rest, extents[index].maximum - sizes[index])
        sizes[index] += more
        rest -= more
      }
    }
    return sizes
  }
}
