import NNRBits
import Testing

@testable import WeightFiles

/// Names that differ by a rule.
@Suite struct NameMappingTests {
  private func file(_ tensors: [(String, [Int])]) throws -> WeightFile {
    WeightFile(
      format: "test",
      try tensors.map { name, shape in
        let count = shape.reduce(1, *)
        let source = MemorySource((0..<UInt8(count)).map { $0 })
        let layout = try TensorLayout(ElementBytes(source, 0..<count), .uint8, shape: shape)
        return WeightTensor(name, shape: shape, type: "U8", .success(layout))
      })
  }

  private func proposed(_ model: [(String, [Int]?)], _ tensors: [(String, [Int])]) throws
    -> NameMapping
  {
    .proposed(for: model.map { .init($0.0, shape: $0.1) }, in: try file(tensors))
  }

  @Test(arguments: [
    ("module.", "", "without \"module.\" in the file"),
    ("_orig_mod.model.", "", "without \"_orig_mod.model.\" in the file"),
    ("", "net.", "without \"net.\" in the stream"),
  ])
  func prefixes(file: String, model: String, rule: String) throws {
    let found = try proposed(
      [(model + "a.weight", [2]), (model + "b.bias", nil)],
      [(file + "extra", [1]), (file + "a.weight", [2]), (file + "b.bias", [3])])
    #expect(found.rule == rule)
    #expect(found.name(of: model + "a.weight") == file + "a.weight")
  }

  /// What stands within names, or is written in the way of TensorFlow.
  @Test func otherSpellings() throws {
    let compiled = try proposed(
      [("encoder.a", [2]), ("b", [1])], [("encoder._orig_mod.a", [2]), ("module.b", [1])])
    #expect(compiled.name(of: "encoder.a") == "encoder._orig_mod.a")
    let flow = try proposed([("dense.bias", [2])], [("dense/bias:0", [2]), ("x", [1])])
    #expect(flow.name(of: "dense.bias") == "dense/bias:0")
    #expect(flow.rule == "without \":0\", with \"/\" as \".\"")
  }

  @Test func agreementAsItIsNeedsNoRule() throws {
    let found = try proposed([("a", [2]), ("b", [1])], [("a", [2]), ("b", [1]), ("model.a", [2])])
    #expect(found.rule == nil && found.names.isEmpty)
  }

  /// A rule that leaves names of both sides over, or finds other shapes, is none.
  @Test func halfARuleIsNone() throws {
    #expect(try proposed([("a", [2]), ("b", [1])], [("model.a", [2]), ("c", [1])]).rule == nil)
    #expect(try proposed([("a", [2])], [("model.a", [3])]).rule == nil)
    #expect(try proposed([("a", [2]), ("b", nil)], [("x.a", [2]), ("y.b", [1])]).rule == nil)
    // Two names of one form are no answer.
    #expect(try proposed([("a", [2])], [("module.a", [2]), ("_orig_mod.a", [2])]).rule != nil)
    #expect(
      try proposed([("q.a", [2])], [("q.module.a", [2]), ("q._orig_mod.a", [2])]).rule == nil)
  }

  @Test func sidesOfKerasAreTurned() throws {
    let tensors: [(String, [Int])] = [
      ("layers/conv2d/vars/0", [3, 2, 1, 4]), ("layers/conv2d/vars/1", [4]),
      ("layers/dense/vars/0", [3, 2]),
    ]
    let model: [(String, [Int]?)] = [
      ("conv2d/kernel:0", [4, 1, 3, 2]), ("conv2d/bias:0", [4]), ("dense/kernel:0", [2, 3]),
    ]
    let found = try proposed(model, tensors)
    #expect(found.rule?.contains("turned to O×I×H×W") == true)
    #expect(found.name(of: "dense/kernel:0") == "layers/dense/vars/0")
    let file = try file(tensors)
    let dense = found.arranged(try #require(file["layers/dense/vars/0"]))
    #expect(dense.shape == [2, 3])
    #expect(try dense.data().doubles == [0, 2, 4, 1, 3, 5])
    // (h, w, i, o) stands at 8 h + 4 w + 4 i + o, as there is one input.
    let convolution = try found.arranged(try #require(file["layers/conv2d/vars/0"])).data().doubles
    let wanted = (0..<4).flatMap { o in (0..<6).map { Double(4 * $0 + o) } }
    #expect(convolution == wanted)
    // Without a turn no rule is needed, and none is said.
    let same = try proposed(tensors.map { ($0.0, $0.1) }, tensors)
    #expect(same.rule == nil)
  }

  @Test func maps() throws {
    let lines = try NameMapping.read(Array("# a\n\na\tb c\r\nd\te\n".utf8))
    #expect(lines.names == ["a": "b c", "d": "e"])
    let json = try NameMapping.read(Array(#" {"a": "b"}"#.utf8))
    #expect(json.names == ["a": "b"])
    for text in ["", "a b\n", "a\tb\na\tc\n", "a\tb\tc", "{\"a\": 1}", "{", "{}"] {
      #expect(throws: TensorFileError.self) { try NameMapping.read(Array(text.utf8)) }
    }
  }
}
