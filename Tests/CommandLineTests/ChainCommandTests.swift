import Foundation
import TestSupport
import Testing

/// What is no chain is not added up in silence: the base alone, a bare difference, the wrong order.
@Suite struct ChainCommandTests {
  private let base = Fixture.caseFile("fl-base.nnc")
  private let round = Fixture.caseFile("fl-round-1.nnc")
  private let truth = Fixture.caseFile("fl-truth-after-1.npz")

  @Test func theSumIsTheModel() throws {
    let run = try Nnrscope.run("tensors", base, round, "--against", truth, "--json")
    #expect(run.ending == .exit(0) && run.complaint.isEmpty, "\(run.complaint)")
    let files = try #require(try run.document()["files"] as? [[String: Any]])
    let against = try #require(files.last?["against"] as? [String: Any])
    let tensors = try #require(against["tensors"] as? [[String: Any]])
    #expect(!tensors.isEmpty && (against["missing"] as? [String])?.isEmpty == true)
    #expect(tensors.allSatisfy { ($0["max_error"] as? Double ?? 9) <= 1e-6 })
  }

  @Test func exportRefuses() throws {
    let target = FileManager.default.temporaryDirectory.appending(
      path: "chain-\(UUID().uuidString).safetensors"
    ).path
    defer { try? FileManager.default.removeItem(atPath: target) }
    for files in [[round], [round, base]] {
      let run = try Nnrscope.run(["export"] + files + ["--accumulate", "-o", target])
      #expect(run.ending == .exit(1) && run.text.isEmpty)
      #expect(!FileManager.default.fileExists(atPath: target))
      #expect(run.complaint.contains("U10"))
      #expect(run.complaint.contains("the order that fits: \(base) \(round)") == (files.count > 1))
      #expect(run.complaint.contains("name the streams that it builds on") == (files.count == 1))
    }
    let alone = try Nnrscope.run("export", round, "-o", target)
    #expect(alone.ending == .exit(0) && alone.complaint.contains("differences to a parent"))
    let sum = try Nnrscope.run("export", base, round, "--accumulate", "-o", target)
    #expect(sum.ending == .exit(0) && sum.complaint.isEmpty)
  }

  @Test func everyCommandSaysIt() throws {
    let commands = [
      ["check"], ["cost"], ["tensors", "--against", truth], ["diff", "--with", base, round],
    ]
    for command in commands {
      let run = try Nnrscope.run(
        [command[0], round, base] + command.dropFirst())
      #expect(
        run.complaint.contains("the order that fits: \(base) \(round)"),
        "\(command[0]): \(run.complaint)")
    }
    let against = try Nnrscope.run("tensors", round, "--against", truth)
    #expect(against.ending == .exit(1) && against.complaint.contains("nothing is added up"))
    let check = try Nnrscope.run("check", round, "--severity", "warning")
    #expect(check.ending == .exit(0) && check.text.contains("W U10"))
  }

  @Test func updatesOfAnotherDeviceAreSaid() throws {
    let names = ["devices_base", "devices_1_update1", "devices_2_update1"].map(Nnrscope.path)
    let target = FileManager.default.temporaryDirectory.appending(
      path: "devices-\(UUID().uuidString).safetensors"
    ).path
    defer { try? FileManager.default.removeItem(atPath: target) }
    let run = try Nnrscope.run(["export"] + names + ["--accumulate", "-o", target])
    #expect(run.ending == .exit(0))
    #expect(run.complaint.contains("\(names[1]) is not in the sum"))
  }
}
