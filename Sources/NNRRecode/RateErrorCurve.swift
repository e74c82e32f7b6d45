import NNRModel

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
