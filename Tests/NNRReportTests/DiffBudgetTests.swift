import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing

/// Budgets of a comparison: what is taken of each, and what is left.
@Suite struct DiffBudgetTests {
  private static func diff(_ a: String, _ b: String) throws -> SessionDiff {
    SessionDiff(try SweepRuns.source(a).opened().0, try SweepRuns.source(b).opened().0)
  }

  private static func limits(
    growth: String? = nil, tensors: String? = nil, error: Double? = nil
  ) throws -> DiffLimits {
    var limits = DiffLimits()
    limits.growth = try growth.map { try #require(GrowthLimit($0)) }
    limits.tensorGrowth = try tensors.map { try #require(GrowthLimit($0)) }
    limits.error = error
    return limits
  }

  @Test(arguments: [
    ("1%", GrowthLimit.share(0.01)), ("0%", .share(0)), ("12.5%", .share(0.125)),
    ("512", .bytes(512)), ("2K", .bytes(2048)), ("1.5M", .bytes(1_572_864)),
  ]) func limitsAreRead(_ text: String, _ limit: GrowthLimit) {
    #expect(GrowthLimit(text) == limit)
  }

  /// A share that lacks its sign would never be kept: it is refused.
  @Test(arguments: ["", "%", "0.01", "-1%", "1 %%", "nan%", "inf", "K", "1T", "two"])
  func whatIsNoLimit(_ text: String) { #expect(GrowthLimit(text) == nil) }

  /// 5,036 to 5,585 bytes are 10.9 % more; the tensor that grows most is the first one, by 12.6 %.
  @Test func whatIsTakenAndLeft() throws {
    let diff = try Self.diff("dq_qp-36", "plain_qp-36")
    let found = DiffBudget.all(
      diff, try Self.limits(growth: "11%", tensors: "12%", error: 0.01))
    #expect(found.map(\.key) == ["max_growth", "max_tensor_growth", "max_error"])
    #expect(found.map(\.holds) == [true, false, true])
    let growth = 549.0 / 5036
    #expect((try #require(found[0].taken) - growth).magnitude < 1e-12)
    #expect((try #require(found[0].left) - (0.11 - growth)).magnitude < 1e-12)
    #expect((try #require(found[1].taken) - 2808.0 / 22_336).magnitude < 1e-12)
    #expect(found[1].place == "layers.0.weight")
    let greatest = diff.weights.compactMap { $0.comparison?.greatest }.max()
    #expect(
      greatest != nil && found[2].taken == greatest
        && found[2].place?.hasPrefix("layers.0.weight[") == true)
    #expect(found[0].verdict == "10.90 % of 11.00 %, 0.10 % left")
    #expect(found[1].verdict == "12.57 % of 12.00 %, beyond it by 0.57 % (layers.0.weight)")
    let bytes = DiffBudget.all(diff, try Self.limits(growth: "549"))
    #expect(bytes[0].holds && bytes[0].left == 0)
    #expect(!DiffBudget.all(diff, try Self.limits(growth: "548"))[0].holds)
  }

  @Test func whatShrinksKeepsEveryBudget() throws {
    let found = DiffBudget.all(
      try Self.diff("plain_qp-36", "dq_qp-36"), try Self.limits(growth: "0%", error: 1))
    #expect(found.allSatisfy(\.holds) && (found[0].taken ?? 0) < 0)
  }

  /// A thing compared with itself takes nothing.
  @Test func theSameTakesNothing() throws {
    let found = DiffBudget.all(
      try Self.diff("dq_qp-16", "dq_qp-16"), try Self.limits(growth: "0%", tensors: "0%", error: 0))
    #expect(found.count == 3 && found.allSatisfy { $0.holds && $0.taken == 0 && $0.place == nil })
  }

  /// What cannot be told keeps no budget.
  @Test func whatIsNotKnownDoesNotHold() throws {
    let whole = try Fixture("cnn_sparse").bytes()
    let cut = Session([(MemorySource(Array(whole.dropLast(8))), "cut")])
    let diff = SessionDiff(Session([(MemorySource(whole), "whole")]), cut)
    let found = DiffBudget.all(diff, try Self.limits(growth: "1%", tensors: "5%", error: 9))
    #expect(found[0].holds && !found[1].holds && !found[2].holds)
    #expect(found[1].unknown != nil && found[2].unknown != nil && found[2].left == nil)
    let strangers = DiffBudget.all(
      SessionDiff(try Fixture("names").session(), try Fixture("mlp_iris").session()),
      try Self.limits(tensors: "50%", error: 9))
    #expect(strangers.allSatisfy { !$0.holds })
    #expect(strangers[0].taken == .infinity, "what was not there before has no share")
  }

  @Test func summaryComesFirstAndManyUnitsAreFolded() throws {
    let diff = SessionDiff(
      try Fixture("cnn_digits_pyt").session(), try Fixture("cnn_sparse").session())
    let text = DiffText.text(diff)
    #expect(
      text.hasPrefix("6,583 B → 4,645 B (−1,938 B, −29.44 %); 20 units: 15 changed, 5 the same"))
    #expect(
      text.contains("NNR_NDU conv1.weight: 2 elements, from bit 8, 40 of 144 levels the same\n"))
    #expect(!text.contains("first differing level") && text.contains("--unfold"))
    let whole = DiffText.text(diff, unfolds: true)
    #expect(whole.contains("first differing level") && !whole.contains("--unfold"))
    let few = DiffText.text(try Self.diff("plain_qp-24", "plain_qp-28"))
    #expect(few.contains("first differing level"), "few units need no folding")
  }

  /// The classes of each tensor add up to its change, and the greatest change comes first.
  @Test func classesMakeUpTheChange() throws {
    let diff = try Self.diff("plain_qp-24", "dq_qp-24")
    let rows = DiffTensor.rows(diff)
    #expect(rows.map(\.cost.name).prefix(2) == ["layers.0.weight", "layers.1.weight"])
    for row in rows {
      let sum = row.cost.changes.reduce(0) { $0 + $1.bits }
      #expect((sum - (row.cost.change ?? .nan)).magnitude < 1e-6, "\(row.cost.name)")
    }
  }

  @Test func markdownIsSafe() throws {
    let name = "a|b`<img src=x>*_[y](z)\u{1b}[2J"
    var plans = [StreamWriter(.start(), .modelParameters, .tensor(name, 1, payload: [0, 0, 0]))]
    plans.append(StreamWriter(.start(), .modelParameters, .tensor(name, 2, payload: [0, 9, 3])))
    let diff = SessionDiff(
      Session([(MemorySource(plans[0].bytes), "x|y")]),
      Session([(MemorySource(plans[1].bytes), "z")]))
    let text = DiffMarkdown.text(diff, DiffBudget.all(diff, try Self.limits(growth: "1%")))
    #expect(text.hasPrefix("**x\\|y → z**: "))
    #expect(
      !text.contains("\u{1b}") && text.contains("\\<img") && text.firstMatch(of: /[^\\]</) == nil)
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      let bars = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(bars == 7 || bars == 8, "\(line)")
    }
  }
}
