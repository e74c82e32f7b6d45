import NNRBits
import NNRModel

/// A stream with the session that it was opened in: what payloads are decoded with.
public struct OpenStream: Sendable {
  /// The session.
  let session: Session
  /// The number of the stream in it.
  let number: Int
  /// What to open again; empty for nothing.
  let path: String

  /// A stream of a session.
  init(_ session: Session, _ number: Int, path: String = "") {
    self.session = session
    self.number = number
    self.path = path
  }

  /// The stream.
  public var stream: NNRStream { session.streams[number] }

  /// The session up to the stream, and nothing that follows it; the session itself if nothing does.
  var chain: Session {
    number + 1 == session.streams.count
      ? session
      : Session(
        session.streams[...number].map { ($0.source, $0.name) }, options: session.options)
  }
}

extension Session {
  /// The streams from a number on, each with the path that opens it again; those without a path cannot be.
  public func opened(as paths: [String] = [], from first: Int = 0) -> [OpenStream] {
    streams.indices.dropFirst(first).map { number in
      let place = number - first
      return OpenStream(self, number, path: paths.indices.contains(place) ? paths[place] : "")
    }
  }

  /// A session with a stream without a byte, for an explorer without a file.
  static var empty: Session { Session([(MemorySource([]), "(no file)")]) }
}
