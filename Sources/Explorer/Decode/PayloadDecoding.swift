import NNRModel

/// A decoder of payloads, plugged into the explorer from outside.
public protocol PayloadDecoding: Sendable {
  /// The session behind the streams, for work on all tensors; nil if there is none.
  var session: Session? { get }

  /// Decodes the tensor of a unit and posts what is known, at the latest every 100 ms and at the end.
  ///
  /// Runs in the background; asks `isCancelled` at least every 10 ms and then returns at once.
  func decode(
    _ key: TensorView.Key, of stream: NNRStream, isCancelled: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (TensorView) -> Void)
}

extension PayloadDecoding {
  /// No session.
  public var session: Session? { nil }
}
