import Foundation
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing
import WeightFiles

/// Exports that are like the file that a model came from.
@Suite struct LikeExportTests {
  private static let folder = Fixture.folder.appending(path: "Originals")

  private func session() throws -> Session {
    let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: "model.nnc")))
    return Session([(MemorySource(bytes), "model.nnc")])
  }

  private func export(
    _ original: WeightFile, as format: ExportFormat = .safetensors, budget: Int = 1 << 20
  ) throws -> (file: WeightFile, outcome: ExportOutcome) {
    let folder = try TemporaryFolder()
    let outcome = try TensorExport.like(
      original, try session(), ExportRequest(), as: format,
      to: folder.file("x"), budget: budget)
    let bytes = try folder.bytes("x")
    return (try WeightFile.read(MemorySource(bytes), path: "x"), outcome)
  }

  private func original(_ name: String) throws -> WeightFile {
    try WeightFile.open(Self.folder.appending(path: name).path)
  }

  /// Names, order, types and sides are those of the original, values those of the stream rounded once.
  @Test(arguments: ["model.safetensors", "prefixed.safetensors", "bf16.pt", "checkpoint.pth"])
  func formIsThatOfTheOriginal(_ name: String) throws {
    let original = try original(name)
    var values: [String: [Double]] = [:]
    try session().parameters(stream: 0) { parameter in
      values[parameter.name] = parameter.floats.map(Double.init)
      return true
    }
    // Kept for the writing, or decoded a second time.
    for budget in [1 << 20, 100] {
      let (file, outcome) = try export(original, budget: budget)
      #expect(outcome.remarks.isEmpty && outcome.written.count == 8)
      #expect(outcome.taken.map { String($0.suffix(21)) } == ["1.num_batches_tracked"])
      #expect(file.names == original.names)
      #expect(file.metadata.map(\.key) == original.metadata.map(\.key))
      for (tensor, wanted) in zip(file.tensors, original.tensors) {
        #expect(tensor.shape == wanted.shape && tensor.element == wanted.element)
        let plain = tensor.name.hasPrefix("model.") ? String(tensor.name.dropFirst(6)) : tensor.name
        let exact = try values[plain] ?? wanted.data().doubles
        let element = try #require(tensor.element)
        var bytes: [UInt8] = []
        #expect(element.append(exact, to: &bytes) == 0)
        #expect(try tensor.data().bytes == bytes)
      }
    }
  }

  /// The same as an archive of numpy, which has no metadata, and no bfloat16: that is said.
  @Test func anArchiveOfNumpyIsTheSame() throws {
    for name in ["model.safetensors", "checkpoint.pth"] {
      let original = try original(name)
      let (expected, _) = try export(original)
      for budget in [1 << 20, 100] {
        let (file, outcome) = try export(original, as: .npz, budget: budget)
        let lost = original.metadata.isEmpty ? [] : ["metadata is left out: npz has none"]
        #expect(outcome.remarks == lost && outcome.written.count == 8)
        #expect(Set(file.names) == Set(expected.names))
        for tensor in file.tensors {
          let wanted = try #require(expected[tensor.name])
          #expect(tensor.shape == wanted.shape && tensor.element == wanted.element)
          #expect(try tensor.data().bytes == wanted.data().bytes)
        }
      }
    }
    let folder = try TemporaryFolder()
    let refused = try TensorExport.like(
      try original("bf16.pt"), try session(), ExportRequest(), as: .npz, to: folder.file("x"),
      budget: 1 << 20)
    #expect(refused.remarks.count == 8 && refused.written.isEmpty && folder.names.isEmpty)
    #expect(refused.remarks.allSatisfy { $0.contains("npz has no") })
  }

  @Test func whatOneOfThemLacksIsSaid() throws {
    let (file, outcome) = try export(try original("m.onnx"))
    #expect(file.names == (try original("m.onnx")).names)
    #expect(outcome.remarks.isEmpty && outcome.taken.isEmpty)
    let other = try export(try original("one-fp8.safetensors"))
    #expect(other.outcome.remarks == ["scale is left out: the stream does not have it"])
  }

  /// Without a tensor in common there is no file.
  @Test func nothingInCommonWritesNothing() throws {
    let folder = try TemporaryFolder()
    let outcome = try TensorExport.like(
      try original("tied.safetensors"), try session(), ExportRequest(), to: folder.file("x"),
      budget: 1 << 20)
    #expect(outcome.written.isEmpty && folder.names.isEmpty)
    #expect(outcome.remarks.count == 9)
  }
}
