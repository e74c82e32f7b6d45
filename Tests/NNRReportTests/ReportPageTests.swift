import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import PlainText
import TestSupport
import Testing

/// A report page is whole: well-formed, complete, safe, and its bars are as long as they should be.
@Suite struct ReportPageTests {
  private func page(_ session: Session) -> String {
    ReportPage.text(ReportData(session, stream: session.streams.count - 1, threads: 2))
  }

  @Test(arguments: ["cnn_digits_pyt", "names", "raw_float_special", "tca_update1", "zeros"])
  func pageOfAFixture(_ name: String) throws {
    let session = try Fixture(name).session()
    let text = page(session)
    expectWhole(text)
    for tensor in session.directory(session.streams.count - 1).tensors {
      #expect(text.contains(">\(SafeText.html(tensor.name))</td>"), "\(tensor.name)")
    }
  }

  @Test func damagedAndEmptyStreams() throws {
    var bytes = try Fixture("mlp_iris").bytes()
    for place in stride(from: 20, to: bytes.count, by: 31) { bytes[place] ^= 0xff }
    for bytes in [bytes, Array(bytes[..<60]), [], [0xff, 0xff]] {
      expectWhole(page(Session([(MemorySource(bytes), "<b>&\u{1b}[31m\u{202e}")])))
    }
  }

  /// The page names the file, not where it lay; what is wrong stands before what things cost.
  @Test func nameFirstThenErrors() throws {
    let bytes = try Fixture("mlp_iris").bytes().dropLast(20)
    let broken = page(Session([(MemorySource(Array(bytes)), "/home/someone/models/m.nnc")]))
    #expect(broken.contains("<title>m.nnc – nnrscope</title>") && !broken.contains("someone"))
    func place(_ title: String, _ text: String) throws -> String.Index {
      try #require(text.firstRange(of: "<h2>\(title)</h2>")).lowerBound
    }
    #expect(try place("Diagnostics", broken) < place("Where the bits went", broken))
    let sound = page(try Fixture("zeros").session())
    #expect(try place("Diagnostics", sound) > place("Where the bits went", sound))
  }

  /// Beyond 500 rows the rest is folded up, and paper gets the first of them.
  @Test func longListsAreFolded() throws {
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    for number in 0..<620 { writer.append(.tensor("t\(number)", 2, 3, payload: [0xf7, 0xdf])) }
    let text = page(Session([(MemorySource(writer.bytes), "many.nnc")]))
    expectWhole(text)
    #expect(text.contains("<summary>120 more rows</summary>"))
    #expect(text.contains("On paper: the first 40 of 620 rows."))
    #expect(text.contains("@media print") && text.contains("nth-child(n+41){display:none}"))
    let few = page(try Fixture("mlp_iris").session())
    #expect(!few.contains("<details>") && !few.contains("On paper"))
  }

  private func expectWhole(_ text: String) {
    #expect(text.hasPrefix("<!DOCTYPE html>\n"))
    #expect(unbalanced(text) == nil)
    // Nothing from elsewhere, nothing that could move a cursor or hide.
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] {
      #expect(!text.contains(outside), "\(outside)")
    }
    let control = text.unicodeScalars.first {
      ($0.value < 0x20 && $0 != "\n") || (0x7f...0x9f).contains($0.value) || $0 == "\u{202e}"
    }
    #expect(control == nil)
    #expect(!text.contains("<b>&\u{1b}"))
    expectBars(text)
  }

  /// The pieces of every stacked bar add up to its length.
  private func expectBars(_ text: String) {
    for bar in text.split(separator: "<svg class=\"stack\"").dropFirst() {
      guard let end = bar.firstRange(of: "</svg>")?.lowerBound else {
        Issue.record("a bar is not closed")
        return
      }
      let pieces = bar[..<end].split(separator: "<rect").dropFirst()
      let sum = pieces.reduce(0.0) { $0 + (number("width", in: $1) ?? 0) }
      let length = number("data-length", in: bar[..<end]) ?? -1
      guard !pieces.isEmpty else { continue }
      #expect((sum - length).magnitude <= 0.001 * Double(pieces.count + 1))
    }
  }

  private func number(_ attribute: String, in text: Substring) -> Double? {
    guard let start = text.firstRange(of: " \(attribute)=\"")?.upperBound else { return nil }
    return Double(text[start...].prefix { $0 != "\"" })
  }

  /// The first tag that does not fit; nil if all elements are closed in order.
  private func unbalanced(_ text: String) -> String? {
    var open: [Substring] = []
    for piece in text.split(separator: "<", omittingEmptySubsequences: true).dropFirst() {
      guard let end = piece.firstIndex(of: ">") else { return String(piece.prefix(40)) }
      let tag = piece[..<end]
      guard tag.filter({ $0 == "\"" }).count % 2 == 0 else { return String(tag) }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return String(tag) }
      } else if !tag.hasSuffix("/") {
        open.append(tag.prefix { $0 != " " })
      }
    }
    return open.first.map(String.init)
  }
}
