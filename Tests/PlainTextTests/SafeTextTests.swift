import PlainText
import TestSupport
import Testing

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("plain name.0", "plain name.0"), ("é 日本 😀", "é 日本 😀"), ("", ""),
    ("\u{1b}[31m", "\\x1b[31m"), ("a\nb\rc\td", "a\\nb\\rc\\td"),
    ("\0\u{7}\u{7f}", "\\x00\\x07\\x7f"),
    ("\u{9b}1m", "\\u{9b}1m"), ("a\\x1b", "a\\\\x1b"),
    ("\u{202e}abc\u{202c}", "\\u{202e}abc\\u{202c}"),
    ("\u{2066}\u{2069}\u{61c}", "\\u{2066}\\u{2069}\\u{61c}"),
    ("a\u{200b}\u{200d}\u{feff}\u{ad}", "a\\u{200b}\\u{200d}\\u{feff}\\u{ad}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"), ("\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"),
    ("\u{a0}\u{3000}", "\\u{a0}\\u{3000}"), ("\u{fe0f}\u{3164}", "\\u{fe0f}\\u{3164}"),
    ("\u{e000}\u{378}", "\\u{e000}\\u{378}"), ("e\u{301}", "e\u{301}"), ("\u{301}e", "\\u{301}e"),
    ("e\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}\\u{301}"),
    ("\n\u{301}", "\\n\\u{301}"), ("\r\n", "\\r\\n"),
  ])
  func escapes(input: String, output: String) {
    #expect(Array(SafeText.line(input).utf8) == Array(output.utf8))
    #expect(SafeText.isPlain(input) == (input == output))
  }

  @Test(arguments: [0xFFFE, 0xFDD0, 0x10FFFF] as [UInt32])
  func noncharacters(value: UInt32) throws {
    // The compiler takes no literals of these.
    let text = String(try #require(Unicode.Scalar(value)))
    #expect(SafeText.line(text) == "\\u{" + String(value, radix: 16) + "}")
  }

  @Test func brokenBytes() {
    #expect(SafeText.line(bytes: [0x61, 0xFF, 0x62]) == "a\\xffb")
    #expect(SafeText.line(bytes: [0xC0, 0x80]) == "\\xc0\\x80")
    #expect(SafeText.line(bytes: [0xED, 0xA0, 0x80]) == "\\xed\\xa0\\x80")
    #expect(SafeText.line(bytes: [0xE2, 0x82]) == "\\xe2\\x82")
    #expect(SafeText.line(bytes: [0xF4, 0x90, 0x80, 0x80, 0x41]) == "\\xf4\\x90\\x80\\x80A")
    #expect(SafeText.line(bytes: Array("日😀é".utf8)) == "日😀é")
    #expect(SafeText.line(bytes: [0x1B, 0xC2, 0x9B]) == "\\x1b\\u{9b}")
  }

  @Test func longNamesAreElidedInSight() {
    let name = String(repeating: "a", count: 1_048_576)
    #expect(
      SafeText.line(name, limit: 576) == String(repeating: "a", count: 576) + "…+1,048,000 more")
    #expect(
      SafeText.line("abc", limit: 3) == "abc" && SafeText.line("abc", limit: -1) == "…+3 more")
  }

  @Test func nothingUnprintableComesOut() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let line = SafeText.line(bytes: bytes)
      for scalar in line.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(SafeText.line(bytes: Array(text.utf8)) == SafeText.line(text))
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"),
    (" =1+1", "' =1+1"), ("  -", "'  -"),
    ("-x", "'-x"),
    ("+1", "'+1"), ("@sum", "'@sum"), ("\tx", "\\tx"), ("=a,b", "\"'=a,b\""), (" a", "\" a\""),
    ("＝1", "'＝1"), ("a\nb", "a\\nb"), (",\u{301}", "\",\u{301}\""),
  ])
  func csv(input: String, output: String) { #expect(SafeText.csvField(input) == output) }

  @Test func html() {
    #expect(
      SafeText.html("<a href=\"x\">&'\u{202e}") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;\\u{202e}"
    )
    #expect(SafeText.html("<\u{338}") == "&lt;\u{338}")
  }
}
