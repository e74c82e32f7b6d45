import Foundation
import TestSupport
import Testing

/// Faults of the system: what cannot be read or written is said with its reason, and nothing half-written is left.
@Suite struct FaultTests {
  /// A shell that does `setup` and then becomes the program.
  private static func run(_ setup: String, _ arguments: [String]) throws -> ProgramRun {
    try ProgramRun(
      "/bin/sh", ["-c", setup + "; exec \"$0\" \"$@\"", BuiltProgram.nnrscope] + arguments)
  }

  /// A file whose size promises bytes that cannot be read, as on a disk that fails; nil where there is none.
  private static let unreadable: String? = {
    let names = ["/sys/kernel/mm/transparent_hugepage/enabled", "/sys/class/net/lo/speed"]
    return names.first { name in
      let file = open(name, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return false }
      defer { close(file) }
      var status = stat()
      guard fstat(file, &status) == 0, status.st_size > 0 else { return false }
      var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
      let got = pread(file, &bytes, bytes.count, 0)
      return got < bytes.count
    }
  }()

  @Test(
    .enabled(if: unreadable != nil, "this system has no such file"),
    arguments: [
      ["units"], ["syntax"], ["tensors"], ["cost"], ["check"], ["check", "--json"],
      ["report", "-o", "/dev/null"],
    ])
  func aReadThatFailsIsNoErrorOfTheStream(_ command: [String]) throws {
    let path = try #require(Self.unreadable)
    let run = try Nnrscope.run(command + [path])
    #expect(run.ending == .exit(3))
    #expect(run.complaint.hasPrefix("nnrscope: \(path): "), "\(run.complaint)")
    #expect(
      run.complaint.contains("cannot read at byte") || run.complaint.contains("was cut while open"),
      "\(run.complaint)")
  }

  /// What a shell runs a program with that may read only what its owner may; nil if root cannot let go of that.
  private static let ordinary: String? = {
    guard geteuid() == 0 else { return "exec" }
    let drop = "setpriv --bounding-set -dac_override,-dac_read_search"
    let trial = try? ProgramRun("/bin/sh", ["-c", drop + " true"])
    return trial?.ending == .exit(0) ? "exec " + drop : nil
  }()

  @Test(.enabled(if: ordinary != nil, "root may read everything"))
  func aForbiddenFileIsNamed() throws {
    let file = try TemporaryFile(try Fixture("mlp_iris").bytes())
    try #require(chmod(file.path, 0) == 0)
    let ordinary = try #require(Self.ordinary)
    let run = try ProgramRun(
      "/bin/sh",
      ["-c", ordinary + " \"$0\" \"$@\"", BuiltProgram.nnrscope, "check", file.path])
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains(String(cString: strerror(EACCES))), "\(run.complaint)")
  }

  /// The disk is full after 4 KiB: the reason is said, and no file appears or changes.
  @Test(
    .enabled(if: Sanitizer.leavesFiles, "a sanitizer writes files"), arguments: [false, true])
  func aFullDiskLeavesTheFolderAsItWas(_ isThere: Bool) throws {
    let folder = try TemporaryFile(Array("before".utf8))
    let target =
      isThere ? folder.path : folder.url.deletingLastPathComponent().appending(path: "new").path
    for format in ["safetensors", "npy", "csv"] {
      let tensor = format == "safetensors" ? [] : ["--tensor", "conv2.weight"]
      let run = try Self.run(
        "trap '' XFSZ; ulimit -f 4",
        ["export", Nnrscope.path("cnn_digits_pyt"), "--format", format, "-o", target] + tensor)
      #expect(run.ending == .exit(3), "\(format): \(run.complaint)")
      #expect(run.complaint.contains(String(cString: strerror(EFBIG))), "\(run.complaint)")
      #expect(try contents(folder) == ["stream.nnc": "before"])
    }
  }

  /// The program is ended by a signal in the middle of writing.
  @Test(.enabled(if: Sanitizer.leavesFiles, "a sanitizer writes files"))
  func anEndInTheMiddleOfWritingLeavesTheFolderAsItWas() throws {
    let folder = try TemporaryFile(Array("before".utf8))
    for command in [
      ["export", "--format", "safetensors", "-o", folder.path], ["report", "-o", folder.path],
    ] {
      let run = try Self.run("ulimit -f 4", command + [Nnrscope.path("cnn_digits_pyt")])
      #expect(run.ending == .signal(SIGXFSZ), "\(run.complaint)")
      #if os(Linux)
        #expect(try contents(folder) == ["stream.nnc": "before"])
      #endif
    }
  }

  private func contents(_ file: TemporaryFile) throws -> [String: String] {
    let folder = file.url.deletingLastPathComponent()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: try names.map {
        ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
      })
  }

  /// A screen that cannot be saved is said, and the script goes no further.
  @Test(.enabled(if: Sanitizer.leavesFiles, "a sanitizer writes files"))
  func aScreenThatCannotBeSavedIsSaid() throws {
    let folder = try TemporaryFile(Array("save-screen shot\n".utf8))
    let shot = folder.url.deletingLastPathComponent().appending(path: "shot").path
    let script = try TemporaryFile(Array("save-screen \(shot)\n".utf8))
    let run = try Self.run(
      "trap '' XFSZ; ulimit -f 1",
      ["explore", "--script", script.path, Nnrscope.path("cnn_digits_pyt")])
    #expect(run.ending != .exit(0))
    #expect(run.complaint.contains(String(cString: strerror(EFBIG))), "\(run.complaint)")
    #expect(!FileManager.default.fileExists(atPath: shot))
  }

  /// Pipes that nobody reads any more end every command quietly.
  @Test(arguments: [["syntax"], ["units", "--csv"], ["check", "--rules"], ["cost", "--json"]])
  func aReaderThatGoesEndsTheProgram(_ command: [String]) throws {
    let file = command.contains("--rules") ? [] : [Nnrscope.path("names")]
    let arguments = (command + file).map { "'\($0)'" }.joined(separator: " ")
    let run = try ProgramRun(
      "/bin/sh",
      ["-c", "{ \"$0\" \(arguments); echo $? >&3; } 3>&2 | head -n 1", BuiltProgram.nnrscope])
    #expect(run.lines.count == 1)
    let status = run.complaint.trimmingCharacters(in: .whitespacesAndNewlines)
    // A program that wrote everything before the reader went has not noticed.
    #expect(["0", "141"].contains(status), "\(run.complaint)")
  }

  private static let littleMemory = "ulimit -v 786432"

  /// What the budget allows fits an address space that is not much larger.
  @Test(.enabled(if: Sanitizer.leavesMemory, "a sanitizer takes all addresses"))
  func theMemoryBudgetIsKept() throws {
    let bytes = try Fixture("large_10m").bytes()
    let file = try TemporaryFile(bytes)
    let plain = try Nnrscope.run("check", "--max-memory", "16M", file.path)
    let limited = try Self.run(
      Self.littleMemory, ["check", "--max-memory", "16M", "--threads", "2", file.path])
    #expect(limited.ending == plain.ending, "\(limited.complaint)")
    #expect(limited.output == plain.output)
  }

  @Test(.enabled(if: Sanitizer.leavesMemory, "a sanitizer takes all addresses"))
  func theExplorerKeepsItsBudget() throws {
    let session = try TerminalSession(
      "large_10m", ["--max-memory", "16M"], setup: Self.littleMemory)
    // The selected tensor is decoded, then all of them for the table and the costs.
    try session.type("] t V", expecting: "Values ─")
    try session.type("2", expecting: "stem.conv.weight")
    try session.type("3", expecting: "bit/w")
    try session.type("7", expecting: "one file is open")
    session.program.send(keys: "q")
    try session.end(.exit(0))
  }
}
