import Foundation
import TestSupport
import Testing

/// `diff` with budgets, as CI runs it.
@Suite struct BudgetCommandTests {
  private let small = CompareCommandTests.path("dq_qp-36.nnc")
  private let large = CompareCommandTests.path("plain_qp-36.nnc")

  @Test func onlyABudgetThatIsNotKeptIsAStatus() throws {
    #expect(try Nnrscope.run("diff", small, large).ending == .exit(4))
    let kept = try Nnrscope.run(
      "diff", small, large, "--max-growth", "11%", "--max-tensor-growth", "13%", "--max-error",
      "0.01")
    #expect(kept.ending == .exit(0) && kept.errors.isEmpty, "\(kept.complaint)")
    #expect(kept.text.contains("✓ growth of the files  10.90 % of 11.00 %, 0.10 % left"))
    let beyond = try Nnrscope.run("diff", small, large, "--max-growth", "10%", "--json")
    #expect(beyond.ending == .exit(4) && beyond.complaint.contains("beyond it by 0.90 %"))
    let budgets = try #require(try beyond.document()["budgets"] as? [[String: Any]])
    #expect(budgets.first?["limit"] as? String == "max_growth")
    #expect(budgets.first?["holds"] as? Bool == false)
    let smaller = try Nnrscope.run("diff", large, small, "--max-growth", "0%")
    #expect(smaller.ending == .exit(0), "what shrinks does not grow")
  }

  @Test func markdownIsATable() throws {
    let run = try Nnrscope.run("diff", small, large, "--markdown", "--max-error", "1e-6")
    #expect(run.ending == .exit(4))
    #expect(run.text.contains("| ✗ | error of a weight | 0.003906 |"))
    #expect(run.text.contains("| layers.0.weight | 25,144 | 22,336 | +2,808 | +12.57 % |"))
  }

  @Test func tensorsAreRows() throws {
    let run = try Nnrscope.run(
      "diff", small, large, "--by", "tensor", "--csv", "--columns", "name,change", "--sort",
      "change")
    #expect(run.ending == .exit(4))
    #expect(run.lines.dropFirst().first == "layers.1.bias,-16")
    #expect(run.lines.last == "layers.0.weight,2808")
  }

  @Test(arguments: [
    ["--max-growth", "0.01"], ["--max-tensor-growth", "-1%"], ["--max-error", "-1"],
    ["--max-error", "nan"], ["--no-decode", "--max-error", "1"], ["--markdown", "--json"],
    ["--by", "nonsense"], ["--by", "tensor", "--columns", "first_bit"],
  ]) func wrongUsage(_ options: [String]) throws {
    let run = try Nnrscope.run(["diff", small, large] + options)
    #expect(run.ending == .exit(2) && run.output.isEmpty, "\(run.complaint)")
  }
}
