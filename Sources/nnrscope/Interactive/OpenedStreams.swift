import Explorer
import NNRBits
import NNRModel

/// The sessions behind the explorer: the chain that the command line names, and those opened to compare with.
///
/// Reading files again makes new sessions.
final class OpenedStreams {
  /// Files that were opened to compare with.
  private struct Chain {
    /// The files that are shown.
    var files: [String]
    /// The files of the first chain that the others build on.
    var base: Int
    /// The session: base and files.
    var session: Session
    /// The streams that are shown.
    var streams: [OpenStream] {
      session.opened(as: session.streams[base...].map(\.name), from: base)
    }
  }

  /// The streams of the first chain.
  let streams: [OpenStream]
  private var options: StreamOptions?
  /// The folders that are followed, and what is named beside them; nil where none is.
  private var followed: FollowedFiles?
  private var first: Session
  private var others: [Chain] = []

  /// Opens what the command line names; with `follows` a folder is the streams in it.
  init(_ options: StreamOptions, follows: Bool = false) throws {
    var options = options
    if follows, options.files.contains(where: FileNames.isFolder) {
      var files = FollowedFiles(options.files)
      options.files = files.whole(settled: true)
      followed = files
    }
    let session = try Self.session(options, isFollowed: followed != nil)
    self.options = options
    first = session
    streams = session.opened(as: session.streams.map(\.name))
  }

  /// Streams that are no files: those of a lesson.
  init(_ session: Session) {
    first = session
    options = nil
    // No path: nothing is opened again, and no place is kept.
    streams = session.opened()
  }

  /// A session of the files; those of folders that are followed stand in the order of their rounds.
  private static func session(_ options: StreamOptions, isFollowed: Bool) throws -> Session {
    guard isFollowed else { return try options.unwatchedSession() }
    guard !options.files.isEmpty else { return Session([], options: try options.sessionOptions()) }
    let session = try options.unwatchedSession()
    guard let order = session.orderThatFits(session.chainReview()) else { return session }
    var sorted = options
    sorted.files = order.map { options.files[$0] }
    return try sorted.unwatchedSession()
  }

  /// The streams if the folders that are followed have other ones than before, all opened again; nil if nothing is new.
  func grown() throws -> [OpenStream]? {
    guard var files = followed, var options else { return nil }
    let whole = files.whole()
    followed = files
    guard whole != options.files, !whole.isEmpty else { return nil }
    options.files = whole
    self.options = options
    return try reopen()
  }

  /// Opens a file as a session of its own, behind the files before the open one with a number: it stands in its place.
  ///
  /// A text that is no file, but names several, is a chain of its own.
  func add(_ text: String, besides document: Int) throws -> [OpenStream] {
    let chain: Chain
    do {
      chain = try open([text], base: base(of: document))
    } catch {
      let parts = text.split(separator: " ").map(String.init)
      guard parts.count > 1, let found = try? open(parts, base: 0) else { throw error }
      chain = found
    }
    others.append(chain)
    return chain.streams
  }

  /// How many files of the first chain an open file builds on.
  private func base(of document: Int) -> Int {
    var rest = document
    if rest < first.streams.count { return rest }
    rest -= first.streams.count
    for chain in others {
      let count = chain.session.streams.count - chain.base
      if rest < count { return chain.base }
      rest -= count
    }
    return 0
  }

  private func open(_ files: [String], base: Int) throws -> Chain {
    guard let options else { throw ExitStatus.unusable("a lesson has streams of its own") }
    guard !files.contains("-") else {
      throw ExitStatus.unusable("standard input cannot be read again")
    }
    let before = first.streams[..<base].map { Session.Opening($0.source, name: $0.name) }
    let session = Session(
      openings: try before + options.openings(files, before: base), options: first.options)
    return Chain(files: files, base: base, session: session)
  }

  /// Opens all files again and gives the streams.
  func reopen() throws -> [OpenStream] {
    guard let options else { throw ExitStatus.unusable("a lesson's streams do not change") }
    guard !options.files.contains("-") else {
      throw ExitStatus.unusable("standard input cannot be read again")
    }
    // Opening a pipe without a writer would wait for ever.
    if let pipe = options.files.first(where: isPipe) {
      throw ExitStatus.unusable("\(pipe) is a pipe, which cannot be read again")
    }
    let before = first
    do {
      first = try Self.session(options, isFollowed: followed != nil)
      others = try others.map { try open($0.files, base: $0.base) }
    } catch {
      first = before
      throw error
    }
    return first.opened(as: first.streams.map(\.name)) + others.flatMap(\.streams)
  }
}
