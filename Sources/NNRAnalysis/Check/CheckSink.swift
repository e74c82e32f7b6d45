import DeepCABAC
import NNRModel

/// What the rules want to know of a tensor's payload.
struct TensorObservation {
  /// What the headers and the payload say first.
  let start: TensorStart
  /// Whether the listed entry points agree; nil if there are none or the tensor is not complete.
  var entryPointsAgree: Bool?
  /// The least level.
  var least = Int32.max
  /// The greatest level.
  var greatest = Int32.min
  /// The number of levels.
  var count = 0
  /// The payload bits, those that end the payload counted to its last tensor; nil while the tensor is not complete.
  var bits: Int?
  /// Raw floats that are NaN or infinite.
  var nonFinite = 0
  /// The first of them.
  var firstNonFinite: Int?
  /// Which entries of the codebook occur.
  var used: [Bool]
  /// Where the states of quantizer and coder part; nil where they cannot.
  var parting: PartingWatch?

  init(_ start: TensorStart) {
    self.start = start
    if start.tensor.quantizer == .uniform, start.tensor.dqFlag, !start.rowMask.isEmpty {
      parting = PartingWatch(
        CodedTensorParameters(
          dimensions: start.tensor.dimensions ?? [], dependentQuantization: true,
          scanOrder: start.tensor.scanOrder), rowMask: start.rowMask)
    }
    used = [Bool](repeating: false, count: start.tensor.codebook?.values.count ?? 0)
  }

  /// Takes a run of integers.
  mutating func take(_ levels: ArraySlice<Int32>, first: Int) {
    count += levels.count
    if start.tensor.quantizer == .raw { return takeRaw(levels, first: first) }
    parting?.take(levels)
    for level in levels {
      least = min(least, level)
      greatest = max(greatest, level)
    }
    guard let zero = start.tensor.codebook?.zeroOffset, used.count > 1 else { return }
    for level in levels {
      let index = Int(level) + zero
      if used.indices.contains(index) { used[index] = true }
    }
  }

  private mutating func takeRaw(_ patterns: ArraySlice<Int32>, first: Int) {
    let exponent: Int32 = 0x7f80_0000
    for (place, pattern) in patterns.enumerated() where pattern & exponent == exponent {
      nonFinite += 1
      if firstNonFinite == nil { firstNonFinite = first + place }
    }
  }
}

/// Gathers what the rules want to know of a unit's payload, and its figures for who asks for them.
final class CheckSink: TensorSink {
  private(set) var tensors: [TensorObservation] = []
  /// The figures; nil unless asked for.
  let figures: FiguresSink?
  private let payloadBits: Int
  private let lastPlace: Int?

  init(_ unit: CompressedDataUnit, _ figures: FiguresSink? = nil) {
    payloadBits = unit.payload.count * 8
    lastPlace = unit.codedTensors.last?.place
    self.figures = figures
  }

  func begin(_ start: TensorStart) {
    tensors.append(TensorObservation(start))
    figures?.begin(start)
  }

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    figures?.take(levels, first: first)
    guard !tensors.isEmpty else { return }
    tensors[tensors.count - 1].take(levels, first: first)
  }

  func end(_ end: TensorEnd) {
    figures?.end(end)
    guard !tensors.isEmpty else { return }
    tensors[tensors.count - 1].entryPointsAgree = end.entryPointsAgree
    let start = tensors[tensors.count - 1].start
    let stop = start.tensor.place == lastPlace ? payloadBits - 8 * end.unusedBytes : end.bit
    tensors[tensors.count - 1].bits = max(0, stop - start.bit)
  }

  var wantsMore: Bool { true }
}
