import NNRBits
import NNRCarriage
import NNRReport

/// Opens videos and image files that carry bitstreams.
enum CarrierOpening {
  /// The path and the stream's name behind it: `clip.hevc#7+1`; a file that is there is never split.
  static func split(_ text: String) -> (path: String, name: String?) {
    guard let mark = text.lastIndex(of: "#"), mark != text.startIndex, !isThere(text) else {
      return (text, nil)
    }
    return (String(text[..<mark]), String(text[mark...]))
  }

  private static func isThere(_ path: String) -> Bool { (try? FileSource(path: path)) != nil }

  /// The bytes of a carrier and what it carries.
  static func carriage(_ path: String) throws -> (source: any ByteSource, Carriage) {
    let found: (any ByteSource, Carriage?)
    do throws(SourceError) {
      let source = try openSource(path)
      found = (source, try Carriage.read(source))
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    guard let carriage = found.1 else {
      throw ExitStatus.usage("\(path) is no video and no file of boxes: nothing is carried in it")
    }
    return (found.0, carriage)
  }

  /// What to say where a stream is not there.
  static func missing(_ name: String?, in path: String, _ carriage: Carriage) -> String {
    let streams = carriage.streams.joined().map(\.name)
    guard !streams.isEmpty else {
      return "\(path) carries no NNR bitstream; carriers lists what it has"
    }
    return
      "\(path) has no stream \(name ?? ""); it has \(streams.prefix(20).joined(separator: " "))"
  }
}
