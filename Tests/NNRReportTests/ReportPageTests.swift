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
