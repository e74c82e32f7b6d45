import Foundation
import NNRBits
import TestSupport
import Testing

@testable import WeightFiles

/// What files are by their first bytes.
@Suite struct FileKindTests {
  private func kind(_ bytes: [UInt8]) throws -> FileKind? { try .of(MemorySource(bytes)) }

  @Test func marks() throws {
    let marked: [(FileKind, [UInt8])] = [
      (.gzip, [0x1F, 0x8B, 8, 0]), (.zstandard, [0x28, 0xB5, 0x2F, 0xFD, 0]),
      (.gguf, Array("GGUF".utf8) + [3, 0, 0, 0]), (.pickle, [0x80, 4, 0x95, 1]),
      (.hdf5, [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]),
      (.tflite, [0x1C, 0, 0, 0] + Array("TFL3".utf8)),
      (.mp4, [0, 0, 0, 0x20] + Array("ftypisom".utf8)),
      (.heif, [0, 0, 0, 0x18] + Array("ftypheic".utf8)), (.annexB, [0, 0, 0, 1, 0x40, 1]),
      (.png, [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), (.elf, [0x7F] + Array("ELF".utf8)),
      (.zip, Array("PK\u{3}\u{4}".utf8)), (.text, Array("naïve\n".utf8)),
      (.json, Array(" {}".utf8)),
      (.shardIndex, Array(#"{"weight_map": {}}"#.utf8)), (.empty, []),
      (.flatBuffers, [16, 0, 0, 0, 0, 0, 10, 0, 4, 0, 8, 0, 0, 0, 0, 0, 10, 0, 0, 0]),
    ]
    for (wanted, bytes) in marked { #expect(try kind(bytes) == wanted) }
    for bytes: [UInt8] in [[0], [1, 2, 3], [0x80], [0xFF], [0, 4, 2, 0, 0, 6, 4, 0]] {
      #expect(try kind(bytes) == nil)
    }
  }

  @Test(arguments: [
    ("dict.pt", FileKind.torch), ("legacy.pt", .torchLegacy), ("arrays.npz", .npz),
    ("fortran.npy", .npy), ("fields.onnx", .onnx), ("types.safetensors", .safetensors),
  ])
  func files(name: String, wanted: FileKind) throws {
    let data = try Data(contentsOf: OriginalsTests.folder.appending(path: name))
    #expect(try kind([UInt8](data)) == wanted)
    #expect(wanted.isWeights)
  }

  /// No stream of the fixtures is taken for something else.
  @Test func streamsAreNoneOfThem() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Fixture.folder.path)
      .filter { $0.hasSuffix(".nnc") }
    #expect(names.count > 100)
    for name in names {
      let source = try FileSource(path: Fixture.folder.appending(path: name).path)
      #expect(try FileKind.of(source) == nil, "\(name)")
    }
  }

  @Test func kindsThatAreNotReadSayWhatToDo() {
    let reason = "\(TensorFileError.foreign(.hdf5))"
    #expect(reason.hasPrefix("an HDF5 file, none of PyTorch, safetensors, ONNX, npz and npy; "))
    #expect(reason.contains("h5py"))
    #expect(
      FileKind.allCases.allSatisfy { !$0.name.isEmpty && !($0.isWeights && $0.conversion != nil) })
  }
}
