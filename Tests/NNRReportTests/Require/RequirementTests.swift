import Foundation
import NNRAnalysis
import NNRModel
import NNRReport
import TestSupport
import Testing

@Suite struct RequirementTests {
  private func sample(_ name: String) throws -> [Requirement] {
    let folder = Fixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Samples/Requirements")
    return try Requirement.read(
      String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8))
  }

  private func findings(_ requirements: [Requirement], _ session: Session) -> [RequirementFinding] {
    let last = session.streams.count - 1
    return RequirementCheck.findings(
      requirements, session, stream: last,
      StreamCheck(session, stream: last, options: .syntax), threads: 1)
  }

  @Test func aTeamsNames() throws {
    let requirements = try sample("team")
    let found = findings(requirements, try Fixture("mlp_iris").session())
    #expect(found.contains { $0.id == "short-names" && $0.severity == .error })
    let clean = findings(requirements, try Fixture("qp_density_1").session())
    #expect(clean.filter { $0.id == "short-names" }.isEmpty)
  }

  @Test func theDraftOfAStandard() throws {
    let requirements = try sample("sa4-draft")
    let base = findings(requirements, try WriterCase.session(["sa4_nodq_0"]))
    #expect(base.isEmpty, "\(base.map { "\($0.id) \($0.message)" })")
    let plain = findings(requirements, try Fixture("mlp_iris").session())
    #expect(plain.contains { $0.id == "SA4-block" })
    let first = findings(requirements, try WriterCase.session(["fault2_tca_1"]))
    #expect(first.contains { $0.id == "SA4-pre" && $0.unit == 1 })
    #expect(first.contains { $0.id == "SA4-temporal" })
    #expect(!first.contains { $0.id == "SA4-parent" || $0.id == "SA4-scan" })
  }

  /// A finding lies at the element that the condition names.
  @Test func placesAreThoseOfElements() throws {
    let session = try WriterCase.session(["fault2_tca_1"])
    let requirements = try Requirement.read(
      """
      - {id: scan, severity: warning, text: no blocks, of: units, when: scan_order != none, must: scan_order == 0}
      """)
    let found = findings(requirements, session)
    let unit = try #require(found.first?.unit)
    let node = session.streams[0].tree(unit)?.node(of: .scanOrder)
    #expect(found.first?.range == node?.range && found.first?.severity == .warning)
  }

  @Test(arguments: [
    ("", "a list is expected"), ("a: 1", "a list is expected"), ("- 1", "a map is expected"),
    ("- {id: a, text: b, of: units, must: size > 1, mustt: 1}", "there is no key “mustt”: must"),
    ("- {id: a, text: b, of: files, must: size > 1}", "of is streams, units or tensors"),
    ("- {id: a, text: b, of: units, must: sise > 1}", "did you mean size?"),
    ("- {id: a, text: b, of: units}", "must is missing"),
    ("- {id: a, severity: bad, text: b, of: units, must: size > 1}", "severity is"),
    ("- {id: a, text: [b], of: units, must: size > 1}", "text is a text"),
  ]) func mistakesAreTold(yaml: String, reason: String) {
    let mistakes = #expect(throws: RequirementMistakes.self) { try Requirement.read(yaml) }
    #expect(mistakes?.lines.contains { $0.contains(reason) } == true, "\(mistakes?.lines ?? [])")
  }

  @Test func anIdStandsOnce() {
    let line = "- {id: a, text: b, of: units, must: size > 1}\n"
    #expect(throws: RequirementMistakes.self) { try Requirement.read(line + line) }
  }
}
