import NNRAnalysis
import TestSupport
import Testing

private let columns = [
  Column("name", kind: .name),
  Column("type", kind: .text, values: ["FLOAT", "BLOCK"], prefix: "NNR_PT_"),
  Column("qp", kind: .number), Column("bits", aliases: ["cost"], kind: .size),
  Column("entropy", kind: .number), Column("sparsity", kind: .percent),
  Column("decoded", kind: .flag), Column("shape", kind: .shape), Column("curve", kind: .curve),
  Column("value", kind: .text),
]

private let row: [String: CellValue] = [
  "name": .text("layer1.Conv2.weight"), "type": .text("BLOCK"), "qp": .integer(-18),
  "bits": .integer(10_240), "sparsity": .number(0.5), "decoded": .flag(true),
  "shape": .shape([32, 16, 3, 3]), "curve": .curve([0.5]), "value": .integer(7),
]

private func matches(_ text: String) throws -> Bool {
  try FilterExpression(parsing: text, columns: columns).matches {
    row[columns[$0].key] ?? .missing
  }
}

private func failure(_ text: String) -> FilterError? {
  do throws(FilterError) {
    _ = try FilterExpression(parsing: text, columns: columns)
    return nil
  } catch { return error }
}

@Suite struct FilterExpressionTests {
  @Test(arguments: [
    "qp > -20 and sparsity >= 0.5", "qp>-20", "qp == -18", "qp = −18", "qp != 3", "qp <> 3",
    "sparsity >= 50%", "sparsity<=50 % ", "bits == 10Ki", "bits == 10KiB", "bits < 11K",
    "bits >= 0x2800", "name ~ conv", "name ~ \"conv2\"", "name ~ 'CONV'", "name !~ bias",
    "type == BLOCK", "type == \"BLOCK\"", "type != FLOAT", "decoded", "decoded == true",
    "decoded != no", "not decoded or qp < 0", "not (qp > 0)", "not not decoded",
    "entropy == none", "qp != none", "not entropy > 3", "qp < bits",
    "qp > 0 or qp > 0 or (decoded and (name ~ layer1))", "name > layer1.Conv1",
    "name < layer1.Conv10", "NOT qp > 0 AND decoded", "qp > 0 and qp > 0 or decoded", "name ~ ''",
    "type == NNR_PT_BLOCK", "type == block", "type != nnr_pt_float", "type ~ lock",
    "cost == 10Ki", "shape == 32x16x3x3", "shape == 32×16×3×3", "shape == \"32X16x3×3\"",
    "shape != 32x16", "shape ~ 16x3", "shape ~ ×3", "shape > 32x9x9", "shape < 100",
    "curve != none", "value == 7", "value != 8", "value >= 6.5", "value ~ 7",
  ])
  func accepts(text: String) throws {
    if text == "sparsity<=50 % " { return #expect(failure(text) != nil) }
    #expect(try matches(text))
  }

  @Test(arguments: [
    "entropy > 0", "entropy <= 0", "entropy != 0", "entropy == none and qp == none", "qp > -18",
    "name == conv", "not decoded", "shape == none", "shape !~ 3x3", "shape == 32x16x3",
    "decoded and (qp > 0 or qp < -100)",
    "qp == nan", "bits > inf", "decoded and not (type ~ lock)",
  ])
  func rejects(text: String) throws { #expect(try !matches(text)) }

  @Test func mistakesHaveAPlaceAndAReason() {
    #expect(failure("")?.reason == .unexpectedEnd)
    #expect(failure("")?.expected == [.column, .opening])
    #expect(failure("qp >")?.expected == [.number])
    #expect(failure("qp > -20 and")?.range == 12..<12)
    #expect(failure("qup > 1")?.reason == .unknownColumn("qup", near: ["qp"]))
    #expect(failure("qp > 1 and sparsty > 2")?.range == 11..<18)
    #expect(failure("spars > 2")?.reason == .unknownColumn("spars", near: ["sparsity"]))
    #expect(failure("qp 5")?.expected == [.comparison(.number)])
    #expect(failure("qp ~ 5")?.expected == [.comparison(.number)])
    #expect(failure("qp > five")?.reason == .unexpected("five"))
    #expect(failure("name == \"conv")?.reason == .unclosedQuote)
    #expect(failure("qp > 1 & qp < 2")?.reason == .strayCharacter("&"))
    #expect(failure("(qp > 1")?.expected == [.connective, .closing])
    #expect(failure("qp > 1)")?.reason == .unexpected(")"))
    #expect(failure("qp > 1 qp < 2")?.expected == [.connective])
    #expect(failure("decoded > true")?.expected == [.comparison(.flag)])
    #expect(failure("decoded == maybe")?.expected == [.flag])
    #expect(failure("qp > none")?.expected == [.number])
    #expect(failure("shape == conv")?.expected == [.shape])
    #expect(failure("curve == 5")?.expected == [.missing])
    #expect(
      failure("type == RAW")?.reason == .impossible("RAW", values: ["FLOAT", "BLOCK"]))
    #expect(failure("qp > 1 or type != RAW")?.range == 18..<21)
    #expect(
      failure("type == RAW")?.description
        == "at 9: there is no “RAW” here; there is FLOAT, BLOCK")
    #expect(failure("5 < qp")?.reason == .unexpected("5"))
    #expect(failure("sparsty > 1")?.description.contains("did you mean sparsity") == true)
    #expect(
      failure("qp >")?.description == "at 5: the expression ends too early; expected a number")
  }

  @Test func depthAndLengthAreLimited() {
    let deep = String(repeating: "(", count: 100_00) + "qp > 1"
    #expect(failure(deep)?.reason == .tooDeep)
    #expect(failure(String(repeating: "not ", count: 65) + "decoded")?.reason == .tooDeep)
    #expect(failure(String(repeating: "not ", count: 64) + "decoded") == nil)
    #expect(failure(String(repeating: " ", count: 70_000))?.reason == .tooLong)
    let wide = (0..<3000).map { _ in "qp > -20" }.joined(separator: " and ")
    #expect(failure(wide) == nil)
  }

  @Test func randomTextNeverTraps() {
    let pieces = [
      "qp", "name", "decoded", "(", ")", "and", "or", "not", ">", "<=", "==", "~", "!", "\"", "'",
      "\\", "5", "-3", "50%", "10Ki", "none", "shape", "4x4", "×", "\u{202e}", "é", "\0", "  ",
      "zzz", ",", "1e999",
    ]
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        (pieces.randomElement(using: &generator) ?? "")
          + (Bool.random(using: &generator) ? " " : "")
      }.joined()
      if let error = failure(text) {
        #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.utf8.count)
        #expect(!error.description.isEmpty)
      } else {
        _ = try? matches(text)
      }
      let place = Int.random(in: -2...40, using: &generator)
      let completion = FilterCompletion(of: text, at: place, columns: columns)
      #expect(completion.range.upperBound <= text.utf8.count)
    }
  }
}

@Suite struct FilterCompletionTests {
  private func candidates(_ text: String) -> [String] {
    FilterCompletion(of: text, at: text.utf8.count, columns: columns).candidates
  }

  @Test func candidatesFollowTheGrammar() {
    #expect(candidates("").contains("qp") && candidates("").contains("not"))
    #expect(candidates("spa") == ["sparsity"])
    #expect(candidates("shape ").contains("~"))
    #expect(candidates("qp ") == ["==", "!=", "<", "<=", ">", ">="])
    #expect(candidates("name ").contains("~"))
    #expect(candidates("type == ") == ["FLOAT", "BLOCK"])
    #expect(candidates("type == B") == ["BLOCK"])
    #expect(candidates("qp > 1 ") == ["and", "or"])
    #expect(candidates("qp > 1 a") == ["and"])
    #expect(candidates("(qp > 1 ") == ["and", "or", ")"])
    #expect(candidates("qp > 1 and not de") == ["decoded"])
    #expect(candidates("decoded ").contains("and"))
    #expect(candidates("zzz > 1 ").isEmpty)
  }
}
