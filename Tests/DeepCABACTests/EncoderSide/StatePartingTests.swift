import DeepCABAC
import TestSupport
import Testing

@Suite struct StatePartingTests {
  /// A tensor in which most rows are skipped, so that states are met in many places.
  private func indices(_ rows: Int, _ width: Int, _ random: inout SeededGenerator) -> [Int] {
    var indices: [Int] = []
    for _ in 0..<rows {
      let isSkipped = Int.random(in: 0..<4, using: &random) > 0
      for _ in 0..<width {
        let level = Int.random(in: -2...2, using: &random)
        indices.append(isSkipped ? 0 : level)
      }
    }
    return indices
  }

  /// For every width to 2B + 19 and heights 1 to 20: the rule names the first place at which a simulation of both sides
  /// parts, and nothing where none does.
  @Test(arguments: 1...4, [false, true])
  func firesWhereASimulationParts(scan: Int, dependent: Bool) throws {
    let edge = 4 << scan
    var random = SeededGenerator(seed: UInt64(scan))
    var parted = 0
    for width in 1...2 * edge + 19 {
      for rows in 1...20 where rows % 4 == width % 4 || rows < 4 || scan == 1 {
        let sides = QuantizerAndCoder(
          indices: indices(rows, width, &random), rows: rows, width: width,
          edge: rows > 1 && width > 1 ? edge : max(rows, width), dependent: dependent,
          skipsRows: rows > 1 && width > 1)
        let parameters = CodedTensorParameters(
          dimensions: [rows, width], dependentQuantization: dependent, scanOrder: scan)
        let mask = (0..<rows).map { sides.skippedRows.contains($0) ? UInt8(1) : 0 }
        var watch = PartingWatch(parameters, rowMask: mask)
        watch?.take(sides.decoded[...])
        #expect(watch?.place?.row == sides.firstPart?.row, "\(rows)×\(width)")
        #expect(watch?.place?.column == sides.firstPart?.column, "\(rows)×\(width)")
        if watch?.place == nil { #expect(sides.chosen == sides.decoded, "\(rows)×\(width)") }
        if sides.firstPart != nil { parted += 1 }
      }
    }
    #expect((parted > 0) == dependent)
  }

  /// The closed form says the same as moving both states.
  @Test(arguments: 1...4)
  func closedFormFollowsTheStates(scan: Int) throws {
    let block = 4 << scan
    for width in block + 1...2 * block + 19 {
      for state in 0..<8 {
        let pair = try #require(self.pair(at: state))
        var whole = pair
        whole.skip(columns: block, width: width)
        #expect(whole.areEqual != StateParting.parts(at: state, width: width), "\(width), \(state)")
        var border = pair
        border.skip(columns: width % block, width: width)
        #expect(border.areEqual, "\(width), \(state)")
      }
    }
  }

  /// Both states at `state`, reached by levels.
  private func pair(at state: Int) -> StatePair? {
    var pairs = [StatePair()]
    for _ in 0..<4 {
      if let found = pairs.first(where: { $0.coder == state }) { return found }
      pairs = pairs.flatMap { pair in
        (0...3).map { size in
          var next = pair
          let integer = Int32(size == 0 ? 0 : 2 * size - (pair.coder & 1))
          next.advance(origin: integer, decoded: integer)
          return next
        }
      }
    }
    return pairs.first { $0.coder == state }
  }

  /// Levels in pieces of any length lead to the same place as whole block rows.
  @Test func takesLevelsInPieces() throws {
    var random = SeededGenerator(seed: 7)
    let sides = QuantizerAndCoder(
      indices: indices(20, 33, &random), rows: 20, width: 33, edge: 8)
    let parameters = CodedTensorParameters(
      dimensions: [20, 33], dependentQuantization: true, scanOrder: 1)
    let mask = (0..<20).map { sides.skippedRows.contains($0) ? UInt8(1) : 0 }
    var whole = try #require(PartingWatch(parameters, rowMask: mask))
    whole.take(sides.decoded[...])
    for length in [1, 7, 33, 264, 600] {
      var pieces = try #require(PartingWatch(parameters, rowMask: mask))
      for start in stride(from: 0, to: 660, by: length) {
        pieces.take(sides.decoded[start..<min(start + length, 660)])
      }
      #expect(pieces.place == whole.place && pieces.changed == whole.changed, "\(length)")
    }
    #expect(whole.place != nil)
  }
}
