import DeepCABAC
import TestSupport

/// A random tensor with random options, and its payload.
struct RandomTensor {
  var parameters: CodedTensorParameters
  var encoding: TensorEncoding
  var integers: [Int32] = []

  /// A tensor drawn from the generator.
  init(_ random: inout SeededGenerator) {
    let shapes: [[Int]] = [
      [1], [7], [40], [1, 9], [9, 1], [2, 3], [4, 4], [9, 10], [17, 5], [3, 2, 2], [8, 8], [20, 3],
      [5, 1, 3, 2], [33, 9], [12, 20], [2, 70],
    ]
    let dimensions = shapes.randomElement(using: &random) ?? [1]
    let count = dimensions.reduce(1, *)
    parameters = CodedTensorParameters(
      dimensions: dimensions, dependentQuantization: .random(using: &random),
      scanOrder: .random(in: 0...4, using: &random),
      unaryLength: [1, 2, 3, 3, 5, 8, 10, 10, 11, 11, 16, 64, 256].randomElement(using: &random)
        ?? 10,
      dialect: PayloadDialect.allCases.randomElement(using: &random) ?? .profile1,
      parentNodePresent: .random(using: &random))
    var low = -Int.max
    var high = Int.max
    if Int.random(in: 0..<3, using: &random) == 0 {
      let size = [1, 2, 3, 5, 16, 40, 300].randomElement(using: &random) ?? 1
      let zero =
        [0, size - 1, size / 2, Int.random(in: 0..<size, using: &random)].randomElement(
          using: &random) ?? 0
      parameters.codebook = CodebookLimits(size: size, zeroOffset: zero)
      low = -zero
      high = size - 1 - zero
    }
    let spread = [1, 1, 3, 20, 1000, 1 << 24].randomElement(using: &random) ?? 1
    let density: Double = [0.02, 0.2, 0.5, 1.0].randomElement(using: &random) ?? 1
    var levels = [Int](repeating: 0, count: count)
    for i in levels.indices where Double.random(in: 0..<1, using: &random) < density {
      let bound = Int.random(in: 0...spread, using: &random)
      levels[i] = min(max(Int.random(in: -bound...bound, using: &random), low), high)
    }
    let rows = dimensions[0]
    let width = count / rows
    encoding = TensorEncoding(levels: levels)
    if Bool.random(using: &random) {
      var skipped: Set<Int> = []
      for row in 0..<rows where Int.random(in: 0..<3, using: &random) == 0 { skipped.insert(row) }
      encoding.skippedRows = skipped
      // Rows are skipped only where the flags are coded.
      if let geometry = try? TensorGeometry(parameters), geometry.codesRowFlags {
        for row in skipped {
          for x in 0..<width { encoding.levels[row * width + x] = 0 }
        }
      }
    }
    if parameters.codebook?.size == 1 && parameters.dialect == .profile1 {
      encoding.levels = [Int](repeating: 0, count: count)
    }
    if parameters.dialect == .profile1 && Bool.random(using: &random) {
      encoding.base = levels.map { _ in Int32.random(in: -3...3, using: &random) / 2 }
    }
    if Bool.random(using: &random) {
      encoding.history = levels.map { _ in UInt8.random(in: 0...1, using: &random) }
      encoding.historyFlag = .random(using: &random)
    }
    if Bool.random(using: &random) {
      let layout = ContextLayout(unaryLength: parameters.unaryLength)
      for context in 0..<layout.shift where Int.random(in: 0..<4, using: &random) == 0 {
        encoding.ecoSets[context] = Int.random(in: 0...8, using: &random)
      }
    }
  }
}

/// A payload of one to three random tensors with their quantization deltas.
struct RandomPayload {
  var tensors: [RandomTensor] = []
  var deltas: [Int] = []
  var bytes: [UInt8] = []
  /// Entry points of all tensors, in order.
  var entries: [EntryPoint] = []
  /// Cost of all bins in bits.
  var cost = 0.0

  /// A payload drawn from the generator; all tensors are of one dialect.
  init(_ random: inout SeededGenerator) throws {
    let encoder = PayloadEncoder()
    for _ in 0..<(Int.random(in: 0..<4, using: &random) == 0 ? 3 : 1) {
      var tensor = RandomTensor(&random)
      let delta = Int.random(in: -128...127, using: &random)
      encoder.encodeQuantizationDelta(delta, bits: 8)
      tensor.integers = try encoder.encode(tensor.parameters, tensor.encoding)
      tensors.append(tensor)
      deltas.append(delta)
    }
    (bytes, entries) = encoder.finish()
    cost = encoder.cost
  }
}
