import NNRModel

extension PayloadDecoding {
  /// The session that holds a stream; nil if there is none, or it holds others by now.
  func session(holding stream: NNRStream) -> Session? {
    guard let session, session.streams.contains(where: { $0 === stream }) else { return nil }
    return session
  }
}
