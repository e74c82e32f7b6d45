import Foundation
import NNRBits
import NNRReport
import TestSupport
import Testing
import WeightFiles

/// A header as numpy writes it: version 1, filled to 128 bytes.
private func numpyHeader(_ text: String) -> [UInt8] {
  var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(text.utf8)
  while bytes.count < 127 { bytes.append(0x20) }
  return bytes + [0x0A]
}

/// The one tensor of a `.npy` file.
private func tensor(_ bytes: [UInt8]) throws -> TensorData {
  try #require(try WeightFile.read(MemorySource(bytes), path: "a.npy").tensor(named: "a"))
}

/// The tensors of an archive.
private func archive(_ bytes: [UInt8]) throws -> WeightFile {
  try WeightFile.read(MemorySource(bytes), path: "a.npz")
}

private func bytes(hex: String) -> [UInt8] {
  var result: [UInt8] = []
  var rest = hex[...]
  while let value = UInt8(rest.prefix(2), radix: 16) {
    result.append(value)
    rest = rest.dropFirst(2)
  }
  return result
}

@Suite struct NumpyTests {
  @Test func writesWhatNumpyWrites() throws {
    let folder = try TemporaryFolder()
    let writer = try ElementWriter<Float>(path: folder.file("a.npy"), shape: [2, 3], asNumpy: true)
    try writer.append([1.5, -2, 3])
    try writer.append([4, 5e-3, .infinity])
    try writer.finish()
    let wanted =
      numpyHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
      + bytes(hex: "0000c03f000000c000004040000080400ad7a33b0000807f")
    #expect(try folder.bytes("a.npy") == wanted)
    #expect(folder.names == ["a.npy"])
  }

  @Test(arguments: [[], [0], [5], [2, 0, 3], [2, 3, 4], [Int](repeating: 1, count: 30_000)])
  func shapesReadBack(shape: [Int]) throws {
    let folder = try TemporaryFolder()
    let count = shape.reduce(1, *)
    let levels = (0..<Int32(count)).map { $0 - 3 }
    let writer = try ElementWriter<Int32>(path: folder.file("a.npy"), shape: shape, asNumpy: true)
    try writer.append(levels[...])
    try writer.finish()
    let file = try folder.bytes("a.npy")
    #expect((file.count - 4 * count) % 64 == 0)
    guard shape.count <= 64 else { return #expect(file[6] == 2) }
    let read = try tensor(file)
    #expect(read.shape == shape && read.element == .int32 && read.int32s == levels)
  }

  @Test func readsWhatNumpyWrites() throws {
    let fortran = try tensor(
      numpyHeader("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }")
        + bytes(hex: "000000030001000400020005"))
    #expect(fortran.int32s == [0, 1, 2, 3, 4, 5] && fortran.shape == [2, 3])
    let scalar = try tensor(
      numpyHeader("{'descr': '<i8', 'fortran_order': False, 'shape': (), }")
        + bytes(hex: "0700000000000000"))
    #expect(scalar.doubles == [7] && scalar.shape == [])
    let halves = try tensor(
      numpyHeader("{'descr': '<f2', 'fortran_order': False, 'shape': (5,), }")
        + bytes(hex: "003e00b4ff7b0100007e"))
    #expect(halves.doubles.prefix(4) == [1.5, -0.25, 65504, 0x1p-24] && halves.doubles[4].isNaN)
    #expect(halves.int32s == nil)
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999, 9999999999), }",
    "{'descr': '<f4', 'fortran_order': True, 'shape': (4611686018427387904, 4), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
    "{'descr': '', 'fortran_order': False, 'shape': (1,), }", "{'descr': '<f4'", "", "{", "{'a",
  ])
  func refusesHostileHeaders(text: String) {
    #expect(throws: TensorFileError.self) {
      try tensor(numpyHeader(text) + [0, 0, 0, 0])
    }
  }

  @Test func cutFilesAreRefused() {
    let whole =
      numpyHeader("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }") + [0, 0, 0, 0]
    for length in 0..<whole.count {
      #expect(throws: TensorFileError.self) { try tensor(Array(whole.prefix(length))) }
    }
  }
}

@Suite struct NumpyArchiveTests {
  private let deflated =
    "UEsDBC0AAAAIAAAAIQD+dB7U//////////8FABQAdy5ucHkBABAAkAAAAAAAAABOAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TaaKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GiY6mjoKtQoUAC4GIGAEYiYgZgZiAFBLAwQtAAAACAAAACEApwJsfP//////////BQAUAGIubnB5AQAQAKAAAAAAAAAASQAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOgpGmjoKtQpkAy4GAgAAUEsBAi0DLQAAAAgAAAAhAP50HtROAAAAkAAAAAUAAAAAAAAAAAAAAIABAAAAAHcubnB5UEsBAi0DLQAAAAgAAAAhAKcCbHxJAAAAoAAAAAUAAAAAAAAAAAAAAIABhQAAAGIubnB5UEsFBgAAAAACAAIAZgAAAAUBAAAAAA=="
  private let stored =
    "UEsDBC0AAAAAAAAAIQAkA95Y//////////8FABQAdy5ucHkBABAAhAAAAAAAAACEAAAAAAAAAJNOVU1QWQEAdgB7J2Rlc2NyJzogJ3x1MScsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICg0LCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAAECA1BLAQItAy0AAAAAAAAAIQAkA95YhAAAAIQAAAAFAAAAAAAAAAAAAACAAQAAAAB3Lm5weVBLBQYAAAAAAQABADMAAAC7AAAAAAA="

  private func bytes(_ base64: String) throws -> [UInt8] {
    Array(try #require(Data(base64Encoded: base64)))
  }

  @Test func readsWhatNumpyWrites() throws {
    let file = try archive(try bytes(deflated))
    #expect(file.names == ["w", "b"])
    #expect(try file.tensor(named: "w")?.int32s == [0, 1, 2, 3])
    #expect(try file.tensor(named: "b")?.doubles == [0, 0, 0, 0])
    #expect(try file.tensor(named: "b")?.shape == [2, 2])
    #expect(try file.tensor(named: "c") == nil)
    #expect(try archive(try bytes(stored)).tensor(named: "w")?.int32s == [0, 1, 2, 3])
  }

  /// Whatever byte is changed or lost: an error or the same tensors, never a trap.
  @Test func damageNeverTraps() throws {
    var generator = SeededGenerator(seed: 11)
    for source in [deflated, stored] {
      let whole = try bytes(source)
      for index in whole.indices {
        var broken = whole
        broken[index] = UInt8.random(in: 0...255, using: &generator)
        if Bool.random(using: &generator) { broken.removeLast(index % 7) }
        guard let file = try? archive(broken) else { continue }
        for name in file.names { _ = try? file.tensor(named: name) }
      }
    }
  }
}
