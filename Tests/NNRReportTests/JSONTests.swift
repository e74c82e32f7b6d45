import NNRAnalysis
import NNRReport
import TestSupport
import Testing
import WeightFiles

@Suite struct JSONWriterTests {
  private func text(indented: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(indented: indented)
    body(&writer)
    return writer.takeText()
  }

  @Test func structure() {
    let document = text { writer in
      writer.object { writer in
        writer.member("b", 1)
        writer.member("a", [1, 2])
        writer.key("e")
        writer.array { _ in }
        writer.key("o")
        writer.object { $0.member("x", nil as Int?) }
        writer.member("t", true)
      }
    }
    #expect(document == #"{"b":1,"a":[1,2],"e":[],"o":{"x":null},"t":true}"#)
    #expect(text { $0.value("top") } == "\"top\"")
    #expect(
      text(indented: true) { $0.object { $0.member("a", [1]) } } == "{\n  \"a\": [\n    1\n  ]\n}")
  }

  @Test func numbers() {
    let document = text { writer in
      writer.array { writer in
        writer.value(0.1)
        writer.value(Float(0.1))
        writer.value(Double.nan)
        writer.value(-Double.infinity)
        writer.value(Int64.min)
        writer.value(UInt128.max)
        writer.value(1e-7)
        writer.value(-7)
      }
    }
    #expect(
      document
        == "[0.1,0.1,null,null,-9223372036854775808,340282366920938463463374607431768211455,1e-07,-7]"
    )
  }

  @Test func strings() {
    let document = text { $0.value("a\"b\\c\n\u{1}\u{7f}\u{2028}\u{2029}é😀/\u{2030}") }
    #expect(document == #""a\"b\\c\n\u0001\u007f\u2028\u2029é😀/‰""#)
  }

  @Test func namesThatAreNoText() {
    #expect(
      text { $0.object { $0.member("name", bytes: [0x61, 0xFF] as [UInt8]) } }
        == "{\"name\":\"a\u{fffd}\",\"name_bytes\":\"61ff\"}")
    #expect(text { $0.object { $0.member("name", bytes: "é".utf8) } } == "{\"name\":\"é\"}")
  }

  @Test func figuresHaveTheKeysOfTheManifests() {
    let levels = LevelStatistics([1, -2, 0])
    #expect(
      text { $0.object { $0.members(of: levels) } }
        == #"{"count":3,"nonzero":2,"min":-2,"max":1,"sum":-1,"sum_sq":5}"#)
    let empty = #"{"min":null,"max":null,"mean":null,"std":null,"zero_fraction":null}"#
    #expect(text { $0.object { $0.members(of: ValueStatistics()) } } == empty)
    let special = ValueStatistics([Float.nan, 0])
    #expect(
      text { $0.object { $0.members(of: special) } }
        == #"{"min":null,"max":null,"mean":null,"std":null,"zero_fraction":0.5,"nonfinite":1,"#
        + #""nan":1,"positive_infinity":0,"negative_infinity":0}"#)
  }

  @Test(arguments: [
    ("\u{202e}x", #""\u202ex""#), ("\u{9b}31m", #""\u009b31m""#),
    ("\u{e0041}é漢", #""\udb40\udc41é漢""#),
    ("\u{2028}\u{200b}", #""\u2028\u200b""#), ("\u{7f}\u{0}\"\\", #""\u007f\u0000\"\\""#),
  ]) func whatIsNotVisibleIsEscaped(_ given: String, _ wanted: String) throws {
    let written = text { $0.value(given) }
    #expect(written == wanted)
    #expect(try JSONReader.value(ArraySlice(written.utf8)) == .text(given))
  }

  @Test func drainingInBetweenChangesNothing() {
    var writer = JSONWriter()
    var pieces = ""
    writer.array { writer in
      for number in 0..<100 {
        writer.value(number)
        if writer.pendingCount > 20 { pieces += writer.takeText() }
      }
    }
    pieces += writer.takeText()
    #expect(pieces == "[" + (0..<100).map { String($0) }.joined(separator: ",") + "]")
  }
}

@Suite struct JSONReaderTests {
  private func value(_ text: String) -> JSONValue? {
    try? JSONReader.value(ArraySlice(text.utf8))
  }

  @Test func reads() {
    #expect(
      value(" [1, -2.5e1, \"a\\u00e9\\ud83d\\ude00\\n\", true, null, {}] ")
        == .array([.integer(1), .number(-25), .text("aé😀\n"), .flag(true), .null, .object([])]))
    #expect(value("{\"b\":{\"a\":3}}")?["b"]?["a"] == .integer(3))
    #expect(value("99999999999999999999") == .number(1e20))
  }

  @Test(arguments: [
    "", "[", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", "-", "+1", "\"\\ud83d\"",
    "\"\u{1}\"",
    "nul", "[1] 2", "{a:1}", "\"", "\"\\u00zz\"", "1e", "\"\\x\"",
  ])
  func refuses(text: String) { #expect(value(text) == nil) }

  @Test func depthIsLimited() {
    #expect(value(String(repeating: "[", count: 100_000)) == nil)
    #expect(
      value(String(repeating: "[", count: 63) + "1" + String(repeating: "]", count: 63)) != nil)
  }

  @Test func randomTextNeverTraps() {
    var generator = SeededGenerator(seed: 8)
    let signs = Array("{}[]\",:\\u0d8e1-.tn \u{ff}".utf8)
    for _ in 0..<3000 {
      let bytes = (0..<20).map { _ in signs[Int.random(in: 0..<signs.count, using: &generator)] }
      _ = try? JSONReader.value(bytes[...])
    }
  }
}
