import Foundation
import NNRReport
import Testing

@Suite struct AtomicFileTests {
  @Test func theOldFileStaysUntilTheNewIsComplete() throws {
    let folder = try TemporaryFolder()
    let first = try AtomicFile(path: folder.file("a"))
    try first.write([1, 2, 3])
    #if os(Linux)
      #expect(folder.names == [], "data has no name before it is complete")
    #else
      #expect(folder.names.count == 1 && folder.names.first?.hasSuffix(".part") == true)
    #endif
    try first.commit()
    #expect(try folder.bytes("a") == [1, 2, 3] && folder.names == ["a"])
    do {
      let second = try AtomicFile(path: folder.file("a"))
      try second.write([9])
    }
    #expect(try folder.bytes("a") == [1, 2, 3] && folder.names == ["a"])
  }

  @Test func aLinkIsFollowed() throws {
    let folder = try TemporaryFolder()
    try Data([1]).write(to: URL(fileURLWithPath: folder.file("real")))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: "real")
    let file = try AtomicFile(path: folder.file("link"))
    try file.write([7])
    try file.commit()
    #expect(try folder.bytes("real") == [7])
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.file("link")) == "real")
  }

  @Test func failuresHavePathAndReason() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("no/such/folder/a")
    #expect(throws: ExportError.self) { try AtomicFile(path: path) }
    do {
      _ = try AtomicFile(path: path)
    } catch {
      #expect(error.description.contains(path) && error.description.contains("No such file"))
    }
    #expect(throws: ExportError.self) { try AtomicFile(path: folder.path) }
    let device = try AtomicFile(path: "/dev/null")
    try device.write([1])
    try device.commit()
    #expect(FileManager.default.fileExists(atPath: "/dev/null"))
  }

  #if os(Linux)
    @Test func aFullDiskIsAnError() throws {
      let file = try AtomicFile(path: "/dev/full")
      try file.write([1])
      do {
        try file.commit()
        Issue.record("no error")
      } catch {
        guard case .system(_, .write, let code, _) = error else {
          Issue.record("another error")
          return
        }
        #expect(code == ENOSPC)
      }
    }
  #endif

  @Test func largeTensorsArriveWhole() throws {
    let folder = try TemporaryFolder()
    let levels = (0..<Int32(300_000)).map { $0 &* 7919 }
    let writer = try ElementWriter<Int32>(
      path: folder.file("a.raw"), shape: [300, 1000], asNumpy: false)
    try writer.append(levels[..<123_457])
    try writer.append(levels[123_457...])
    try writer.finish()
    let bytes = try folder.bytes("a.raw")
    #expect(
      bytes
        == levels.flatMap { level in (0..<4).map { UInt8(truncatingIfNeeded: level >> (8 * $0)) } })
  }

  @Test func csvHasOneLineForEachRow() throws {
    let folder = try TemporaryFolder()
    let writer = try CSVTensorWriter<Float>(path: folder.file("a.csv"), shape: [2, 1, 3])
    try writer.append([1, 2.5, .nan, -1e-9])
    try writer.append([0.1, .infinity])
    try writer.finish()
    let text = String(decoding: try folder.bytes("a.csv"), as: UTF8.self)
    #expect(text == "1,2.5,nan\n-1e-09,0.1,inf\n")
    let short = try CSVTensorWriter<Int32>(path: folder.file("b.csv"), shape: [2])
    #expect(throws: ExportError.wrongCount(expected: 2, got: 0)) { try short.finish() }
    #expect(throws: ExportError.invalidShape([-1])) {
      try ElementWriter<Int32>(path: folder.file("c"), shape: [-1], asNumpy: false)
    }
  }
}
