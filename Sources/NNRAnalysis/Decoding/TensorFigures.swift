import NNRModel

/// What is known of one tensor while it decodes and afterwards.
public struct TensorFigures: Sendable {
  /// The tensor, its parameters and what its payload says first.
  public let start: TensorStart
  /// What the payload says last; nil until the tensor is complete.
  public internal(set) var end: TensorEnd?
  /// Figures of the integers; none for raw floats.
  public internal(set) var levels = LevelStatistics()
  /// Figures of the weights, before local scaling.
  public internal(set) var values = ValueStatistics()
  /// The first weight that is NaN or infinite, with its place in C order; nil if there is none.
  public internal(set) var firstNonfinite: (element: Int, value: Double)?
  /// The distribution of the weights.
  public internal(set) var sketch = ValueSketch()
  /// The integers, where they are kept.
  public internal(set) var grid: LevelGrid?
  /// SHA-256 of the integers as little-endian int32; nil unless asked for.
  public internal(set) var levelHash: String?
  /// SHA-256 of the weights as little-endian float32; nil unless asked for.
  public internal(set) var valueHash: String?
  /// The number of levels outside the codebook.
  public internal(set) var outsideCodebook = 0

  /// A tensor of which nothing is decoded yet.
  init(_ start: TensorStart, keeps: Bool) {
    self.start = start
    if keeps { grid = LevelGrid(width: Self.width(start.tensor)) }
  }

  /// The number of weights.
  public var count: Int { start.tensor.count ?? 0 }

  /// The number of weights decoded so far.
  public var decoded: Int { values.count }

  /// Whether something is known of its weights.
  public var isBegun: Bool { decoded > 0 || count == 0 }

  /// The payload bits of the tensor, without bytes behind the codeword; nil until it is complete.
  public var bits: Double? {
    guard let end else { return nil }
    return end.ledger.map { $0.bits - 8 * Double(end.unusedBytes) } ?? Double(end.bit - start.bit)
  }

  /// Plain sentences about the tensor, the most telling first.
  public var findings: [Finding] {
    var input = FindingsInput()
    input.levels = start.tensor.quantizer == .raw ? nil : levels
    input.values = values
    input.rows = start.tensor.rows
    input.bits = bits
    input.stepSize = start.tensor.quantizer == .uniform ? start.dequantizer.stepSize : nil
    if let codebook = start.tensor.codebook {
      let step = start.dequantizer.stepSize ?? 1
      input.codebook = codebook.values.map { Double($0) * step }
      input.codebookZeroOffset = codebook.zeroOffset
    }
    return input.findings
  }

  /// The number of columns of a tensor flattened to rows of its first dimension; a vector is one column.
  public static func width(_ tensor: CodedTensor) -> Int {
    guard let dimensions = tensor.dimensions, dimensions.count > 1 else { return 1 }
    return max(1, (tensor.count ?? 0) / max(1, dimensions[0]))
  }
}

/// The integers of a tensor by row and column, as far as they are decoded; cheap to copy while it grows.
public struct LevelGrid: Sendable {
  private static let chunk = 1 << 16
  private var full: [[Int32]] = []
  private var open: [Int32] = []
  /// The number of columns.
  public let width: Int

  /// A grid without rows.
  public init(width: Int) { self.width = max(1, width) }

  /// The number of integers.
  public var count: Int { full.count * Self.chunk + open.count }

  /// The number of rows, the last maybe not complete.
  public var rows: Int { (count + width - 1) / width }

  /// The integer at a place in C order; nil if it is not decoded.
  public subscript(index: Int) -> Int32? {
    guard index >= 0, index < count else { return nil }
    let (chunk, place) = index.quotientAndRemainder(dividingBy: Self.chunk)
    return chunk < full.count ? full[chunk][place] : open[place]
  }

  /// The integer in a row and a column; nil if it is not decoded.
  public subscript(row: Int, column: Int) -> Int32? {
    guard row >= 0, column >= 0, column < width else { return nil }
    return self[row * width + column]
  }

  /// Adds integers behind the last.
  mutating func append(_ levels: ArraySlice<Int32>) {
    var rest = levels
    while !rest.isEmpty {
      let room = Self.chunk - open.count
      open.append(contentsOf: rest.prefix(room))
      rest = rest.dropFirst(room)
      if open.count == Self.chunk {
        full.append(open)
        open = []
      }
    }
  }
}
