import Foundation
import TestSupport
import Testing

/// The README's list of commands is that of the program.
@Suite struct ReadmeTests {
  private static let root = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The first words of the rows of the README's table of commands.
  private func listed() throws -> Set<String> {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let table = try #require(text.components(separatedBy: "| command | prints |").dropFirst().first)
    let rows = table.split(separator: "\n").dropFirst().prefix { $0.hasPrefix("|") }
    return Set(
      rows.compactMap { row in
        row.split(separator: "`").dropFirst().first?.split(separator: " ").first.map(String.init)
      })
  }

  /// The subcommands that the help lists.
  private func offered() throws -> Set<String> {
    let help = try Nnrscope.run("--help").text
    let list = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").dropFirst().first)
    let lines = list.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
    let rows = lines.filter { $0.hasPrefix("  ") && $0.dropFirst(2).first != " " }
    return Set(rows.compactMap { $0.split(separator: " ").first.map(String.init) })
  }

  @Test func commandsAreListed() throws {
    let offered = try offered()
    #expect(offered.count > 8)
    #expect(try listed().subtracting(["nnrscope"]) == offered)
  }

  @Test func samplesThatItNamesAreThere() throws {
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    let names = Set(text.matches(of: /Samples\/[\w-]+\.nnc/).map { String($0.output) })
    #expect(names.count > 1)
    for name in names {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: name).path), "\(name)")
    }
  }

  @Test func whereTheBitsOfTheSampleWent() throws {
    let document = try Nnrscope.run(
      "cost", "--json", Self.root.appending(path: "Samples/digits-cnn.nnc").path
    ).document()
    let total = try #require(document["total_bits"] as? Double)
    let all = try #require(document["tensors"] as? [[String: Any]])
    func sum(_ tensors: [[String: Any]], _ keys: String...) -> Double {
      tensors.reduce(0) { sum, tensor in
        let classes = tensor["classes"] as? [String: Double] ?? [:]
        return sum + keys.reduce(0) { $0 + (classes[$1] ?? tensor[$1] as? Double ?? 0) }
      }
    }
    func chosen(_ fits: (String) -> Bool) -> [[String: Any]] {
      all.filter { ($0["name"] as? String).map(fits) ?? false }
    }
    let large = chosen { ["conv2.weight", "fc.weight"].contains($0) }
    let vectors = chosen { $0.hasPrefix("bn") }
    let entropy = large.reduce(0) {
      $0 + ($1["entropy"] as? Double ?? 0) * ($1["weights"] as? Double ?? 0)
    }
    let ledger = try #require(document["ledger"] as? [[String: Any]])
    let headers = ledger.reduce(0) { sum, entry in
      (entry["owner"] as? String)?.contains("/") == false
        ? sum + (entry["bits"] as? Double ?? 0) : sum
    }
    func share(_ part: Double, _ whole: Double) -> String {
      String(format: "%.1f %%", part / whole * 100)
    }
    let (bits, narrow) = (sum(large, "bits"), sum(vectors, "bits"))
    let remainders = sum(vectors, "abs_remainder_prefix", "abs_remainder_suffix")
    let text = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
      .replacing("\n", with: " ")
    for sentence in [
      "take \(share(bits, total)) of the file, and \(share(sum(large, "abs_level_greater"), bits)) of that",
      "are still \(share(entropy - bits, entropy)) smaller",
      "The \(vectors.count) batch-norm vectors take \(share(narrow, total)) of the file for "
        + "\(Int(sum(vectors, "weights"))) weights, "
        + String(format: "%.1f bits a weight", narrow / sum(vectors, "weights")),
      "\(share(remainders, narrow)) of that is remainders",
      "\(share(sum(vectors, "shift_parameters"), narrow)) shift parameters",
      "is \(share(headers, total)) of the file",
    ] {
      #expect(text.contains(sentence), "\(sentence)")
    }
  }

  /// The story of the broken stream: every sentence of it.
  @Test func brokenStream() throws {
    let sample = Self.root.appending(path: "Samples/rare-units.nnc").path
    let check = try Nnrscope.run("check", sample)
    #expect(check.ending == .exit(1))
    #expect(
      check.text.contains("E P01 unit 6") && check.text.contains("terminating bin is 0 after"))
    let diagnosis = try Nnrscope.run("diagnose", sample).text
    #expect(diagnosis.contains("2 end well") && diagnosis.contains("with qp_density 2 "))
    // The set in front says 3, the model parameter set 2, which the payload was coded with.
    let syntax = try Nnrscope.run("syntax", sample, "--csv").text.split(separator: "\r\n")
    func value(_ name: String) -> String? {
      syntax.first { $0.contains(",\(name),") }.map { row in
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        let place = fields.firstIndex { $0 == name } ?? 0
        return String(fields[place + 1])
      }
    }
    #expect(value("lps_qp_density") == "3" && value("mps_qp_density") == "2")
    let script = try TemporaryFile(
      Array(
        """
        key D
        wait
        expect "E P01"
        key g
        key Enter
        expect "NNR_NDU u6"
        key 4
        expect "qp_delta"
        key G
        expect "end_of_payload = 0"
        expect "E P01: the terminating bin is 0"
        """.utf8))
    let played = try Nnrscope.run("explore", sample, "--script", script.path)
    #expect(played.ending == .exit(0), "\(played.complaint)")
  }
}
