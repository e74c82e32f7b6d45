/// What a bin costs by the state of its context, whatever the range: the mean over the ranges 256 to 510, which come about as
/// often as 1/R says (format reference 7.2).
enum BinCosts {
  /// The bits in a unit of the table.
  static let unit = 1.0 / Double(1 << 20)

  /// Costs in 2^-20 bit by `(sum >> 7 & 63) * 2 + bin`; never freed.
  static let table: CostTable = CostTable()

  /// The mean cost of setting the range to 256, in bits.
  static let reset: Double = CostTable.mean { ProbabilityTables.log2(Double($0) / 256) }

  /// What the end of a payload takes beside the costs of the bins: what is left of the range, stop bit and padding to half a byte.
  static let end = 9 - CostTable.mean { 9 - ProbabilityTables.log2(Double($0)) }

  /// The cost of `bins` in a context that starts with set 0, in bits.
  static func adaptive(_ bins: some Sequence<Bool>) -> Double {
    var word = PackedContext.ecoWords[0]
    var sum: UInt64 = 0
    PackedContext.tables.withUnsafeBufferPointer { tables in
      for bin in bins {
        sum &+= table.words[Int(truncatingIfNeeded: word >> 58) &* 2 &+ (bin ? 1 : 0)]
        let probe = bin ? word : word &+ PackedContext.bin0Probe
        word =
          word
          &+ tables[PackedContext.fastTable &+ Int(truncatingIfNeeded: (probe >> 24) & 0xFF)]
          &+ tables[PackedContext.slowTable &+ Int(truncatingIfNeeded: (probe >> 8) & 0xFF)]
      }
    }
    return Double(sum) * unit
  }
}

/// The constant table of `BinCosts`.
struct CostTable: @unchecked Sendable {
  /// 128 words.
  let words: UnsafePointer<UInt64>

  /// Works the table out.
  init() {
    let memory = UnsafeMutablePointer<UInt64>.allocate(capacity: 128)
    let logarithms = (0...510).map { $0 == 0 ? 0 : ProbabilityTables.log2(Double($0)) }
    for row in 0..<64 {
      let magnitude = min(abs(row < 32 ? row : row - 64), 31)
      var likely = 0.0
      var unlikely = 0.0
      for range in 256...510 {
        let lps = Int(ProbabilityTables.lpsRange[(range & 0xE0) + magnitude])
        likely += (logarithms[range] - logarithms[range - lps]) / Double(range)
        unlikely += (logarithms[range] - logarithms[lps]) / Double(range)
      }
      let mps = row < 32 ? 1 : 0
      let scale = Double(1 << 20) / Self.weight
      memory[row * 2 + mps] = UInt64(likely * scale)
      memory[row * 2 + 1 - mps] = UInt64(unlikely * scale)
    }
    words = UnsafePointer(memory)
  }

  private static let weight = (256...510).reduce(0.0) { $0 + 1 / Double($1) }

  /// The mean of a value of the range.
  static func mean(_ value: (Int) -> Double) -> Double {
    (256...510).reduce(0.0) { $0 + value($1) / Double($1) } / weight
  }
}
