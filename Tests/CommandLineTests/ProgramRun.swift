import Foundation

/// A run of the program: what it printed and how it ended.
struct ProgramRun {
  /// Standard output.
  let output: String
  /// Standard output, byte by byte.
  let bytes: [UInt8]
  /// Standard error.
  let complaint: String
  /// The exit status.
  let status: Int32

  /// Where the program was built: beside the tests.
  static let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "nnrscope")

  /// Runs the program to its end, with nothing on standard input.
  init(_ arguments: String...) throws { try self.init(arguments) }

  /// The same with a list of arguments.
  init(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    let folder = FileManager.default.temporaryDirectory
    let complaints = folder.appending(path: "nnrscope-run-\(UUID().uuidString)")
    _ = FileManager.default.createFile(atPath: complaints.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: complaints) }
    let out = Pipe()
    process.standardOutput = out
    process.standardError = try FileHandle(forWritingTo: complaints)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = out.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    bytes = [UInt8](data)
    output = String(decoding: data, as: UTF8.self)
    complaint = String(decoding: try Data(contentsOf: complaints), as: UTF8.self)
    status = process.terminationStatus
  }
}
