import DeepCABAC

/// An arithmetic encoder with the ranges of format reference 4.2; plain and slow, for tests.
public struct ArithmeticEncoder {
  /// A context: rates and the two estimators.
  struct Context {
    var rates: EcoSet
    var fast: Int
    var slow: Int

    init(set: Int) {
      rates = ProbabilityTables.ecoSets[set]
      fast = rates.fast
      slow = rates.sum - 16 * rates.fast
    }

    var sum: Int { 16 * fast + slow }

    mutating func update(_ bin: Bool) {
      let steps = ProbabilityTables.transition
      if bin {
        fast += steps[16 + (fast >> 3)] >> (rates.fastShift + 4)
        slow += steps[16 + (slow >> 7)] >> rates.slowShift
      } else {
        fast -= steps[16 + (-fast >> 3)] >> (rates.fastShift + 4)
        slow -= steps[16 + (-slow >> 7)] >> rates.slowShift
      }
    }
  }

  /// Contexts of the tensor being coded.
  var contexts: [Context] = []
  /// Sum of the costs of all bins, in bits, by format reference 7.2.
  public private(set) var cost = 0.0
  private var range = 510
  private var low = 0
  private var bits: [UInt8] = []
  private var marks: [(position: Int, low: Int, state: Int)] = []

  /// An encoder at the start of a payload.
  public init() {}

  /// Number of bits settled so far, the decoder's `pos`.
  public var position: Int { bits.count }

  private mutating func add(_ amount: Int) {
    low += amount
    guard low >= 512 else { return }
    low -= 512
    var i = bits.count - 1
    while i >= 0 && bits[i] == 1 {
      bits[i] = 0
      i -= 1
    }
    if i >= 0 { bits[i] = 1 }
  }

  private mutating func shift() {
    bits.append(UInt8(low >> 8))
    low = (low << 1) & 511
  }

  /// Codes a context bin.
  mutating func encode(_ bin: Bool, context: Int) {
    let sum = contexts[context].sum
    let lps = Int(ProbabilityTables.lpsRange[(range & 0xE0) + abs(sum >> 7)])
    let before = range
    if bin == (sum >= 0) {
      range -= lps
    } else {
      add(range - lps)
      range = lps
    }
    cost += ProbabilityTables.log2(Double(before) / Double(range))
    while range < 256 {
      range *= 2
      shift()
    }
    contexts[context].update(bin)
  }

  /// Codes the lowest `count` bits of a number as bypass bins.
  public mutating func encodeBypass(_ value: Int, count: Int) {
    for i in stride(from: count - 1, through: 0, by: -1) {
      // The interval is halved by doubling the register, which may carry.
      shift()
      if value >> i & 1 == 1 { add(range) }
      cost += 1
    }
  }

  /// Sets the range to 256.
  mutating func resetRange() {
    cost += ProbabilityTables.log2(Double(range) / 256)
    range = 256
  }

  /// Remembers an entry point at the current position.
  mutating func mark(state: Int) { marks.append((bits.count, low, state)) }

  /// Codes the terminate bin, stop bit and padding; returns the payload and the entry points.
  ///
  /// With `terminateBin` false the bin is coded as 0, which no valid payload does.
  public mutating func finish(terminateBin: Bool = true) -> (bytes: [UInt8], entries: [EntryPoint])
  {
    cost += ProbabilityTables.log2(Double(range) / (terminateBin ? 2 : Double(range - 2)))
    range -= 2
    if terminateBin { add(range) }
    for i in stride(from: 8, through: 1, by: -1) { bits.append(UInt8(low >> i & 1)) }
    bits.append(1)
    var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (i, bit) in bits.enumerated() { bytes[i / 8] |= bit << UInt8(7 - i % 8) }
    let entries = marks.map { mark in
      var word = 0
      for i in mark.position..<(mark.position + 9) {
        word = word << 1 | (i < bits.count ? Int(bits[i]) : 0)
      }
      return EntryPoint(value: (word - mark.low) & 511, state: mark.state, position: mark.position)
    }
    return (bytes, entries)
  }
}
