import Foundation
import TestSupport
import Testing

/// `advise`, run as a program.
@Suite struct AdviseCommandTests {
  private let digits = Nnrscope.path("cnn_digits_pyt")

  @Test func theMostComesFirstAndSaysWhatToChange() throws {
    let run = try Nnrscope.run("advise", digits)
    #expect(run.ending == .exit(0) && run.errors.isEmpty)
    #expect(run.lines.first?.contains("pieces of advice") == true)
    #expect(run.text.contains("dearer_than_floats") && run.text.contains("NNR_PT_RAW_FLOAT"))
    let document = try Nnrscope.run("advise", "--json", digits).document()
    let advice = try #require(document["advice"] as? [[String: Any]])
    let bits = advice.compactMap { $0["bits"] as? Double }
    #expect(bits.count == advice.count && bits == bits.sorted(by: >) && !bits.isEmpty)
    #expect(advice.allSatisfy { $0["unit"] is Int && ($0["change"] as? String)?.isEmpty == false })
    #expect(document["file"] as? String == digits)
  }

  /// What recode would save is searched unless that is not wanted.
  @Test func theSearchCanBeLeftOut() throws {
    let kinds = try [["advise"], ["advise", "--no-search"]].map { command in
      Set(try Nnrscope.run(command + ["--csv", "--columns", "kind", digits]).lines)
    }
    #expect(kinds[0].subtracting(kinds[1]) == ["recode"] && kinds[1].isSubset(of: kinds[0]))
  }

  @Test func rowsAreChosen() throws {
    let run = try Nnrscope.run(
      "advise", "--csv", "--columns", "tensor", "--filter", "kind == dearer_than_floats", digits)
    #expect(run.lines == ["tensor", "fc.bias"])
    let none = try Nnrscope.run("advise", "--filter", "bits > 1M", digits)
    #expect(none.ending == .exit(0) && none.complaint.contains("nothing fits"))
    let wrong = try Nnrscope.run("advise", "--filter", "kind == nonsense", digits)
    #expect(wrong.ending == .exit(2) && wrong.output.isEmpty)
  }

  @Test func aBrokenStreamIsAStatus() throws {
    let file = try TemporaryFile(Array(try Fixture("cnn_sparse").bytes().dropLast(8)))
    let run = try Nnrscope.run("advise", file.path)
    #expect(run.ending == .exit(1) && run.complaint.contains("could not be decoded"))
    #expect(!run.output.isEmpty)
  }
}
