import Foundation
import TerminalScreen
import TestSupport
import Testing

/// Files that change while the explorer shows them.
@Suite(.serialized) struct LiveFileTests {
  private let fixture = Fixture("cnn_digits_pyt")

  private func explore(_ path: String, _ options: [String]) throws -> PtyProgram {
    try PtyProgram(
      BuiltProgram.nnrscope, [path, "--no-state"] + options,
      environment: ["SWIFT_BACKTRACE": "enable=no"], size: Size(150, 30))
  }

  private func wait(_ program: PtyProgram, _ text: String) throws {
    try program.wait(forText: text, seconds: TerminalSession.patience)
  }

  private func quit(_ program: PtyProgram) throws {
    program.send(keys: "q")
    #expect(try program.waitForEnd(seconds: TerminalSession.patience) == .exit(0))
  }

  /// A file that an encoder writes piece by piece, cut, replaced and removed: followed, in its place.
  @Test func followsByItself() throws {
    let bytes = try fixture.bytes()
    let offsets = try fixture.stream().index.entries.map(\.offset)
    let file = try TemporaryFile(Array(bytes[..<offsets[9]]))
    try file.makeOld()
    let program = try explore(file.path, ["--follow"])
    try wait(program, "9 units")
    program.send(keys: ": t e n s o r Space b n 1 . w e i g h t Enter")
    try wait(program, "NNR_NDU u4 · bn1.weight")
    // It grows.
    try file.overwrite(at: offsets[9], Array(bytes[offsets[9]...]))
    try wait(program, "20 units")
    #expect(program.screen.text.contains("NNR_NDU u4 · bn1.weight"))
    // Another file, in which the unit has another number.
    try file.replace(
      with: Array(bytes[..<offsets[3]]) + Array(bytes[offsets[10]..<offsets[12]])
        + Array(bytes[offsets[3]..<offsets[9]]))
    try wait(program, "11 units")
    try wait(program, "NNR_NDU u6 · bn1.weight")
    // It is cut in front of the unit.
    try file.resize(to: offsets[3])
    try wait(program, "3 units")
    // It is gone, and comes back.
    try file.remove()
    try wait(program, "the file was removed")
    try Data(bytes).write(to: file.url)
    try wait(program, "20 units")
    try quit(program)
  }

  /// A folder: a stream is taken in when it is whole, what is selected stays, and a half-written one is left.
  @Test func followsAFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "nnrscope-follow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ bytes: [UInt8]) throws {
      try Data(bytes).write(to: folder.appending(path: name))
    }
    let rounds = try ["tca_base", "tca_update1", "tca_update2"].map { try Fixture($0).bytes() }
    try write("round-0.nnc", rounds[0])
    let program = try explore(folder.path, ["--follow"])
    try wait(program, "round-0.nnc")
    program.send(keys: ": t e n s o r Space l a y e r s . 1 . b i a s Enter")
    try wait(program, "NNR_NDU u6 · layers.1.bias")
    // What ends within a unit is not whole, and no stream has this name.
    try write("round-9.nnc", Array(rounds[2].dropLast(9)))
    try write("notes.txt", [1, 2, 3])
    try write("round-1.nnc", rounds[1])
    try wait(program, "round-0.nnc (1/2)")
    try wait(program, "9 Compare")
    try wait(program, "NNR_NDU u6 · layers.1.bias")
    try write("round-9.nnc", rounds[2])
    try wait(program, "round-0.nnc (1/3)")
    try quit(program)
  }

  /// Without following it says what happened and waits for the key.
  @Test func saysWhatHappenedAndReloadsOnDemand() throws {
    let bytes = try fixture.bytes()
    let file = try TemporaryFile(bytes)
    try file.makeOld()
    let program = try explore(file.path, [])
    try wait(program, "20 units")
    try file.overwrite(at: bytes.count - 1, [bytes[bytes.count - 1] ^ 1])
    try wait(program, "the file was written again, R reloads")
    program.send(keys: "R")
    try wait(program, "reloaded")
    #expect(!program.screen.text.contains("R reloads"))
    try file.resize(to: 100)
    try wait(program, "the file shrank from 6583 to 100 bytes, R reloads")
    // What is no longer there is an error where it would be shown, not the end.
    program.send(keys: "G")
    program.send(keys: "R")
    try wait(program, "100 B")
    program.send(keys: "F")
    try wait(program, "following the file")
    try file.replace(with: bytes)
    try wait(program, "20 units")
    try quit(program)
  }

  /// A pipe is read to its end, and cannot be read again.
  @Test func pipesAreReadOnce() throws {
    let file = try TemporaryFile([])
    try file.remove()
    try #require(mkfifo(file.path, 0o600) == 0)
    let bytes = try fixture.bytes()
    let feeder = Thread { [path = file.path] in
      let end = open(path, O_WRONLY | O_CLOEXEC)
      bytes.withUnsafeBytes { _ = write(end, $0.baseAddress, $0.count) }
      close(end)
    }
    feeder.start()
    let program = try explore(file.path, ["--follow"])
    try wait(program, "20 units")
    program.send(keys: "R")
    try wait(program, "is a pipe, which cannot be read again")
    try quit(program)
  }
}
