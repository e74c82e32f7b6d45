extension LevelCounts {
  /// A histogram of at most `count` bins (1 to 4,096) over the levels between the quantiles of `clip`.
  ///
  /// If there is room, each level between the least and the greatest has a bin of its own (centred on it, so the edges
  /// are at halves) and nothing is clipped; otherwise each bin holds the same whole number of neighbouring levels.
  /// Levels that are not told apart count as overflow.
  public func histogram(bins count: Int, clip: QuantileClip = .robust) -> Histogram {
    let levels = sorted
    let wanted = Int64(Swift.min(Swift.max(count, 1), 4096))
    guard let first = levels.first, let last = levels.last else {
      var empty = Histogram(lower: 0, upper: 0, bins: [])
      empty.overflow = uncounted
      return empty
    }
    var low = Int64(first.level)
    var high = Int64(last.level)
    if high - low >= wanted {
      let total = levels.reduce(0 as UInt64) { $0 &+ $1.count }
      low = Int64(Self.level(atRank: clip.low * Double(total - 1), in: levels) ?? first.level)
      high = Int64(Self.level(atRank: clip.high * Double(total - 1), in: levels) ?? last.level)
      high = Swift.max(low, high)
    }
    let perBin = (high - low) / wanted + 1
    let number = (high - low) / perBin + 1
    var result = Histogram(
      lower: Double(low) - 0.5, upper: Double(low + number * perBin) - 0.5,
      bins: [UInt64](repeating: 0, count: Int(number)))
    result.isExact = perBin == 1
    for (level, count) in levels {
      let bin = (Int64(level) - low) / perBin
      if Int64(level) < low {
        result.underflow &+= count
      } else if bin < number {
        result.bins[Int(bin)] &+= count
      } else {
        result.overflow &+= count
      }
    }
    result.overflow &+= uncounted
    return result
  }

  private static func level(atRank rank: Double, in levels: [(level: Int32, count: UInt64)])
    -> Int32?
  {
    var seen: UInt64 = 0
    for (level, count) in levels {
      seen &+= count
      if Double(seen) > rank { return level }
    }
    return levels.last?.level
  }
}
