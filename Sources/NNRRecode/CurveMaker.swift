import DeepCABAC
import NNRModel

/// Makes the points of a tensor.
struct CurveMaker {
  private let loaded: LoadedUnit
  private let tensor: LoadedTensor
  private let bits: Int
  private let shouldStop: @Sendable () -> Bool

  init(_ loaded: LoadedUnit, _ place: Int, _ shouldStop: @escaping @Sendable () -> Bool) {
    self.loaded = loaded
    self.shouldStop = shouldStop
    tensor = loaded.tensors[place]
    bits = loaded.wholeBits(of: place)
  }

  mutating func curve(
    _ steps: ClosedRange<Int>, _ originals: RateErrorCurve.Originals
  ) -> RateErrorCurve {
    do throws(RateErrorCurve.Refusal) {
      return try found(steps, originals)
    } catch {
      return RateErrorCurve(
        tensor: tensor.coded, count: tensor.walked.integers.count, qp: tensor.start.dequantizer.qp,
        bits: bits, squaredError: 0, energy: 0, points: [], refusal: error.reason)
    }
  }

  private func found(
    _ steps: ClosedRange<Int>, _ originals: RateErrorCurve.Originals
  ) throws(RateErrorCurve.Refusal) -> RateErrorCurve {
    let unit = loaded.decoding.unit
    guard tensor.coded.quantizer == .uniform, let qp = tensor.start.dequantizer.qp else {
      throw .init("it is not uniformly quantized")
    }
    guard unit.parent == nil else { throw .init("an update holds differences") }
    switch tensor.coded.role {
    case .g, .h, .localScaling: throw .init("an original has no such factor")
    case .weight where unit.hasLocalScaling: throw .init("its rows are scaled once more")
    default: break
    }
    let weights = try originals(tensor.coded).get()
    guard weights.count == tensor.walked.integers.count else {
      throw .init("the original has \(weights.count) weights")
    }
    guard weights.allSatisfy(\.isFinite) else { throw .init("the original is not finite") }
    let now = WalkOptions(
      scanOrder: tensor.coded.effectiveScanOrder,
      skipsRows: tensor.start.rowSkipEnabledFlag ?? false, usesHistory: false)
    let own = costs(
      tensor.walked, now,
      .kept(
        tensor.start.startStates, unaryLength: tensor.coded.unaryLength))
    guard let own else { throw .init("its bits cannot be predicted") }
    let surplus = Double(bits) - own.bits
    var points: [RateErrorPoint] = []
    for change in steps {
      for quantizer in RateErrorPoint.Quantizer.allCases {
        if shouldStop() { throw .init("stopped") }
        let point = try point(weights, qp: qp + change, quantizer, now)
        points.append(
          RateErrorPoint(
            quantizer: quantizer, change: change, qp: qp + change,
            bits: Int((point.bits + surplus).rounded()), squaredError: point.error))
      }
    }
    return RateErrorCurve(
      tensor: tensor.coded, count: weights.count, qp: qp, bits: bits,
      squaredError: error(tensor.walked.integers, weights, tensor.start.dequantizer),
      energy: weights.reduce(0) { $0 + $1 * $1 }, points: points, refusal: nil)
  }

  private func point(
    _ weights: [Double], qp: Int, _ quantizer: RateErrorPoint.Quantizer, _ options: WalkOptions
  ) throws(RateErrorCurve.Refusal) -> (bits: Double, error: Double) {
    let dequantizer = Dequantizer(
      tensor.coded, qp: qp, density: loaded.decoding.parameters.qpDensity)
    guard let step = dequantizer.stepSize, step > 0, step.isFinite else {
      throw .init("QP \(qp) gives no step size")
    }
    let scaled = weights.map { $0 / step }
    guard scaled.allSatisfy({ abs($0) < Double(1 << 30) }) else {
      throw .init("at QP \(qp) integers have more than 31 bits")
    }
    var other = tensor.walked
    other.parameters.dependentQuantization = quantizer == .trellis
    switch quantizer {
    case .nearest: other.integers = ScalarQuantizer.nearest(scaled)
    case .trellis:
      guard
        let path = ScalarQuantizer.trellis(scaled, tensor.geometry, shouldStop: shouldStop)
      else { throw .init("stopped") }
      other.integers = path
    }
    // Rows that are skipped lead the states elsewhere in some block scans: then none is.
    var plain = options
    plain.skipsRows = false
    guard let costs = costs(other, options, .best) ?? costs(other, plain, .best) else {
      throw .init("its bits cannot be predicted")
    }
    return (costs.bits, error(other.integers, weights, dequantizer))
  }

  private func costs(
    _ walked: WalkedTensor, _ options: WalkOptions, _ states: StateChoice
  ) -> TensorCosts? {
    let length = tensor.coded.unaryLength
    do throws(EncodingError) {
      return try TensorWalk(walked, options, lengths: [length], shouldStop: shouldStop)?
        .costs(unaryLength: length, states)
    } catch {
      return nil
    }
  }

  private func error(_ integers: [Int32], _ weights: [Double], _ dequantizer: Dequantizer)
    -> Double
  {
    zip(integers, weights).reduce(0) { sum, pair in
      let distance = (dequantizer.value(pair.0) ?? .nan) - pair.1
      return sum + distance * distance
    }
  }
}
