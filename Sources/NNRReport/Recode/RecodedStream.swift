import NNRBits
import NNRModel
import NNRRecode
import PlainText

/// A stream of a session that is written in fewer bytes.
public enum RecodedStream {
  /// Searches, codes, decodes again and compares a stream, and writes it to `path`; a line that says what was done.
  public static func write(
    _ session: Session, stream: Int, to path: String, threads: Int,
    shouldStop: @escaping @Sendable () -> Bool
  ) -> (text: String, failed: Bool) {
    guard
      let recoding = StreamRecoding(
        session, stream: stream, threads: threads, shouldStop: shouldStop)
    else { return ("stopped; nothing was written", true) }
    do {
      let bytes = try recoding.bytes(session)
      var all = [[UInt8]?](repeating: nil, count: session.streams.count)
      all[stream] = bytes
      let proof = RecodeProof(session, all, shouldStop: shouldStop)
      guard proof.holds else {
        let place = proof.streams[stream].firstDifference ?? ""
        return ("nothing was written: the result differs at \(place)", true)
      }
      let file = try AtomicFile(path: path)
      try file.write(bytes)
      try file.commit()
      let line = RecodedFile(
        file: session.streams[stream].name, out: path, recoding, outSize: bytes.count,
        proof.streams[stream]
      ).line
      return ("\(line), written to \(path)", false)
    } catch {
      return ("\(error)", true)
    }
  }
}
