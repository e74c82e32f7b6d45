import NNRModel

/// A decoder of payloads, plugged into the explorer from outside.
public protocol PayloadDecoding: Sendable {
  /// The sessions behind the streams, for work on all tensors; none if payloads alone are decoded.
  var sessions: [Session] { get }

  /// Decodes the tensor of a unit and posts what is known, at the latest every 100 ms and at the end.
  ///
  /// Runs in the background; asks `isCancelled` at least every 10 ms and then returns at once.
  func decode(
    _ key: TensorView.Key, of stream: NNRStream, isCancelled: @escaping @Sendable () -> Bool,
    post: @escaping @Sendable (TensorView) -> Void)
}

extension PayloadDecoding {
  /// No session.
  public var sessions: [Session] { [] }
}
