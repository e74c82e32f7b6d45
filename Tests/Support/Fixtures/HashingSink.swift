import NNRModel

/// Hashes the integers and the weights of a unit's tensors as they come.
public final class HashingSink: TensorSink {
  /// What is known of a tensor.
  public struct Tensor {
    public var start: TensorStart
    public var end: TensorEnd?
    public var count = 0
    public var levelHash = ""
    public var valueHash = ""
  }

  /// The tensors in decoding order.
  public private(set) var tensors: [Tensor] = []
  private var levels = ContentHash()
  private var values = ContentHash()
  private var floats: [Float] = []

  public init() {}

  public func begin(_ start: TensorStart) {
    tensors.append(Tensor(start: start))
    levels = ContentHash()
    values = ContentHash()
  }

  public func take(_ run: ArraySlice<Int32>, first: Int) {
    levels.update(run)
    tensors[tensors.count - 1].start.dequantizer.floats(run, into: &floats)
    values.update(floats)
    tensors[tensors.count - 1].count += run.count
  }

  public func end(_ end: TensorEnd) {
    tensors[tensors.count - 1].end = end
    tensors[tensors.count - 1].levelHash = levels.hex()
    tensors[tensors.count - 1].valueHash = values.hex()
  }

  public var wantsMore: Bool { true }
}
