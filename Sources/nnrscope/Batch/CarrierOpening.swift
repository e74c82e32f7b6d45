import NNRBits
import NNRCarriage
import NNRModel
import NNRReport

/// Opens what a command line names: bitstreams, and those that videos and image files carry.
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
    let source: any ByteSource
    do throws(SourceError) { source = try openSource(path) } catch {
      throw ExitStatus.unusable("\(error)")
    }
    guard let carriage = try read(source) else {
      throw ExitStatus.usage("\(path) is no video and no file of boxes: nothing is carried in it")
    }
    return (source, carriage)
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

  /// The streams to open for `source`, whose path is `path`, behind `before` others: itself, or if it is a carrier those that it
  /// carries, or the one called `name`, with its base.
  static func openings(_ source: any ByteSource, _ path: String, _ name: String?, before: Int)
    throws -> [Session.Opening]
  {
    guard let carriage = try read(source) else {
      guard let name else { return [Session.Opening(source, name: path)] }
      throw ExitStatus.usage("\(path) carries no streams, so \(name) is none of them")
    }
    let found = carriage.openings(path, named: name, before: before)
    guard !found.isEmpty else { throw ExitStatus.unusable(missing(name, in: path, carriage)) }
    return found
  }

  private static func read(_ source: any ByteSource) throws -> Carriage? {
    do throws(SourceError) { return try Carriage.read(source) } catch {
      throw ExitStatus.unusable("\(error)")
    }
  }
}
