import TestSupport
import Testing

/// `updates`: text, JSON, tables and exit status.
@Suite struct UpdatesCommandTests {
  private func run(_ fixtures: [String], _ options: String...) throws -> ProgramRun {
    try Nnrscope.run(["updates"] + fixtures.map(Nnrscope.path) + options)
  }

  private let chain = ["tca_base", "tca_update1", "tca_update2"]

  @Test func textSumsUpAndLists() throws {
    let text = try run(chain)
    #expect(text.ending == .exit(0) && text.complaint.isEmpty)
    #expect(text.lines.first == "3 rounds, 6 parameters, 11 differences")
    #expect(text.lines.count == 1 + 1 + 3 + 1 + 17)
  }

  @Test func jsonHasAnObjectForEachRound() throws {
    let run = try run(chain, "--json")
    #expect(run.ending == .exit(0))
    let files = try #require(try run.document()["files"] as? [[String: Any]])
    #expect(files.compactMap { $0["file"] as? String } == chain.map(Nnrscope.path))
    #expect(files.compactMap { $0["round"] as? Int } == [1, 2, 3])
    #expect(files.compactMap { $0["bits"] as? Int } == [35632, 8192, 4952])
    #expect(files.compactMap { $0["differences"] as? Int } == [0, 6, 5])
    #expect(files.compactMap { $0["skipped_rows"] as? Int } == [0, 24, 14])
    let updates = try files.map { try #require($0["updates"] as? [[String: Any]]) }
    #expect(updates.map(\.count) == [6, 6, 5])
    let first = try #require(updates[2].first)
    #expect(first["name"] as? String == "layers.0.weight" && first["unit"] as? Int == 3)
    #expect(first["device_id"] as? Int == 0 && first["parameter_id"] as? Int == 0)
    #expect(first["put_node_depth"] as? Int == 2 && first["codes"] as? String == "difference")
    #expect(first["parent"] as? String == "device 0" && first["parent_round"] as? Int == 2)
    #expect(first["parent_unit"] as? Int == 3 && first["bits"] as? Int == 2864)
    #expect(first["weights"] as? Int == 3584 && first["rows"] as? Int == 56)
    #expect(first["skipped_rows"] as? Int == 13 && first["temporal_context"] as? Bool == true)
    #expect(first["hist_dep_sig_prob_enabled_flag"] as? Int == 0)
    let bits = try #require(first["bits_per_weight"] as? Double)
    #expect(bits == 2864.0 / 3584)
    let few = try self.run(chain, "--json", "--filter", "temporal_context == yes").document()
    let chosen = try #require(few["files"] as? [[String: Any]])
    #expect(chosen.compactMap { ($0["updates"] as? [Any])?.count } == [0, 0, 5])
  }

  @Test func tablesAreChosen() throws {
    let csv = try run(
      chain, "--csv", "--columns", "name,round,parent_round,bits", "--sort", "-bits")
    #expect(csv.ending == .exit(0) && csv.lines.count == 18)
    #expect(csv.lines[0] == "name,round,parent_round,bits")
    #expect(csv.lines[1] == "layers.0.weight,1,,18528")
    let one = try run(
      chain, "--csv", "--columns", "round,bits", "--filter", "name == layers.1.weight")
    #expect(one.lines == ["round,bits", "1,12016", "2,1968"])
  }

  /// What lacks its parent is an error where it cannot be decoded, and a warning where it can.
  @Test func missingParents() throws {
    let gap = try run(["tca_base", "tca_update2"])
    #expect(gap.ending == .exit(1))
    let lines = gap.lines.filter { $0.hasPrefix("E round 2, unit ") }
    #expect(lines.count == 5)
    #expect(lines.first?.contains("layers.0.weight: U02 needs the base stream of device 0") == true)
    let alone = try run(["tca_update1"])
    #expect(alone.ending == .exit(0))
    #expect(alone.lines.count { $0.hasPrefix("W round 1, unit ") } == 6)
    let json = try run(["tca_update1"], "--json").document()
    #expect(json["warnings"] as? Int == 6 && json["errors"] as? Int == 0)
    #expect(try Nnrscope.run("updates", "/nonexistent.nnc").ending == .exit(3))
    #expect(try Nnrscope.run("updates").ending == .exit(2))
  }
}
