import DeepCABAC
import NNRModel

/// The bits that each weight of a tensor paid.
public struct WeightCosts: Sendable {
  /// The most weights of a tensor of which this is found out: it takes a step for each bin.
  public static let limit = 1 << 21

  /// The bits in C order.
  public let bits: [Float]

  /// Decodes the payload of a tensor once more; nil for raw floats, for too many weights, where dimensions or parents are
  /// missing, where the payload breaks off, and when it was stopped.
  public init?(
    _ session: Session, stream: Int, _ coded: CodedTensor, shouldStop: @Sendable () -> Bool
  ) {
    guard let count = coded.count, count > 0, count <= Self.limit, coded.quantizer != .raw,
      session.streams.indices.contains(stream),
      let decoding = session.decoding(stream: stream, unit: coded.unit),
      let payload = try? session.streams[stream].source.read(decoding.unit.payload),
      BinTrace(decoding, payload: payload) != nil,
      decoding.walkedTensors.indices.contains(coded.place),
      let bits = try? TensorSpread.weightBits(
        of: Array(decoding.walkedTensors[...coded.place]), in: payload,
        shouldContinue: { !shouldStop() })
    else { return nil }
    self.bits = bits
  }
}
