/// Weights as the integers of a uniform quantizer, without a thought for their bits.
///
/// Both take weights in steps: divided by the step size. They must be finite and below 2^30 in magnitude.
package enum ScalarQuantizer {
  /// The nearest integer of each weight.
  package static func nearest(_ weights: [Double]) -> [Int32] {
    weights.map { Int32($0.rounded()) }
  }

  /// The integers of the path through the eight states of dependent quantization that is nearest to the weights in all: that
  /// of Viterbi, along the scan (format reference 4.4); nil if it was stopped.
  ///
  /// In an even state integers are even, in an odd one odd or 0, and where one goes depends on half of them being odd.
  package static func trellis(
    _ weights: [Double], _ geometry: TensorGeometry, shouldStop: () -> Bool = { false }
  ) -> [Int32]? {
    guard weights.count == geometry.count else { return nil }
    let order = scanned(geometry)
    // For each place one bit a state: which of its two predecessors the best path comes from.
    var choices = [UInt8](repeating: 0, count: order.count)
    var costs = SIMD8<Double>(repeating: .infinity)
    costs[0] = 0
    for (place, element) in order.enumerated() {
      if place & 0xffff == 0, shouldStop() { return nil }
      let size = abs(weights[element])
      let (even, odd) = (Candidates(size, odd: 0), Candidates(size, odd: 1))
      let errors = SIMD4(even.error(0), even.error(1), odd.error(0), odd.error(1))
      var next = SIMD8<Double>(repeating: .infinity)
      var choice: UInt8 = 0
      for state in 0..<8 where costs[state] < .infinity {
        for parity in 0...1 {
          let end = TrellisPath.next(state, odd: parity)
          let cost = costs[state] + errors[2 * (state & 1) + parity]
          guard cost < next[end] else { continue }
          next[end] = cost
          // The two predecessors of a state are told apart by their numbers.
          let isLater = predecessors[end].1 == state
          choice = isLater ? choice | 1 << UInt8(end) : choice & ~(1 << UInt8(end))
        }
      }
      costs = next
      choices[place] = choice
    }
    var integers = [Int32](repeating: 0, count: weights.count)
    var state = (0..<8).min { costs[$0] < costs[$1] } ?? 0
    for (place, element) in order.enumerated().reversed() {
      let isLater = choices[place] >> UInt8(state) & 1 == 1
      let before = isLater ? predecessors[state].1 : predecessors[state].0
      let parity = TrellisPath.next(before, odd: 0) == state ? 0 : 1
      let size = Candidates(abs(weights[element]), odd: before & 1).integer(parity)
      integers[element] = weights[element] < 0 ? -size : size
      state = before
    }
    return integers
  }

  /// For each state the two from which it is reached, in order.
  private static let predecessors: [(Int, Int)] = (0..<8).map { end in
    let from = (0..<8).filter { state in
      TrellisPath.next(state, odd: 0) == end || TrellisPath.next(state, odd: 1) == end
    }
    return (from.first ?? 0, from.last ?? 0)
  }

  /// The elements in the order of the scan.
  private static func scanned(_ geometry: TensorGeometry) -> [Int] {
    guard geometry.scanOrder > 0 else { return Array(0..<geometry.count) }
    var order: [Int] = []
    order.reserveCapacity(geometry.count)
    for top in stride(from: 0, to: geometry.rows, by: geometry.blockHeight) {
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        for row in top..<min(top + geometry.blockHeight, geometry.rows) {
          let right = min(left + geometry.blockWidth, geometry.width)
          order += (row * geometry.width + left)..<(row * geometry.width + right)
        }
      }
    }
    return order
  }

  /// The magnitudes that a state has for a weight: half of the first, rounded up, is even, that of the second odd.
  private struct Candidates {
    private let size: Double
    private let odd: Int32

    init(_ size: Double, odd: Int) {
      self.size = size
      self.odd = Int32(odd)
    }

    /// The integer, without its sign.
    func integer(_ parity: Int) -> Int32 {
      // 2m − odd is nearest where m is nearest to half of size + odd.
      let half = (size + Double(odd)) / 2
      let level =
        parity == 0
        ? 2 * Int32((half / 2).rounded()) : 2 * Int32(max(0, ((half - 1) / 2).rounded())) + 1
      if level == 0 { return 0 }
      let integer = 2 * level - odd
      // 0 is another value of an even level.
      return parity == 0 && size < Double(integer) - size ? 0 : integer
    }

    func error(_ parity: Int) -> Double {
      let distance = size - Double(integer(parity))
      return distance * distance
    }
  }
}
