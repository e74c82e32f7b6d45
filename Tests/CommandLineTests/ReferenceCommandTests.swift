import Testing

/// The format reference is listed and printed.
@Suite struct ReferenceCommandTests {
  @Test func listsTheSections() throws {
    let run = try Nnrscope.run("reference")
    #expect(run.ending == .exit(0))
    let text = String(decoding: run.output, as: UTF8.self)
    #expect(text.contains("\n2 Units\n  2.1 Enumerations\n"))
  }

  @Test func printsASectionOrAChapter() throws {
    let section = String(decoding: try Nnrscope.run("reference", "2.3").output, as: UTF8.self)
    #expect(section.hasPrefix("# 2.3 NNR_STR\n\nThe header is general_profile_idc"))
    #expect(!section.contains("2.4"))
    let chapter = String(decoding: try Nnrscope.run("reference", "2").output, as: UTF8.self)
    #expect(chapter.contains(section))
    #expect(chapter.contains("# 2.13 "))
  }

  @Test func aSectionThatIsNotThereIsWrongUsage() throws {
    let run = try Nnrscope.run("reference", "NNR_MPT")
    #expect(run.ending == .exit(2))
    #expect(run.complaint.contains("has no section NNR_MPT, but: NNR_MPS"))
  }
}
