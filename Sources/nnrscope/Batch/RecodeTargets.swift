import NNRBits
import NNRModel
import NNRReport

/// Where the results of `recode` go: a file, standard output, a folder, the place of the inputs, or nowhere.
struct RecodeTargets {
  /// The path of each result; nil where nothing is written.
  private let paths: [String?]
  private let files: [String]
  private let inPlace: Bool

  /// The targets that a command line asks for; throws what makes no sense.
  init(files: [String], output: String?, inPlace: Bool, dryRun: Bool) throws {
    self.files = files
    self.inPlace = inPlace
    if inPlace, output != nil {
      throw ExitStatus.usage("--in-place and --output exclude each other")
    }
    if inPlace, files.contains("-") {
      throw ExitStatus.usage("standard input has no place to write to; --output says where")
    }
    guard let output else {
      guard inPlace || dryRun else {
        throw ExitStatus.usage("--output says where to write, or --in-place over the files")
      }
      paths = files.map { inPlace && !dryRun ? $0 : nil }
      return
    }
    guard !output.isEmpty else { throw ExitStatus.usage("--output is empty") }
    let isFolder =
      output != "-" && (files.count > 1 || FileNames.isFolder(output) || output.hasSuffix("/"))
    if files.count > 1, output == "-" {
      throw ExitStatus.usage("several files go into a folder, not to standard output")
    }
    let found = files.map { isFolder ? "\(output)/\(Self.name(of: $0))" : output }
    for (number, path) in found.enumerated() where found[..<number].contains(path) {
      throw ExitStatus.usage("two of the files would be written to \(path)")
    }
    for path in found where path != "-" {
      if let file = files.first(where: { Self.areSame($0, path) }) {
        throw ExitStatus.usage("\(path) is the input \(file); --in-place writes over it")
      }
    }
    if isFolder, !dryRun {
      do throws(ExportError) { try FileStatus.make(folder: output) } catch {
        throw ExitStatus.unusable("\(error)")
      }
    }
    paths = found.map { dryRun ? nil : $0 }
  }

  /// Writes the result of a stream, nil for one that stays; returns the path that was written.
  func write(
    _ bytes: [UInt8]?, stream: Int, _ session: Session, preserves: Bool
  ) throws -> String? {
    guard let path = paths[stream] else { return nil }
    // A file that gets no shorter is left where it is.
    if inPlace, bytes == nil { return nil }
    let input = files[stream]
    let status = preserves ? FileStatus(input) : nil
    if inPlace { tellLinks(input) }
    do throws(ExportError) {
      let file = try AtomicFile(path: path)
      if let bytes {
        try file.write(bytes)
      } else {
        try Self.copy(session.streams[stream].source, to: file)
      }
      try file.commit()
    } catch {
      throw ExitStatus.unusable("\(error)")
    }
    if preserves, path != "-", input != "-", status?.apply(to: path) != true {
      Output.complain("mode and time of \(input) could not be kept for \(path)")
    }
    return path
  }

  private static func copy(_ source: any ByteSource, to file: AtomicFile) throws(ExportError) {
    var start = 0
    while start < source.count {
      let end = min(start + 1 << 20, source.count)
      // What cannot be read ends the program with its own status afterwards.
      guard let bytes = try? source.read(start..<end) else { return }
      try file.write(bytes)
      start = end
    }
  }

  private func tellLinks(_ path: String) {
    guard let status = FileStatus(path) else { return }
    if status.isLink { Output.complain("\(path) is a link: the file it names is written") }
    if status.names > 1 {
      Output.complain("\(path) has \(status.names) names; the others keep the old bytes")
    }
  }

  private static func name(of path: String) -> String {
    path == "-" ? "standard-input.nnc" : path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Whether two paths name the same file, whatever links lead to it.
  private static func areSame(_ first: String, _ second: String) -> Bool {
    guard first != "-", let one = FileStatus(first), let other = FileStatus(second) else {
      return false
    }
    return one.isSame(as: other)
  }
}
