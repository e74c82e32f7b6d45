import Foundation
import NNRBits
import NNRModel
import TestSupport
import Testing

// What stands between the marks is the code of the page on embedding, word for word.

// page
func places(of name: String, in session: Session) -> [(unit: Int, bits: BitRange, value: Int?)] {
  let stream = session.streams[0]
  var found: [(unit: Int, bits: BitRange, value: Int?)] = []
  for unit in 0..<stream.unitCount {
    guard let tree = stream.tree(unit) else { continue }
    for node in tree.elements.map({ tree.nodes[$0] }) where node.name == name {
      found.append((unit, node.range, node.value.number))
    }
  }
  return found
}
// page
func absoluteSums(of session: Session) -> (sums: [String: Float], problems: [String]) {
  var sums: [String: Float] = [:]
  let failures = session.parameters(stream: 0) { parameter in
    sums[parameter.name] = parameter.floats.reduce(0) { $0 + abs($1) }
    return true
  }
  return (sums, failures.map { "unit \($0.unit): \($0.failure.rule.id) \($0.failure)" })
}
// page
final class ZeroCounter: TensorSink {
  private(set) var zeros: [String: Int] = [:]
  private var name = ""

  func begin(_ start: TensorStart) { name = start.tensor.name }
  func take(_ levels: ArraySlice<Int32>, first: Int) {
    zeros[name, default: 0] += levels.count { $0 == 0 }
  }
  func end(_ end: TensorEnd) {}
  var wantsMore: Bool { true }
}
// page
func openModel(_ path: String) throws -> Session {
  Session([(source: try openSource(path), name: path)])
}
// end

/// The library can be used as its page says.
@Suite struct EmbeddingTests {
  private static let root = Fixture.folder.deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func thePageShowsThisCode() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let parts = source.components(separatedBy: "\n// page\n").dropFirst()
      .map { $0.components(separatedBy: "\n// end\n")[0] }
    let page = try String(
      contentsOf: Self.root.appending(path: "Sources/NNRModel/NNRModel.docc/Embedding.md"),
      encoding: .utf8)
    let shown = page.components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
    #expect(parts.count == 4)
    #expect(shown == parts)
  }

  @Test func itFindsElementsAndWeights() throws {
    let session = try openModel(Self.root.appending(path: "Samples/worked-example.nnc").path)
    let flags = places(of: "dq_flag", in: session)
    #expect(flags.map(\.unit) == [3])
    #expect(flags.map(\.bits) == [BitRange(start: 63, length: 1)])
    #expect(flags.map(\.value) == [0])
    let (sums, problems) = absoluteSums(of: session)
    // 0.5, -0.25, 0; 0, 0, 0.75
    #expect(sums == ["w": 1.5])
    #expect(problems == [])
    let counter = ZeroCounter()
    #expect(session.decode(stream: 0, unit: 3, into: counter) == nil)
    #expect(counter.zeros == ["w": 3])
  }
}
