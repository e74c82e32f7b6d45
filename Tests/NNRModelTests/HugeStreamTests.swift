import Foundation
import NNRBits
import NNRModel
import TestSupport
import Testing

/// The benchmark's stream with a hole in it is valid, and little of it is read to open it and see every unit.
@Suite struct HugeStreamTests {
  private func make(_ path: String, mebibytes: Int, units: Int) throws {
    let script = Fixture.folder.deletingLastPathComponent().appending(path: "Bench/make-huge").path
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [script, path, "\(mebibytes)", "\(units)"]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test(arguments: [1, 1024]) func aHoleIsNotRead(_ mebibytes: Int) throws {
    let file = try TemporaryFile([])
    try make(file.path, mebibytes: mebibytes, units: 20)
    let source = CountingSource(try FileSource(path: file.path))
    let stream = NNRStream(source: source, name: "huge")
    #expect(stream.unitCount == 44)
    #expect(stream.index.diagnostics.isEmpty)
    for unit in 0..<stream.unitCount {
      let tree = try #require(stream.tree(unit))
      #expect(tree.isComplete, "unit \(unit)")
      #expect(tree.diagnostics.isEmpty, "unit \(unit): \(tree.diagnostics)")
    }
    let huge = try #require(stream.tree(23))
    #expect(huge.numbers(of: .tensorDimensions) == [mebibytes << 18])
    #expect(huge.nodes.last?.range.length == mebibytes << 23)
    #expect(source.bytesRead < 1 << 20)
  }
}
