import DeepCABAC

/// NNCodec's quantizer and its coder beside each other, written down plainly: what the one chose, what decoders find.
public struct QuantizerAndCoder {
  /// The integers that the quantizer chose, in C order.
  public private(set) var chosen: [Int32] = []
  /// The levels that the coder codes for them.
  public private(set) var coded: [Int] = []
  /// The integers that decoders find.
  public private(set) var decoded: [Int32] = []
  /// The rows without an integer other than 0.
  public private(set) var skippedRows: Set<Int> = []
  /// The first skipped row in a block behind which the two states differ.
  public private(set) var firstPart: (row: Int, column: Int)?

  private static let next = [
    [0, 2], [7, 5], [1, 3], [6, 4], [2, 0], [5, 7], [3, 1], [4, 6],
  ]

  /// Quantizes indices (the level of the quantizer at each place, 0 or of any size) of a tensor of `rows` rows and `width`
  /// columns in a scan of blocks of `edge` rows and columns, and codes the result.
  public init(
    indices: [Int], rows: Int, width: Int, edge: Int, dependent: Bool = true,
    skipsRows: Bool = true
  ) {
    self.init(
      rows: rows, width: width, edge: edge, dependent: dependent,
      skippedRows: skipsRows
        ? Set(
          (0..<rows).filter { row in
            indices[row * width..<(row + 1) * width].allSatisfy { $0 == 0 }
          }) : []
    ) { place, _ in indices[place] }
  }

  /// Codes integers that a quantizer chose, with dependent quantization.
  public init(chosen: [Int32], rows: Int, width: Int, edge: Int) {
    self.init(
      rows: rows, width: width, edge: edge, dependent: true,
      skippedRows: Set(
        (0..<rows).filter { row in
          chosen[row * width..<(row + 1) * width].allSatisfy { $0 == 0 }
        })
    ) { place, state in
      let value = Int(chosen[place])
      return (value + value.signum() * (state & 1)) / 2
    }
  }

  /// `index` gives the quantizer's level at a place, in a state.
  private init(
    rows: Int, width: Int, edge: Int, dependent: Bool, skippedRows: Set<Int>,
    index: (Int, Int) -> Int
  ) {
    self.skippedRows = skippedRows
    chosen = [Int32](repeating: 0, count: rows * width)
    coded = [Int](repeating: 0, count: rows * width)
    decoded = chosen
    var quantizer = 0
    var coder = 0
    for top in stride(from: 0, to: rows, by: edge) {
      for left in stride(from: 0, to: width, by: edge) {
        for row in top..<min(top + edge, rows) {
          let columns = left..<min(left + edge, width)
          if skippedRows.contains(row) {
            guard dependent else { continue }
            for _ in columns { quantizer = Self.next[quantizer][0] }
            for _ in 0..<width { coder = Self.next[coder][0] }
            if quantizer != coder, firstPart == nil { firstPart = (row, left) }
            continue
          }
          for place in columns.map({ row * width + $0 }) {
            let index = index(place, quantizer)
            guard dependent else {
              chosen[place] = Int32(index)
              coded[place] = index
              decoded[place] = Int32(index)
              continue
            }
            let value = 2 * index - index.signum() * (quantizer & 1)
            // The coder rounds up to what its own state allows.
            let level = (value + value.signum() * (coder & 1)) >> 1
            chosen[place] = Int32(value)
            coded[place] = level
            decoded[place] = Int32(2 * level - level.signum() * (coder & 1))
            quantizer = Self.next[quantizer][index & 1]
            coder = Self.next[coder][level & 1]
          }
        }
      }
    }
  }
}
