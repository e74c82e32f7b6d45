/// The unary lengths that are worth a walk over a tensor.
///
/// With few bins all of a ladder and all up to 16 are; otherwise those that are cheap for contexts that know nothing but sign and
/// place of a flag, whose cost follows from how often each magnitude occurs.
package struct UnaryLengths {
  /// The lengths that a search looks at before all others.
  package static let ladder = [1, 2, 3, 4, 6, 8, 11, 16, 24, 32, 64, 128, 256]
  /// The most bins of abs_level_greater flags for which no length is left out.
  private static let fewBins = 1 << 16
  /// Magnitudes that are counted one by one.
  private static let exact = 320

  /// How often each magnitude occurs, negative and positive.
  private var counts = [[Int]](repeating: [Int](repeating: 0, count: exact), count: 2)
  /// How often magnitudes beyond occur, by eighths of octaves from 256 on.
  private var beyond = [[Int]](repeating: [Int](repeating: 0, count: 8 * 24), count: 2)
  private var greatest = 0
  private var flags = 0

  /// Nothing counted yet.
  package init() {}

  /// Counts integers of a tensor; with dependent quantization they are about twice the levels.
  package mutating func add(_ integers: [Int32], dependent: Bool) {
    var counts = counts
    var beyond = beyond
    for integer in integers where integer != 0 {
      let magnitude =
        dependent ? Int(integer.magnitude &+ 1) >> 1 : Int(integer.magnitude)
      let side = integer < 0 ? 0 : 1
      flags &+= min(magnitude, 256)
      if magnitude < Self.exact {
        counts[side][magnitude] &+= 1
      } else {
        beyond[side][Self.bucket(magnitude)] &+= 1
      }
      if magnitude > greatest { greatest = magnitude }
    }
    self.counts = counts
    self.beyond = beyond
  }

  private static func bucket(_ magnitude: Int) -> Int {
    let octave = Int.bitWidth - 1 - magnitude.leadingZeroBitCount
    return min(8 * 24 - 1, 8 * (octave - 8) + (magnitude >> (octave - 3)) & 7)
  }

  private static func magnitude(ofBucket bucket: Int) -> Int {
    let octave = bucket / 8 + 8
    return (8 + bucket % 8) << (octave - 3) + 1 << (octave - 4)
  }

  /// The lengths to walk with, ascending; `current` is always one of them.
  package func chosen(current: Int) -> [Int] {
    let most = min(256, max(1, greatest))
    if flags <= Self.fewBins {
      return Set(Self.ladder + Array(1...16) + [most]).filter { $0 <= most }
        .union([current, 10]).sorted()
    }
    let estimates = self.estimates(upTo: most)
    var order = Array(1...most)
    order.sort { estimates[$0 - 1] < estimates[$1 - 1] }
    let best = order.first.map { estimates[$0 - 1] } ?? 0
    var picked: [Int] = []
    for length in order where picked.count < 5 {
      guard estimates[length - 1] <= best * 1.01 + 64 else { break }
      // Neighbours of long ones cost nearly the same.
      if picked.allSatisfy({ abs($0 - length) * 6 > $0 }) { picked.append(length) }
    }
    return Set(picked).union([current]).union(current > 16 ? [] : [10]).sorted()
  }

  /// The estimated bits of magnitudes for each length.
  private func estimates(upTo most: Int) -> [Double] {
    // at[side][m]: how many are at least m.
    let atLeast = counts.indices.map { side -> [Int] in
      var sums = [Int](repeating: 0, count: Self.exact + 1)
      sums[Self.exact] = beyond[side].reduce(0, +)
      for magnitude in stride(from: Self.exact - 1, through: 0, by: -1) {
        sums[magnitude] = sums[magnitude + 1] + counts[side][magnitude]
      }
      return sums
    }
    let large = beyond[0].indices.compactMap { place -> (magnitude: Int, count: Int)? in
      let count = beyond[0][place] + beyond[1][place]
      return count > 0 ? (Self.magnitude(ofBucket: place), count) : nil
    }
    func reaching(_ magnitude: Int) -> Int {
      if magnitude <= Self.exact { return atLeast[0][magnitude] + atLeast[1][magnitude] }
      return large.reduce(0) { $0 + ($1.magnitude >= magnitude ? $1.count : 0) }
    }
    var flags = 0.0
    return (1...most).map { length in
      for side in 0...1 {
        flags += Self.bits(atLeast[side][length + 1], of: atLeast[side][length])
      }
      var bits = flags
      var before = reaching(length + 1)
      var order = 0
      while before > 0, order < 31 {
        let next = reaching(length + 1 << (order + 1))
        bits += Self.bits(next, of: before) + Double(next)
        before = next
        order += 1
      }
      return bits
    }
  }

  /// What an adaptive context takes for `count` bins of which `ones` are 1.
  private static func bits(_ ones: Int, of count: Int) -> Double {
    guard count > 0 else { return 0.15 }
    let zeros = count - ones
    let total = Double(count)
    var bits = 4 + total * 0.002
    if ones > 0 { bits += Double(ones) * ProbabilityTables.log2(total / Double(ones)) }
    if zeros > 0 { bits += Double(zeros) * ProbabilityTables.log2(total / Double(zeros)) }
    return bits
  }
}
