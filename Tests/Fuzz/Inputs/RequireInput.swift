import NNRAnalysis
import NNRModel
import NNRReport
import TestSupport

/// Text as a file of requirements: read, and held against a stream.
struct RequireInput {
  private let text: String

  /// Reads the text.
  init(_ bytes: [UInt8]) { text = String(decoding: bytes.prefix(4_000), as: UTF8.self) }

  private static let streams: (session: Session, check: StreamCheck)? = {
    guard let session = try? Fixture("tca_update1").session() else { return nil }
    let last = session.streams.count - 1
    return (session, StreamCheck(session, stream: last, options: .syntax))
  }()

  /// Uses the text; the sentences say what does not hold.
  func broken() -> [String] {
    let requirements: [Requirement]
    do throws(RequirementMistakes) { requirements = try Requirement.read(text) } catch {
      return error.lines.isEmpty || error.lines.contains("") ? ["a mistake without words"] : []
    }
    guard let (session, check) = Self.streams else { return ["no fixture"] }
    let last = session.streams.count - 1
    let entries = session.streams[last].index.entries
    let ids = Set(requirements.map(\.id))
    return RequirementCheck.findings(requirements, session, stream: last, check, threads: 1)
      .compactMap { found in
        guard ids.contains(found.id), entries.indices.contains(found.unit) else {
          return "a finding of \(found.id) in unit \(found.unit)"
        }
        let bits = entries[found.unit].size * 8
        return found.range.start >= 0 && found.range.end <= bits
          ? nil : "a finding at \(found.range) of \(bits) bits"
      }
  }
}
