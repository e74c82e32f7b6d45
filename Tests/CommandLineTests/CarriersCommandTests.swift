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
}
