import Locking
import NNRBits
import NNRModel

/// Whether the streams of a command could be read to the end: a disk that fails must not look like a broken stream.
enum ReadFaults {
  private static let watched: Locked<[NNRStream]> = Locked([])

  /// Looks after the streams of a session.
  static func watch(_ session: Session) { watched.withLock { $0 += session.streams } }

  /// Says why a stream could not be read, and ends the program with 3, if that happened.
  static func leaveIfAny() {
    let broken = watched.withLock { $0 }.lazy.compactMap { stream in
      stream.readFault.map { "\(stream.name): \($0)" }
    }
    if let reason = broken.first { ExitStatus.unusable(reason).leave() }
  }
}
