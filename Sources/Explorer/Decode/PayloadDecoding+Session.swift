import NNRModel

/// A stream in the session that it was opened in.
public struct StreamPlace: Sendable {
  /// The session.
  let session: Session
  /// The number of the stream in it.
  let number: Int

  /// The stream.
  var stream: NNRStream { session.streams[number] }

  /// The session up to the stream, and nothing that follows it; the session itself if nothing does.
  var chain: Session {
    number + 1 == session.streams.count
      ? session
      : Session(
        session.streams[...number].map { ($0.source, $0.name) }, options: session.options)
  }
}

extension PayloadDecoding {
  /// Where a stream stands; nil if no session holds it, or holds others by now.
  func place(of stream: NNRStream) -> StreamPlace? {
    for session in sessions {
      if let number = session.streams.firstIndex(where: { $0 === stream }) {
        return StreamPlace(session: session, number: number)
      }
    }
    return nil
  }
}

extension ExplorerModel {
  /// Where the stream that is shown stands; nil if payloads are not decoded here.
  var streamPlace: StreamPlace? { decoder?.place(of: document.stream) }
}
