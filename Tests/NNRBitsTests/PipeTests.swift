import Foundation
import NNRBits
import TestSupport
import Testing

/// Streams that come through a pipe.
@Suite struct PipeTests {
  /// Fills a pipe from another thread, since more than a pipe holds is written, and closes its end.
  private func pipe(_ bytes: [UInt8]) -> Pipe {
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting
    Thread.detachNewThread {
      try? writing.write(contentsOf: Data(bytes))
      try? writing.close()
    }
    return pipe
  }

  @Test(arguments: [0, 1, 1 << 16, 200_001]) func aPipeIsReadToItsEnd(_ count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = random.bytes(count)
    let pipe = pipe(bytes)
    let source = try MemorySource(descriptor: pipe.fileHandleForReading.fileDescriptor)
    #expect(source.count == count)
    #expect(try source.read(0..<count) == bytes)
    #expect(source.change() == nil)
  }

  @Test func aPipeHasALimit() throws {
    let pipe = pipe([UInt8](repeating: 1, count: 5_000))
    #expect(throws: SourceError.tooLarge(limit: 4_999)) {
      try MemorySource(descriptor: pipe.fileHandleForReading.fileDescriptor, limit: 4_999)
    }
  }

  @Test func aDescriptorThatCannotBeReadIsAnError() throws {
    #expect(throws: SourceError.self) { try MemorySource(descriptor: -1) }
  }

  @Test func aNamedPipeIsOpenedByItsPath() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "nnr-\(UUID().uuidString)")
      .path
    try #require(mkfifo(path, 0o600) == 0)
    defer { try? FileManager.default.removeItem(atPath: path) }
    Thread.detachNewThread {
      let writing = FileHandle(forWritingAtPath: path)
      try? writing?.write(contentsOf: Data([0, 4, 2, 1]))
      try? writing?.close()
    }
    let source = try openSource(path)
    #expect(try source.read(0..<10) == [0, 4, 2, 1])
  }
}
