/// The constant tables of the two-rate estimator and of the range subdivision (format reference 4.4 to 4.6).
package enum ProbabilityTables {
  /// LPS range by `(R & 0xE0) + abs(sum >> 7)`: 8 rows of 32 (format reference 4.6).
  package static let lpsRange: [UInt8] = [
    128, 112, 97, 84, 74, 65, 57, 50, 45, 39, 34, 30, 27, 23, 20, 18,
    15, 14, 12, 11, 10, 9, 7, 7, 5, 5, 4, 4, 3, 3, 2, 2,
    142, 125, 108, 93, 82, 72, 63, 56, 50, 43, 38, 33, 30, 26, 22, 20,
    17, 16, 13, 12, 11, 10, 8, 8, 6, 6, 5, 5, 3, 3, 2, 2,
    156, 137, 119, 103, 90, 79, 70, 61, 55, 48, 42, 37, 33, 28, 24, 22,
    19, 17, 15, 13, 12, 11, 9, 9, 6, 6, 5, 5, 4, 4, 2, 2,
    171, 150, 130, 112, 99, 87, 76, 67, 60, 52, 46, 40, 36, 31, 27, 24,
    21, 19, 16, 15, 13, 12, 10, 10, 7, 7, 6, 6, 4, 4, 3, 3,
    185, 162, 141, 121, 107, 94, 82, 73, 65, 56, 50, 43, 39, 34, 29, 26,
    22, 21, 17, 16, 14, 13, 11, 11, 8, 8, 6, 6, 4, 4, 3, 3,
    199, 175, 152, 131, 115, 101, 89, 78, 70, 61, 54, 47, 42, 36, 31, 28,
    24, 22, 19, 17, 15, 14, 12, 12, 8, 8, 7, 7, 5, 5, 3, 3,
    213, 187, 163, 140, 123, 108, 95, 84, 75, 65, 58, 50, 45, 39, 33, 30,
    26, 24, 20, 18, 16, 15, 13, 13, 9, 9, 7, 7, 5, 5, 3, 3,
    228, 200, 174, 150, 132, 116, 102, 90, 80, 70, 62, 54, 48, 42, 36, 32,
    28, 26, 22, 20, 18, 16, 14, 14, 10, 10, 8, 8, 6, 6, 4, 4,
  ]

  /// State step sizes TRANS, 32 entries, largest where the state is most wrong (format reference 4.5).
  package static let transition: [Int] = [
    2512, 2288, 2064, 1840, 1616, 1392, 1168, 944, 720, 560, 464, 368, 272, 208, 144, 80,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 0,
  ]

  /// The nine eco sets: adaptation rates and initial state (format reference 4.5).
  package static let ecoSets: [EcoSet] = [
    EcoSet(fastShift: 1, slowShift: 4, sum: 0, fast: 0),
    EcoSet(fastShift: 1, slowShift: 4, sum: -1310, fast: -41),
    EcoSet(fastShift: 1, slowShift: 4, sum: 3039, fast: 95),
    EcoSet(fastShift: 0, slowShift: 5, sum: 0, fast: 0),
    EcoSet(fastShift: 2, slowShift: 6, sum: 962, fast: 30),
    EcoSet(fastShift: 2, slowShift: 6, sum: 3039, fast: 95),
    EcoSet(fastShift: 2, slowShift: 6, sum: -673, fast: -21),
    EcoSet(fastShift: 3, slowShift: 5, sum: 0, fast: 0),
    EcoSet(fastShift: 3, slowShift: 5, sum: 962, fast: 30),
  ]

  /// Trellis transition `[2 * state + parity]` of dependent quantization (format reference 4.4).
  package static let trellis: [UInt8] = [0, 2, 7, 5, 1, 3, 6, 4, 2, 0, 5, 7, 3, 1, 4, 6]

  /// Binary logarithm of a positive number, to about 1e-15, without a mathematics library.
  package static func log2(_ x: Double) -> Double {
    let z = (x.significand - 1) / (x.significand + 1)
    var power = z
    var sum = 0.0
    for n in stride(from: 1.0, through: 41.0, by: 2.0) {
      sum += power / n
      power *= z * z
    }
    return Double(x.exponent) + sum * 2 / 0.693147180559945309417
  }
}

/// One eco set: the initial state and the rates of a context (format reference 4.5).
package struct EcoSet: Sendable, Hashable {
  /// sh0: the fast state moves by `TRANS >> (sh0 + 4)`.
  package var fastShift: Int
  /// sh1: the slow state moves by `TRANS >> sh1`.
  package var slowShift: Int
  /// Initial `sum = 16 * S0 + S1`.
  package var sum: Int
  /// Initial fast state S0.
  package var fast: Int
}
