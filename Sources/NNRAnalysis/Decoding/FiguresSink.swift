import NNRModel

/// What is gathered while a unit decodes.
public struct FiguresOptions: Sendable {
  /// Whether integers and weights are hashed.
  public var hashes = false
  /// The most bytes of integers that are kept for each unit; 0 keeps none.
  public var keptBytes = 0
  /// Whether figures of weights are gathered beside those of integers; raw floats have them always.
  public var weights = true
  /// Whether the distribution of weights is gathered.
  public var sketches = true
  /// Whether bits are charged to classes.
  public var accounting = false
  /// Whether bits are charged to rows too.
  public var rowBits = false

  /// Figures without hashes, integers and bits.
  public init() {}
}

/// Gathers the figures of a unit's tensors.
final class FiguresSink: TensorSink {
  private let options: FiguresOptions
  private let shouldStop: () -> Bool
  private let progress: ([TensorFigures]) -> Void
  private(set) var tensors: [TensorFigures] = []
  private var levelHash = ContentHash()
  private var valueHash = ContentHash()
  private var floats: [Float] = []
  private var doubles: [Double] = []
  private var keptBytes = 0

  /// `shouldStop` is asked and `progress` told after each run.
  init(
    _ options: FiguresOptions, shouldStop: @escaping () -> Bool = { false },
    progress: @escaping ([TensorFigures]) -> Void = { _ in }
  ) {
    self.options = options
    self.shouldStop = shouldStop
    self.progress = progress
  }

  var wantsMore: Bool { !shouldStop() }

  func begin(_ start: TensorStart) {
    let bytes = (start.tensor.count ?? 0).multipliedReportingOverflow(by: 4)
    let keeps = !bytes.overflow && keptBytes + bytes.partialValue <= options.keptBytes
    if keeps { keptBytes += bytes.partialValue }
    tensors.append(TensorFigures(start, keeps: keeps))
    levelHash = ContentHash()
    valueHash = ContentHash()
  }

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    let place = tensors.count - 1
    let start = tensors[place].start
    let isRaw = start.tensor.quantizer == .raw
    if !isRaw { addLevels(levels, first: first, to: &tensors[place]) }
    tensors[place].grid?.append(levels)
    if options.weights || isRaw { addWeights(levels, first: first, start, to: &tensors[place]) }
    if options.hashes, !isRaw { levelHash.update(levels) }
    progress(tensors)
  }

  private func addWeights(
    _ levels: ArraySlice<Int32>, first: Int, _ start: TensorStart, to figures: inout TensorFigures
  ) {
    start.dequantizer.floats(levels, into: &floats)
    // Integers and codebook entries keep the precision that the reference gives them.
    let isDouble = start.dequantizer.valueType != .float32
    if !isDouble {
      figures.values.add(floats)
    } else {
      figures.outsideCodebook += start.dequantizer.doubles(levels, into: &doubles)
      figures.values.add(doubles)
    }
    if !figures.values.isFinite, figures.firstNonfinite == nil,
      let found = floats.firstIndex(where: { !$0.isFinite })
    {
      figures.firstNonfinite = (first + found, Double(floats[found]))
    }
    if options.sketches { isDouble ? figures.sketch.add(doubles) : figures.sketch.add(floats) }
    if options.hashes { valueHash.update(floats) }
  }

  func end(_ end: TensorEnd) {
    let place = tensors.count - 1
    tensors[place].end = end
    tensors[place].levels.close()
    if options.hashes {
      let isRaw = tensors[place].start.tensor.quantizer == .raw
      tensors[place].levelHash = isRaw ? nil : levelHash.hex()
      tensors[place].valueHash = isRaw || options.weights ? valueHash.hex() : nil
    }
    progress(tensors)
  }

  /// Rows that the stream skips are told apart from zeros that were coded.
  private func addLevels(
    _ levels: ArraySlice<Int32>, first: Int, to figures: inout TensorFigures
  ) {
    let mask = figures.start.rowMask
    guard !mask.isEmpty else { return figures.levels.add(levels) }
    let width = TensorFigures.width(figures.start.tensor)
    var place = levels.startIndex
    var index = first
    while place < levels.endIndex {
      let row = index / width
      let length = min((row + 1) * width - index, levels.endIndex - place)
      if mask.indices.contains(row), mask[row] != 0 {
        // A row may come in several runs; it is added whole with its first part.
        if index % width == 0 { figures.levels.addSkippedRow(width: width) }
      } else {
        figures.levels.add(levels[place..<place + length])
      }
      place += length
      index += length
    }
  }
}
