import Foundation
import TestSupport
import Testing

/// Where streams come from and where output goes: files, pipes, FIFOs, closed pipes, full disks.
@Suite struct InputOutputTests {
  @Test func standardInput() throws {
    let bytes = try Fixture("cnn_digits_pyt").bytes()
    for command in ["units", "tensors", "cost"] {
      let piped = try Nnrscope.run(command, "--json", "-", input: bytes)
      #expect(piped.ending == .exit(0))
      let named = try Nnrscope.run(command, "--json", Nnrscope.path("cnn_digits_pyt")).document()
      var document = try piped.document()
      #expect(document["file"] as? String == "-")
      document["file"] = named["file"]
      #expect(document as NSDictionary == named as NSDictionary)
    }
  }

  @Test func standardInputOnlyOnce() throws {
    let run = try Nnrscope.run("units", "-", "-", input: [])
    #expect(run.ending == .exit(2))
    #expect(run.complaint.contains("once"))
  }

  @Test func whatAPipeGivesIsBoundedByTheMemory() throws {
    let bytes = try Fixture("mlp_iris").bytes()
    let least = try Nnrscope.run("units", "-", "--max-memory", "\(bytes.count * 2)", input: bytes)
    #expect(least.ending == .exit(0), "\(least.complaint)")
    let run = try Nnrscope.run("units", "-", "--max-memory", "\(bytes.count * 2 - 1)", input: bytes)
    #expect(run.ending == .exit(3))
    #expect(run.complaint.contains("more than \(bytes.count - 1) bytes on a pipe"))
    #expect(run.complaint.contains("--max-memory"))
  }

  @Test func emptyInputIsNoStream() throws {
    let run = try Nnrscope.run("check", "-", input: [])
    #expect(run.ending == .exit(3) && run.text.isEmpty)
    #expect(run.complaint == "nnrscope: - is an empty file, no NNR stream\n")
    // A document of diagnostics is owed whatever the file is.
    let document = try Nnrscope.run("check", "--json", "-", input: [])
    #expect(document.ending == .exit(1))
    #expect(try document.document()["diagnostics"] != nil)
  }

  /// What is no stream is named, with what to do about it, and not reported on as a broken one.
  @Test(arguments: [
    ("safetensors", "a safetensors file, no NNR stream; compare a stream with it by --against"),
    ("text", "a text, no NNR stream"),
    ("gzip", "a file compressed by gzip, no NNR stream; unpack it first: gunzip FILE"),
  ])
  func foreignFilesAreNamed(kind: String, reason: String) throws {
    let content: [UInt8] =
      switch kind {
      case "gzip": [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
      case "text": Array("some words\n".utf8)
      default: [2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8)
      }
    let file = try TemporaryFile(content)
    for command in ["units", "check", "tensors", "cost"] {
      let run = try Nnrscope.run(command, file.path)
      #expect(run.ending == .exit(3) && run.text.isEmpty)
      #expect(run.complaint == "nnrscope: \(file.path) is \(reason)\n")
    }
    let json = try Nnrscope.run("units", "--json", file.path)
    #expect(json.ending == .exit(1) && json.complaint.contains(reason))
    #expect(try json.document()["units"] != nil)
  }

  @Test func foldersAndDevicesAreNamed() throws {
    let file = try TemporaryFile([])
    let folder = file.url.deletingLastPathComponent()
    let run = try Nnrscope.run("units", folder.path)
    #expect(run.ending == .exit(3))
    #expect(
      run.complaint
        == "nnrscope: \(folder.path) is a folder; name a file in it: \(file.url.lastPathComponent)\n"
    )
    try file.remove()
    #expect(
      try Nnrscope.run("units", folder.path).complaint
        == "nnrscope: \(folder.path) is a folder, without a stream in it\n")
    let device = try Nnrscope.run("units", "/dev/null")
    #expect(device.ending == .exit(3) && device.complaint.contains("/dev/null is a device"))
  }

  @Test func fifo() throws {
    let file = try TemporaryFile([])
    try file.remove()
    try #require(mkfifo(file.path, 0o600) == 0)
    let bytes = try Fixture("mlp_iris").bytes()
    // Each end waits for the other to open.
    let feeder = Thread { [path = file.path] in
      let end = open(path, O_WRONLY | O_CLOEXEC)
      bytes.withUnsafeBytes { _ = write(end, $0.baseAddress, $0.count) }
      close(end)
    }
    feeder.start()
    let run = try Nnrscope.run("units", "--csv", file.path)
    #expect(run.ending == .exit(0), "\(run.complaint)")
    #expect(run.text.contains("NNR_NDU"))
  }

  @Test func closedPipeEndsQuietly() throws {
    for limit in [0, 100] {
      let run = try Nnrscope.run(
        "syntax", "--json", Nnrscope.path("cnn_digits_pyt"), output: .closedAfter(limit))
      #expect(run.ending == .exit(0) || run.ending == .signal(SIGPIPE))
      #expect(run.errors.isEmpty, "\(run.complaint)")
    }
  }

  #if os(Linux)
    @Test(arguments: [
      ["units"], ["export", "--format", "safetensors", "-o", "-"], ["report", "-o", "-"],
    ]) func fullDiskIsReported(_ command: [String]) throws {
      let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
      try #require(full >= 0)
      defer { close(full) }
      let run = try Nnrscope.run(
        command + [Nnrscope.path("mlp_iris")], output: .descriptor(full))
      #expect(run.ending == .exit(3))
      #expect(run.complaint.contains(String(cString: strerror(ENOSPC))), "\(run.complaint)")
    }
  #endif

  @Test func exportLeavesNothingHalfWritten() throws {
    let file = try TemporaryFile(Array("before".utf8))
    let folder = file.url.deletingLastPathComponent()
    let target = folder.appending(path: "missing/model.safetensors").path
    let run = try Nnrscope.run("export", Nnrscope.path("mlp_iris"), "-o", target)
    #expect(run.ending == .exit(3))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["stream.nnc"])
  }

  @Test func refusedMemoryIsNamed() throws {
    let run = try Nnrscope.run(
      "tensors", "--max-memory", "1K", "--json", Nnrscope.path("cnn_digits_pyt"))
    #expect(run.ending == .exit(1))
    let tensors = try #require(try run.document()["coded_tensors"] as? [[String: Any]])
    #expect(tensors.contains { ($0["error"] as? String)?.contains("--max-memory") == true })
  }
}
