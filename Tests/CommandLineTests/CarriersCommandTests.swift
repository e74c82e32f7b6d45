import Foundation
import TestSupport
import Testing

/// The commands `carriers` and `extract` on real clips.
@Suite struct CarriersCommandTests {
  private static func path(_ name: String) -> String {
    Fixture.folder.path + "/carriage/" + name
  }

  private func text(_ run: ProgramRun) -> String { String(decoding: run.output, as: UTF8.self) }

  @Test func messagesAreListed() throws {
    let run = try Nnrscope.run("carriers", Self.path("hevc_filters.265"), "--csv")
    #expect(run.ending == .exit(0))
    let lines = text(run).split(whereSeparator: \.isNewline)
    #expect(lines.count == 12)
    #expect(lines.contains { $0.hasPrefix("#7,base,7,general quality,within,0,2386,4637,4628") })
    #expect(lines.contains { $0.hasPrefix("#7,repetition,7,") })
    #expect(lines.contains { $0.hasPrefix("#44+1,update,44,") })
  }

  @Test func errorsAreAStatus() throws {
    let run = try Nnrscope.run("carriers", Self.path("neg/sei_size_past_nal.264"))
    #expect(run.ending == .exit(1))
    #expect(text(run).contains("C02"))
    let none = try Nnrscope.run("carriers", Fixture("mlp_iris").path)
    #expect(none.ending == .exit(2))
  }

  /// The SHA-256 of every network and item are those of the ground truth.
  @Test func hashesAreThoseOfTheTruth() throws {
    let folder = Fixture.folder.appending(path: "carriage")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }
    var compared = 0
    for name in names {
      let data = try Data(contentsOf: folder.appending(path: name))
      let truth = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      let run = try Nnrscope.run("carriers", "--json", Self.path(String(name.dropLast(5))))
      let told = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
      let own = try #require(told)
      for message in truth["sei_messages"] as? [[String: Any]] ?? [] {
        guard let hash = (message["nnr"] as? [String: Any])?["sha256"] as? String else { continue }
        let same = (own["messages"] as? [[String: Any]])?
          .first { $0["message_offset"] as? Int == message["message_offset"] as? Int }
        #expect((same?["nnr"] as? [String: Any])?["sha256"] as? String == hash, "\(name)")
        compared += 1
      }
      for item in truth["items"] as? [[String: Any]] ?? [] {
        guard let hash = item["sha256"] as? String else { continue }
        let same = (own["items"] as? [[String: Any]])?
          .first { $0["id"] as? Int == item["item_id"] as? Int }
        #expect(same?["sha256"] as? String == hash, "\(name)")
        compared += 1
      }
    }
    #expect(compared > 40)
  }
}
