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
