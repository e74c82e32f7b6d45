import NNRModel

/// Hashes the integers and the weights of a unit's tensors as they come.
public final class HashingSink: TensorSink {
  /// What is known of a tensor.
  public struct Tensor {
    /// How it begins.
    public var start: TensorStart
    /// How it ended; nil while it is decoded.
    public var end: TensorEnd?
    /// The integers so far.
    public var count = 0
    /// The hash of the integers.
    public var levelHash = ""
    /// The hash of the weights.
    public var valueHash = ""
  }

  /// The tensors in decoding order.
  public private(set) var tensors: [Tensor] = []
  private var levels = ContentHash()
  private var values = ContentHash()
  private var floats: [Float] = []

  /// A sink that has seen nothing.
  public init() {}

  /// Starts the hashes of a tensor.
  public func begin(_ start: TensorStart) {
    tensors.append(Tensor(start: start))
    levels = ContentHash()
    values = ContentHash()
  }

  /// Adds integers and their weights.
  public func take(_ run: ArraySlice<Int32>, first: Int) {
    levels.update(run)
    tensors[tensors.count - 1].start.dequantizer.floats(run, into: &floats)
    values.update(floats)
    tensors[tensors.count - 1].count += run.count
  }

  /// Closes the hashes of a tensor.
  public func end(_ end: TensorEnd) {
    tensors[tensors.count - 1].end = end
    tensors[tensors.count - 1].levelHash = levels.hex()
    tensors[tensors.count - 1].valueHash = values.hex()
  }

  /// Every tensor is wanted.
  public var wantsMore: Bool { true }
}
