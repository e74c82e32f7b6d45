import Foundation
import NNRBits
import TestSupport
import Testing

/// Files that change while they are open, and what is no file.
@Suite struct FileSourceTests {
  private let original: [UInt8]
  private let file: TemporaryFile
  private let source: FileSource

  init() throws {
    original = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    file = try TemporaryFile(original)
    try file.makeOld()
    source = try FileSource(path: file.path)
  }

  @Test func readsAnyPartAndCutsAtTheEnd() throws {
    #expect(source.count == original.count)
    #expect(try source.read(0..<original.count) == original)
    #expect(try source.read(4090..<4110) == Array(original[4090..<4110]))
    #expect(try source.read(9_990..<20_000) == Array(original[9_990...]))
    #expect(try source.read(20_000..<30_000).isEmpty)
    #expect(source.change() == nil)
  }

  @Test func aShrunkFileIsAnErrorWhereBytesAreGone() throws {
    try file.resize(to: 5_000)
    #expect(source.change() == .shrunk(from: 10_000, to: 5_000))
    #expect(try source.read(0..<5_000) == Array(original[0..<5_000]))
    #expect(throws: SourceError.shrunk(wantedEnd: 6_000, available: 5_000)) {
      try source.read(4_000..<6_000)
    }
    try file.resize(to: 0)
    #expect(throws: SourceError.shrunk(wantedEnd: 1, available: 0)) { try source.read(0..<1) }
  }

  @Test func theReaderReportsAShrunkFile() throws {
    var reader = BitReader(source: source, range: 0..<source.count)
    #expect(try reader.u(8) == UInt64(original[0]))
    try file.resize(to: 6_000)
    reader.seek(to: 9_000 * 8)
    #expect(throws: BitError.source(.shrunk(wantedEnd: 10_000, available: 9_000))) {
      try reader.u(8)
    }
  }

  @Test func aGrownFileKeepsItsOldSize() throws {
    try file.overwrite(at: 10_000, [1, 2, 3])
    #expect(source.change() == .grown(from: 10_000, to: 10_003))
    #expect(source.count == 10_000)
    #expect(try source.read(9_999..<10_003) == [original[9_999]])
  }

  @Test func aRewrittenFileIsNoticed() throws {
    try file.overwrite(at: 17, [0xaa])
    #expect(source.change() == .rewritten)
    #expect(try source.read(17..<18) == [0xaa])
  }

  @Test func aReplacedFileIsNoticedAndTheOldOneStillRead() throws {
    try file.replace(with: [1, 2, 3])
    #expect(source.change() == .replaced)
    #expect(try source.read(0..<original.count) == original)
  }

  @Test func aRemovedFileIsNoticedAndStillRead() throws {
    try file.remove()
    #expect(source.change() == .vanished)
    #expect(try source.read(0..<original.count) == original)
  }

  @Test func elementsAcrossWindowsAreWhole() throws {
    var writer = BitWriter()
    var random = SeededGenerator(seed: 3)
    let values = (0..<4_000).map { _ in random.next() }
    writer.u(1, 3)
    for value in values { writer.u(value, 61) }
    let file = try TemporaryFile(writer.bytes)
    let source = try FileSource(path: file.path)
    #expect(source.count > 7 * BitReader.windowSize)
    var reader = BitReader(source: source, range: 0..<source.count)
    try reader.skip(3)
    for value in values { #expect(try reader.u(61) == value & (1 << 61 - 1)) }
    // Backwards each read needs another window.
    for place in stride(from: values.count - 1, through: 0, by: -97) {
      reader.seek(to: 3 + place * 61)
      #expect(try reader.u(61) == values[place] & (1 << 61 - 1))
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory.path
    #expect(throws: SourceError.notAFile(path: folder)) { try FileSource(path: folder) }
    #expect(throws: SourceError.notAFile(path: "/dev/null")) { try FileSource(path: "/dev/null") }
    let missing = folder + "/nnr-\(UUID().uuidString)"
    #expect {
      try FileSource(path: missing)
    } throws: { error in
      guard case SourceError.cannotOpen(missing, let reason) = error else { return false }
      return !reason.isEmpty
    }
    #expect(throws: SourceError.self) { try openSource(missing) }
  }
}
