import Explorer
import NNRBits
import NNRModel

/// The session behind the explorer; reading a file again makes a new one.
final class OpenedStreams {
  /// What decodes the session's payloads.
  let decoder: SessionDecoder
  /// The streams with their paths.
  let streams: [(stream: NNRStream, path: String)]
  private var options: StreamOptions?

  /// Opens what the command line names.
  init(_ options: StreamOptions) throws {
    let session = try options.unwatchedSession()
    self.options = options
    decoder = SessionDecoder(session)
    streams = zip(session.streams, options.files).map { ($0, $1) }
  }

  /// Streams that are no files: those of a lesson.
  init(_ session: Session) {
    decoder = SessionDecoder(session)
    // No path: nothing is opened again, and no place is kept.
    streams = session.streams.map { ($0, "") }
  }

  /// Opens another file behind the others, which are opened again, and gives all streams.
  func add(_ path: String) throws -> [NNRStream] {
    guard let before = options else {
      throw ExitStatus.unusable("a lesson has streams of its own")
    }
    options?.files.append(path)
    do {
      return try reopen()
    } catch {
      options = before
      throw error
    }
  }

  /// Opens all files again and gives the streams.
  func reopen() throws -> [NNRStream] {
    guard let options else { throw ExitStatus.unusable("a lesson's streams do not change") }
    guard !options.files.contains("-") else {
      throw ExitStatus.unusable("standard input cannot be read again")
    }
    // Opening a pipe without a writer would wait for ever.
    if let pipe = options.files.first(where: isPipe) {
      throw ExitStatus.unusable("\(pipe) is a pipe, which cannot be read again")
    }
    let session = try options.unwatchedSession()
    decoder.replace(by: session)
    return session.streams
  }
}
