import Foundation
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing
import WeightFiles

/// One model in every form that people have it in, against its stream.
@Suite struct AgainstOriginalsTests {
  private static let folder = Fixture.folder.appending(path: "Originals")

  private static func path(_ file: String) -> String { folder.appending(path: file).path }

  private func session(_ file: String) throws -> Session {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: file)))
    return Session([(MemorySource(bytes), file)])
  }

  private func report(
    _ stream: String, _ files: [String], mapping: NameMapping? = nil
  ) throws -> AgainstReport {
    let original = WeightFile.joined(try files.map { try WeightFile.open(Self.path($0)) })
    return try session(stream).report(
      against: original, file: files.joined(separator: ", "), scope: .alone(file: 1, of: 1),
      stream: 0, mapping: mapping)
  }

  private func errors(_ report: AgainstReport) -> [String: Double] {
    Dictionary(uniqueKeysWithValues: report.rows.map { ($0.name, $0.errors.maxError) })
  }

  @Test(arguments: [
    ["state-dict.pt"], ["checkpoint.pth"], ["checkpoint.pth:state_dict"], ["whole-module.pt"],
    ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"],
    ["model.safetensors.index.json"], ["prefixed.safetensors"], ["one-fp8.safetensors"],
    ["one-f4.safetensors"],
  ])
  func everyFormGivesTheSameErrors(_ files: [String]) throws {
    let wanted = errors(try report("model.nnc", ["model.safetensors"]))
    #expect(wanted.count == 8 && wanted.values.contains { $0 > 0 })
    let found = try report("model.nnc", files)
    #expect(errors(found) == wanted)
    #expect(found.missing.isEmpty && found.refused.isEmpty && found.emptiness == nil)
  }

  /// ONNX has no counter of batches, as the stream has none.
  @Test func onnxHasAllOfTheStream() throws {
    let wanted = errors(try report("model.nnc", ["model.safetensors"]))
    let found = try report("model.nnc", ["m.onnx"])
    #expect(errors(found) == wanted && found.missing.isEmpty && found.extra.isEmpty)
  }

  /// The original rounded to bfloat16 is read as such: its errors differ, and are those of its values.
  @Test func roundedOriginals() throws {
    let exact = try WeightFile.open(Self.path("model.safetensors")).tensor(named: "2.bias")
    let rounded = try WeightFile.open(Self.path("bf16.pt")).tensor(named: "2.bias")
    for (value, other) in zip(try #require(exact).floats, try #require(rounded).floats) {
      let bits = value.bitPattern
      let isUp = bits & 0xFFFF > 0x8000 || (bits & 0xFFFF == 0x8000 && bits >> 16 & 1 == 1)
      #expect(other.bitPattern == (bits & 0xFFFF_0000) &+ (isUp ? 0x10000 : 0))
    }
    #expect(try report("model.nnc", ["bf16.pt"]).rows.count == 8)
  }

  @Test func prefixesAreSaid() throws {
    let found = try report("model.nnc", ["prefixed.safetensors"])
    #expect(found.mapping.rule == "without \"model.\" in the file")
    #expect(
      AgainstText.text(found, width: nil).contains(
        "8 compared\n  names matched without \"model.\" in the file\n"))
    #expect(found.extra == ["model.1.num_batches_tracked"])
  }

  @Test func twinsStandForTheirTensor() throws {
    let found = try report("tied.nnc", ["tied.safetensors"])
    #expect(Set(found.rows.map(\.name)).isSuperset(of: ["emb.weight", "head.weight"]))
    #expect(found.missing.isEmpty)
  }

  @Test func nothingComparedIsSaid() throws {
    let found = try report("model.nnc", ["tied.safetensors"])
    #expect(
      found.emptiness
        == "nothing was compared with tied.safetensors: the stream has 0.weight, 0.bias, 1.weight, …, the file has emb.weight, head.weight; --map FILE says which is which"
    )
  }

  @Test func structuredArraysAreRefused() throws {
    #expect(throws: TensorFileError.unsupported("a structured array")) {
      try WeightFile.open(Self.path("record.npy"))
    }
  }

  @Test func mapsSayWhichIsWhich() throws {
    let folder = try TemporaryFolder()
    let map = "# names\n\n2.bias\tmodel.2.bias\n"
    try map.write(toFile: folder.file("map"), atomically: true, encoding: .utf8)
    let mapping = try NameMapping.read(folder.file("map"))
    let found = try report("model.nnc", ["prefixed.safetensors"], mapping: mapping)
    #expect(found.rows.map(\.name) == ["2.bias"] && found.missing.count == 7)
  }
}
