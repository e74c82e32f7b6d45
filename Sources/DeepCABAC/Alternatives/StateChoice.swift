/// Which start states the search gives contexts.
package enum StateChoice: Sendable, Hashable {
  /// Set 0 for all.
  case standard
  /// For each context the set that costs least with its signalling.
  case best
  /// Given sets by the context's number in the layout of the length they were made for; set 0 for contexts beyond it.
  case kept([UInt8], unaryLength: Int)
}

/// Start states for the contexts of a tensor and what they cost.
struct ChosenStates {
  /// The set of each context of the list, in coded order.
  var sets: [UInt8]
  /// The cost of the flags and of the sets behind them, in bits.
  var signalling: Double
}

extension ChosenStates {
  /// The thresholds that are tried: a context gets another set than 0 where it gains more bits than that.
  private static let thresholds = (0...8).map(Double.init)

  /// The best sets for contexts that cost `costs[i]` bits from each of the nine sets; nil for contexts that have no bins.
  ///
  /// The flag of each context is coded in one adaptive context, so it is cheap to be like the others: the best of nine global
  /// thresholds is within a tenth of a per cent of a full descent. With `descends` single flags are turned too.
  static func best(_ costs: [UnsafePointer<UInt64>?], descends: Bool) -> ChosenStates {
    var gains = [Double](repeating: 0, count: costs.count)
    var favourites = [UInt8](repeating: 0, count: costs.count)
    for (place, cost) in costs.enumerated() {
      guard let cost else { continue }
      for set in 1..<BinStrings.sets where cost[set] < cost[0] {
        // A set takes three bits.
        let gain = Double(cost[0] - cost[set]) * BinCosts.unit - 3
        if gain > gains[place] {
          gains[place] = gain
          favourites[place] = UInt8(set)
        }
      }
    }
    var flags = [Bool](repeating: false, count: costs.count)
    var total = BinCosts.adaptive(flags)
    var last = flags
    for threshold in thresholds {
      let candidate = gains.map { $0 > threshold }
      guard candidate != last else { continue }
      last = candidate
      let sum = Self.total(candidate, gains)
      if sum < total {
        total = sum
        flags = candidate
      }
    }
    if descends { descend(&flags, &total, gains) }
    return ChosenStates(
      sets: zip(flags, favourites).map { $0 ? $1 : 0 }, signalling: Self.signalling(flags))
  }

  /// Turns single flags as long as that gains anything.
  private static func descend(_ flags: inout [Bool], _ total: inout Double, _ gains: [Double]) {
    let open = gains.indices.filter { gains[$0] > 0 && gains[$0] < 16 }
    var isBetter = true
    var rounds = 0
    while isBetter, rounds < 4 {
      isBetter = false
      rounds += 1
      for place in open {
        flags[place].toggle()
        let sum = Self.total(flags, gains)
        if sum < total - 1e-9 {
          total = sum
          isBetter = true
        } else {
          flags[place].toggle()
        }
      }
    }
  }

  /// What flags cost less what they gain.
  private static func total(_ flags: [Bool], _ gains: [Double]) -> Double {
    var sum = BinCosts.adaptive(flags)
    for (flag, gain) in zip(flags, gains) where flag { sum -= gain }
    return sum
  }

  /// The cost of flags and of the sets behind them.
  static func signalling(_ flags: some Sequence<Bool>) -> Double {
    let flags = Array(flags)
    return BinCosts.adaptive(flags) + 3 * Double(flags.count { $0 })
  }
}
