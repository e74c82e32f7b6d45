import DeepCABAC
import NNRModel

/// What a tensor would take, and how far it would be from its original, with another step of its quantizer.
public struct RateErrorPoint: Sendable {
  /// How integers are found.
  public enum Quantizer: String, Sendable, CaseIterable {
    /// Each weight for itself.
    case nearest
    /// The nearest path through the eight states of dependent quantization.
    case trellis
  }

  /// How integers are found.
  public let quantizer: Quantizer
  /// How far the quantization parameter is from that of the stream.
  public let change: Int
  /// The quantization parameter.
  public let qp: Int
  /// The bits of the tensor, as predicted, with what its unit takes beside payload for the last one.
  public let bits: Int
  /// The sum of the squared errors.
  public let squaredError: Double

  /// A point.
  init(quantizer: Quantizer, change: Int, qp: Int, bits: Int, squaredError: Double) {
    self.quantizer = quantizer
    self.change = change
    self.qp = qp
    self.bits = bits
    self.squaredError = squaredError
  }

  /// This and a point of another tensor at the same step, bits and errors added up.
  public func adding(_ other: RateErrorPoint) -> RateErrorPoint {
    RateErrorPoint(
      quantizer: quantizer, change: change, qp: qp, bits: bits + other.bits,
      squaredError: squaredError + other.squaredError)
  }
}

/// The points of a tensor, and where the stream is; or why there are none.
public struct RateErrorCurve: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// The weights.
  public let count: Int
  /// The quantization parameter of the stream; nil where there is none.
  public let qp: Int?
  /// The bits in the stream.
  public let bits: Int
  /// The sum of the squared errors in the stream.
  public let squaredError: Double
  /// The sum of the squared originals.
  public let energy: Double
  /// The points, step by step.
  public let points: [RateErrorPoint]
  /// Why there are no points; safe to print.
  public let refusal: String?

  /// The points of one quantizer, by ascending quantization parameter.
  public func points(_ quantizer: RateErrorPoint.Quantizer) -> [RateErrorPoint] {
    points.filter { $0.quantizer == quantizer }
  }

  /// How much squared error a bit removes where the step is the next finer one that was asked for, with the nearest integers;
  /// nil where that is not known.
  public var errorForABit: Double? {
    let nearest = points(.nearest)
    guard let here = nearest.first(where: { $0.change == 0 }),
      let finer = nearest.last(where: { $0.change < 0 }), finer.bits > here.bits
    else { return nil }
    return (here.squaredError - finer.squaredError) / Double(finer.bits - here.bits)
  }
}

extension RateErrorCurve {
  /// What the originals of a unit's tensors are read by: a tensor, and its weights in C order or why there are none.
  public typealias Originals = @Sendable (CodedTensor) -> Result<[Double], Refusal>

  /// Why a tensor has no points.
  public struct Refusal: Error, Sendable {
    /// The reason; safe to print.
    public let reason: String

    /// A reason.
    public init(_ reason: String) { self.reason = reason }
  }

  /// The curves of the tensors of a unit, with quantization parameters that differ by `steps` from the stream's.
  ///
  /// Choices are those of the stream, start states the best for each point; throws why there is nothing to be said of the unit.
  public static func of(
    _ session: Session, stream: Int, unit: Int, steps: ClosedRange<Int>, originals: Originals,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(RecodeRefusal) -> [RateErrorCurve] {
    let loaded = try LoadedUnit(session, stream: stream, unit: unit, shouldStop: shouldStop)
    var found: [RateErrorCurve] = []
    for place in loaded.tensors.indices {
      var maker = CurveMaker(loaded, place, shouldStop)
      found.append(maker.curve(steps, originals))
      guard !shouldStop() else { throw .stopped }
    }
    return found
  }
}

/// Makes the points of a tensor.
private struct CurveMaker {
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
