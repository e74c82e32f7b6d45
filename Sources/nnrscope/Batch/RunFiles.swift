import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import Ordering

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The runs that a command line names: files, series of them, and the networks within carriers.
struct RunFiles {
  /// The runs, to be opened when their turn comes.
  private(set) var sources: [RunSource] = []
  /// The series, by numbers of runs.
  private(set) var series: [(name: String, runs: [Int])] = []
  /// Why files that are named could not be opened.
  private(set) var problems: [String] = []

  /// The runs of `options`, then those that only `series` name, each `NAME=A,B,C` or a pattern of file names.
  init(_ options: StreamOptions, series texts: [String]) throws {
    guard options.files.filter({ $0 == "-" }).count < 2 else {
      throw ExitStatus.usage("standard input can be read once only")
    }
    for file in options.files { try add(file, options) }
    for text in texts {
      guard let mark = text.firstIndex(of: "="), mark != text.startIndex else {
        throw ExitStatus.usage("--series wants NAME=A,B,C or NAME=PATTERN, not \(text)")
      }
      let name = String(text[..<mark])
      guard !series.contains(where: { $0.name == name }) else {
        throw ExitStatus.usage("--series \(name) is there twice; name all its files in one")
      }
      var runs: [Int] = []
      for file in String(text[text.index(after: mark)...]).split(separator: ",").map(String.init) {
        for run in try numbers(file, of: name, options) where !runs.contains(run) {
          runs.append(run)
        }
      }
      guard !runs.isEmpty else { throw ExitStatus.usage("--series \(name) has no files") }
      series.append((name, runs))
    }
  }

  /// The runs that a part of a series means: those that are there, or files to add.
  private mutating func numbers(_ text: String, of series: String, _ options: StreamOptions) throws
    -> [Int]
  {
    let known = sources.indices.filter { sources[$0].file == text }
    if !known.isEmpty { return known }
    if Glob.isPattern(text), (try? FileSource(path: text)) == nil {
      let pattern = Glob(text)
      let fitting = sources.indices.filter { number in
        let file = sources[number].file
        return pattern.matches(file) || pattern.matches(Self.lastPart(file))
      }
      if !fitting.isEmpty { return fitting }
      let files = Self.files(matching: text)
      guard !files.isEmpty else {
        throw ExitStatus.usage("--series \(series): no file fits \(text)")
      }
      return try files.flatMap { try add($0, options) }
    }
    let named = sources.indices.filter { Self.lastPart(sources[$0].file) == text }
    return named.count == 1 ? named : try add(text, options)
  }

  /// The name of a file without its folder.
  private static func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Adds the runs that a file is, and returns their numbers.
  @discardableResult
  private mutating func add(_ file: String, _ options: StreamOptions) throws -> [Int] {
    let openings: [Session.Opening]
    do {
      openings = try options.openings([file])
    } catch ExitStatus.unusable(let reason) {
      problems.append(reason)
      return []
    }
    let choice = try options.sessionOptions()
    // Many files are not kept open: only what can be read once is.
    let kept = file == "-" ? openings : nil
    let first = sources.count
    for name in openings.filter(\.isShown).map(\.name) {
      sources.append(
        RunSource(name) {
          let openings = try kept ?? options.openings([name])
          let session = Session(openings: openings, options: choice)
          guard let stream = session.shown.first else {
            throw ExitStatus.unusable("\(name) is not there any more")
          }
          return (session, stream)
        })
    }
    return Array(first..<sources.count)
  }

  /// The files that a pattern of the shell fits, in natural order.
  private static func files(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    let paths = (0..<Int(found.gl_pathc)).compactMap { place in
      found.gl_pathv[place].flatMap { String(validatingCString: $0) }
    }
    return paths.sorted { NaturalOrder.compare($0, $1) < 0 }
  }
}
