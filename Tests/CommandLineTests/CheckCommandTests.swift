import Foundation
import NNRSyntax
import TestSupport
import Testing

/// `check`: text, JSON, CSV, severities, exit status; the catalogue.
@Suite struct CheckCommandTests {
  private struct Document: Decodable {
    struct Entry: Decodable {
      var id: String
      var severity: String
      var unit: Int
      var bit_offset: Int
      var bit_length: Int
      var message: String
    }
    var file: String
    var errors: Int
    var warnings: Int
    var infos: Int
    var diagnostics: [Entry]
  }

  private static func broken() -> [UInt8] {
    StreamWriter(
      .start(), .modelParameters.set(.nnrReservedZero2bits, 1), .emptyTopology,
      .tensor("weight", 1 << 20, 1 << 20, payload: [1, 2, 3])
    ).bytes
  }

  @Test func textSaysRuleUnitAndBits() throws {
    let file = try TemporaryFile(Self.broken())
    let run = try Nnrscope.run(["check", file.path])
    let text = run.text
    #expect(run.ending == .exit(1))
    #expect(text.contains("W H03 unit 1 bit 38+2  "))
    #expect(text.contains("E N08 unit 3 bit "))
    #expect(text.contains("1 error, 1 warning, 1 info"))
    #expect(text.contains(Rule.n08.reason))
  }

  @Test func jsonFollowsTheContract() throws {
    let file = try TemporaryFile(Self.broken())
    let run = try Nnrscope.run(["check", "--json", file.path])
    let document = try JSONDecoder().decode(Document.self, from: Data(run.output))
    #expect(document.file == file.path)
    #expect((document.errors, document.warnings, document.infos) == (1, 1, 1))
    #expect(document.diagnostics.map(\.id) == ["N08", "H03", "T02"])
    #expect(document.diagnostics.map(\.unit) == [3, 1, 2])
    #expect(document.diagnostics[1].bit_length == 2)
    #expect(run.ending == .exit(1))
  }

  @Test(arguments: ["error", "warning", "info"]) func severityChoosesWhatIsListed(
    _ severity: String
  )
    throws
  {
    let file = try TemporaryFile(Self.broken())
    let run = try Nnrscope.run(["check", "--json", "--severity", severity, file.path])
    let document = try JSONDecoder().decode(Document.self, from: Data(run.output))
    let expected = ["error": 1, "warning": 2, "info": 3]
    #expect(document.diagnostics.count == expected[severity])
    #expect(document.infos == 1)
  }

  @Test func withoutDecodingThatIsSaid() throws {
    let run = try Nnrscope.run(["check", "--no-decode", Fixture("mlp_iris").path])
    let text = run.text
    let count = Rule.allCases.count { $0.needsDecoding }
    #expect(text.contains("\(count) rules not run"))
    #expect(run.ending == .exit(0))
    let whole = try Nnrscope.run(["check", Fixture("mlp_iris").path])
    #expect(!whole.text.contains("not run"))
  }

  @Test func csvHasALineForEach() throws {
    let file = try TemporaryFile(Self.broken())
    let run = try Nnrscope.run(["check", "--csv", file.path])
    let lines = run.text.split(separator: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[0] == "file,severity,id,unit,bit_offset,bit_length,message")
  }

  @Test func theCatalogueIsPrintedFromTheCode() throws {
    let text = try Nnrscope.run(["check", "--rules"]).text
    let csv = try Nnrscope.run(["check", "--rules", "--csv"]).text
    for rule in Rule.allCases {
      #expect(text.contains("\(rule.id)  \(rule.severity.rawValue)"), "\(rule.id)")
      #expect(text.contains(rule.reason) && text.contains(rule.mistake), "\(rule.id)")
      #expect(csv.contains("\r\n\(rule.id),"), "\(rule.id)")
    }
  }

  @Test func aRuleIsExplained() throws {
    let run = try Nnrscope.run(["check", "--explain", "s05"])
    #expect(run.text.contains(Rule.s05.mistake))
    #expect(run.ending == .exit(0))
    #expect(try Nnrscope.run(["check", "--explain", "Z1"]).ending == .exit(2))
    #expect(try Nnrscope.run(["check"]).ending == .exit(2))
  }

  @Test func otherCommandsAgree() throws {
    let file = try TemporaryFile(Self.broken())
    for command in ["units", "syntax", "tensors"] {
      #expect(try Nnrscope.run([command, file.path]).ending == .exit(1), "\(command)")
    }
    let units = try Nnrscope.run(["units", "--json", file.path]).text
    #expect(units.contains(#""diagnostics":["N08"]"#))
    #expect(try Nnrscope.run(["syntax", "--unit", "0", file.path]).ending == .exit(0))
  }

  @Test func aFileThatIsNoStreamStillGivesADocument() throws {
    for bytes in [[], [1, 2], [UInt8](repeating: 0, count: 99)] as [[UInt8]] {
      let file = try TemporaryFile(bytes)
      let run = try Nnrscope.run(["check", "--json", file.path])
      let document = try JSONDecoder().decode(Document.self, from: Data(run.output))
      #expect(document.errors == 1)
      #expect(run.ending == .exit(1))
    }
  }
}
