import Foundation
import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TestSupport
import Testing
import WeightFiles

/// What is exported reads back as what was decoded.
@Suite struct TensorExportTests {
  private func parameters(_ session: Session) -> [ModelParameter] {
    var found: [ModelParameter] = []
    session.parameters(stream: session.streams.count - 1) {
      found.append($0)
      return true
    }
    return found
  }

  @Test(arguments: [
    "cnn_lsa", "codebook_p1", "int_tensors", "raw_float_mid", "decomposed_p1_scan0",
  ])
  func safetensorsHoldTheModel(_ name: String) throws {
    let folder = try TemporaryFolder()
    let session = try Fixture(name).session()
    let wanted = parameters(session)
    // Kept in memory, and decoded twice: the same bytes.
    for budget in [1 << 30, 0] {
      let outcome = try TensorExport.safetensors(
        session, ExportRequest(), to: folder.file("\(budget).safetensors"), budget: budget)
      #expect(outcome.failures.isEmpty)
      #expect(outcome.written.map(\.name) == wanted.map(\.name))
    }
    let bytes = try folder.bytes("0.safetensors")
    #expect(try folder.bytes("\(1 << 30).safetensors") == bytes)
    let archive = try WeightFile.read(MemorySource(bytes), path: "m")
    #expect(archive.names == wanted.map(\.name))
    let metadata = Dictionary(
      archive.metadata.map { ($0.key, $0.text) }, uniquingKeysWith: { first, _ in first })
    for parameter in wanted {
      let tensor = try #require(try archive.tensor(named: parameter.name))
      #expect(tensor.shape == parameter.dimensions)
      #expect(tensor.floats.map(\.bitPattern) == parameter.floats.map(\.bitPattern))
      #expect(metadata["\(parameter.name).source"] == name)
      #expect(
        metadata["\(parameter.name).quantizer"]
          == parameter.dequantizer.quantizer.rawValue)
      #expect(metadata["\(parameter.name).qp"] == parameter.dequantizer.qp.map { "\($0)" })
    }
  }

  @Test func folderOfNumpyFiles() throws {
    let folder = try TemporaryFolder()
    let session = try Fixture("names").session()
    let path = folder.file("out")
    let outcome = try TensorExport.folder(session, ExportRequest(), as: .npy, to: path)
    let wanted = parameters(session)
    #expect(outcome.written.count == wanted.count)
    #expect(Set(outcome.written.map { $0.target.lowercased() }).count == wanted.count)
    for (written, parameter) in zip(outcome.written, wanted) {
      #expect(!written.target.contains("/") && !written.target.hasPrefix("."))
      #expect(written.target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f })
      let file = try WeightFile.open(folder.file("out/\(written.target)"))
      let tensor = try #require(file.tensors.first).data()
      #expect(tensor.shape == parameter.dimensions)
      #expect(tensor.floats == parameter.floats)
    }
    let index = try JSONSerialization.jsonObject(with: Data(try folder.bytes("out/tensors.json")))
    let listed = try #require((index as? [String: Any])?["tensors"] as? [[String: Any]])
    #expect(listed.map { $0["name"] as? String } == wanted.map(\.name))
  }

  @Test func levelsAndCodedTensors() throws {
    let folder = try TemporaryFolder()
    let session = try Fixture("cnn_lsa").session()
    let weight = try #require(
      session.directory(0).tensors.first { $0.role == .weight && ($0.dimensions?.count ?? 0) > 1 })
    var request = ExportRequest()
    request.tensor = weight.name
    request.content = .levels
    #expect(request.names(in: session).contains(weight.name))
    _ = try TensorExport.one(session, request, as: .npy, to: folder.file("levels.npy"))
    request.content = .coded
    _ = try TensorExport.one(session, request, as: .raw, to: folder.file("coded.bin"))
    let levels = try WeightFile.open(folder.file("levels.npy")).tensors[0].data()
    #expect(levels.shape == weight.dimensions)
    let version = try #require(session.version(of: weight, in: 0))
    #expect(levels.int32s == version.levels)
    let decoded = UnitFigures(session, stream: 0, unit: weight.unit)
    let step = try #require(
      decoded.tensors.first { $0.start.tensor.name == weight.name }?.start.dequantizer.stepSize)
    let bytes = try folder.bytes("coded.bin")
    #expect(bytes.count == version.levels.count * 4)
    let first = Float(step) * Float(version.levels[0])
    let pattern = bytes[0..<4].reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    #expect(pattern == first.bitPattern)
  }

  @Test func accumulatedChain() throws {
    let folder = try TemporaryFolder()
    let session = try Fixture("tca_update2").session()
    var request = ExportRequest()
    request.accumulates = true
    _ = try TensorExport.safetensors(
      session, request, to: folder.file("m.safetensors"), budget: 1 << 30)
    let archive = try WeightFile.open(folder.file("m.safetensors"))
    var count = 0
    _ = try session.accumulatedParameters { parameter in
      let tensor = try #require(try archive.tensor(named: parameter.name))
      #expect(tensor.floats == parameter.floats)
      count += 1
      return true
    }
    #expect(archive.tensors.count == count)
  }

  @Test func damagedUnitsAreNamed() throws {
    let folder = try TemporaryFolder()
    var bytes = try Fixture("mlp_iris").bytes()
    let whole = try Fixture("mlp_iris").session()
    let unit = try #require(whole.directory(0).tensors.last?.unit)
    // The last payload byte holds the stop bit.
    let end = whole.streams[0].index.entries[unit].bytes.upperBound
    bytes[end - 1] = 0
    let session = Session([(MemorySource(bytes), "damaged")])
    let outcome = try TensorExport.folder(
      session, ExportRequest(), as: .csv, to: folder.file("out"))
    #expect(outcome.failures.map(\.unit) == [unit])
    #expect(outcome.written.count == whole.directory(0).tensors.count - 1)
    var request = ExportRequest()
    request.tensor = whole.directory(0).tensors.last?.name
    let one = try TensorExport.one(session, request, as: .npy, to: folder.file("x.npy"))
    #expect(one.written.isEmpty && one.failures.count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.file("x.npy")))
  }

  @Test func impossiblePlaces() throws {
    let folder = try TemporaryFolder()
    let session = try Fixture("mlp_iris").session()
    let missing = folder.file("no/such/folder/m.safetensors")
    #expect(throws: ExportError.self) {
      try TensorExport.safetensors(session, ExportRequest(), to: missing, budget: 0)
    }
    try Data().write(to: URL(filePath: folder.file("file")))
    #expect(throws: ExportError.self) {
      try TensorExport.folder(session, ExportRequest(), as: .npy, to: folder.file("file"))
    }
  }
}
