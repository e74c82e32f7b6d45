import Testing
import YAML

/// YAML is read with the place of everything in it, and what cannot be read is refused at its place.
@Suite struct YAMLNodeTests {
  @Test func valuesHaveTheirPlaces() throws {
    let text = """
      # conditions
      - id: short-names
        text: >
          No name is longer
          than 8 bytes.
        severity: "warning"
      - {id: qp, list: [1, 'two']}
      """
    let list = try #require(try YAMLNode.read(text)?.list)
    #expect(list.map(\.place.description) == ["2:3", "7:3"])
    #expect(list[0]["id"]?.text == "short-names")
    #expect(list[0]["text"]?.text == "No name is longer than 8 bytes.\n")
    #expect(list[0]["severity"]?.place.description == "6:13")
    #expect(list[0]["nothing"] == nil)
    #expect(list[0].map?.map(\.key.text) == ["id", "text", "severity"])
    #expect(list[0].map?.map(\.key.place.line) == [2, 3, 6])
    let inner = try #require(list[1]["list"]?.list)
    #expect(inner.map(\.text) == ["1", "two"])
    #expect(inner.map(\.place.description) == ["7:19", "7:22"])
  }

  @Test(arguments: [
    ("true", true), ("No", false), ("on", true), ("'true'", nil), ("1", nil), ("[true]", nil),
  ])
  func truthIsWrittenWithoutQuotes(_ text: String, _ truth: Bool?) throws {
    #expect(try YAMLNode.read(text)?.truth == truth)
  }

  @Test(arguments: ["", "# nothing", "---\n", "\n\n"]) func nothingIsNoValue(_ text: String) throws
  {
    #expect(try YAMLNode.read(text) == nil)
  }

  @Test(arguments: [
    ("a: [1,", "1:7: "), ("a: [1,\n", "2:1: "),
    ("a: 1\nb: 2\n\na: 3", "4:1: a stands twice, first in line 1"),
    ("a: &x 1\nb: *x", "2:4: aliases are not read here"), ("a\n---\nb", "2:1: a second document"),
    ("é: \u{7}", "1:4: control characters"), ("a: \"b", "1:6: "), ("{a: b", "1:6: "),
    (String(repeating: "[", count: 70), "1:65: values nest more than 64 deep"),
    (String(repeating: "- ", count: 70), "1:129: values nest more than 64 deep"),
  ])
  func saysWhereItStumbles(_ text: String, _ reason: String) {
    #expect { _ = try YAMLNode.read(text) } throws: { "\($0)".hasPrefix(reason) }
  }

  /// Every text of a few characters that mean something is read or refused.
  @Test func anyTextComesBack() {
    let characters = ["a", ":", " ", "-", "\n", "[", "}", "\"", "&", "|", "\t", "#"]
    var texts = [""]
    var refused = 0
    for _ in 0..<4 { texts = texts.flatMap { text in characters.map { text + $0 } } }
    for text in texts {
      do { _ = try YAMLNode.read(text) } catch {
        refused += 1
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect((1...lines.count).contains(error.place.line), "\(text): \(error)")
      }
    }
    #expect(refused > 1000 && refused < texts.count)
  }
}
