import NNRModel

/// Gives the session that streams belong to, for views that need more of it than decoded weights.
public protocol SessionProviding: Sendable {
  /// The session that holds a stream; nil if it holds others by now.
  func session(holding stream: NNRStream) -> Session?
}

extension SessionDecoder: SessionProviding {
  /// The present session, if it holds the stream.
  public func session(holding stream: NNRStream) -> Session? {
    let session = current.withLock { $0 }
    return session.streams.contains { $0 === stream } ? session : nil
  }
}

extension ExplorerModel {
  /// What gives sessions; nil without a decoder.
  var sessions: (any SessionProviding)? { decoder as? any SessionProviding }
}
