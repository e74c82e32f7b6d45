import Explorer
import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import NNRSyntax

/// What the value of an option or an argument may be.
struct OptionValues {
  private typealias Candidate = LineCompletion.Candidate
  private let argument: CommandOutline.Argument
  private let line: CommandLineWords

  /// The values of an argument on a line.
  init(_ argument: CommandOutline.Argument, _ line: CommandLineWords) {
    self.argument = argument
    self.line = line
  }

  /// The files that it may be.
  var files: LineCompletion.Files {
    if argument.completionKind?.directory != nil { return .folders }
    return argument.completionKind?.file != nil ? .all : .none
  }

  /// The values that may go on from what was typed.
  func candidates(_ typed: String) -> [LineCompletion.Candidate] {
    if let values = argument.allValues { return values.map { Candidate(word: $0, what: "") } }
    switch (line.command.commandName, argument.names?.first?.name ?? argument.valueName ?? "") {
    case ("learn", "lesson"):
      return LessonLibrary.lessons().map { Candidate(word: $0.name, what: $0.title) }
    case ("reference", "section"):
      return FormatReference.sections.map { Candidate(word: $0.number, what: $0.title) }
    case ("check", "explain"):
      return Rule.allCases.map { Candidate(word: $0.id, what: $0.condition) }
    case (_, "columns"): return listed(typed)
    case (_, "sort"):
      let sign = typed.hasPrefix("-") ? "-" : ""
      return columns.map { Candidate(word: sign + $0.key, what: $0.summary) }
    case (_, "filter"): return conditions(typed)
    case (_, "tensor"), ("cost", "rows"): return tensors.map { Candidate(word: $0, what: "") }
    case (_, "dims"): return tensors.map { Candidate(word: $0 + "=", what: "") }
    case (_, "element"), ("diff", "ignore"):
      return SyntaxCatalog.standard.elements.map { Candidate(word: $0.name, what: "") }
    case ("help", _):
      return NNRScope.configuration.subcommands.map { Candidate(word: $0._commandName, what: "") }
    default: return []
    }
  }

  /// The columns of the table that the line prints, as the command itself lists them.
  private var columns: [Column] {
    for words in [
      line.asking("--columns", "help"), [line.command.commandName, "--columns", "help"],
    ] {
      do {
        var command = try NNRScope.parseAsRoot(words)
        try command.run()
      } catch let help as ColumnHelp {
        return help.columns
      } catch {
        continue
      }
    }
    return []
  }

  /// Columns behind those that are typed, with commas between them.
  private func listed(_ typed: String) -> [Candidate] {
    let begun = typed.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
    let lead = typed.dropLast(begun.count)
    let taken = Set(lead.split(separator: ",").map(String.init))
    return columns.filter { !taken.contains($0.key) }
      .map { Candidate(word: lead + $0.key, what: $0.summary) }
  }

  private func conditions(_ typed: String) -> [Candidate] {
    let bytes = Array(typed.utf8)
    let completion = FilterCompletion(of: typed, at: bytes.count, columns: columns)
    let lead = String(decoding: bytes[..<completion.range.lowerBound], as: UTF8.self)
    return completion.candidates.map { Candidate(word: lead + $0, what: "") }
  }

  /// The names of the tensors in the files of the line, as far as their headers tell.
  private var tensors: [String] {
    var names: [String] = []
    var known: Set<String> = []
    for word in line.positional {
      let (path, name) = CarrierOpening.split(word)
      // A pipe would be emptied by looking into it.
      guard FileNames.isFile(path), let source = try? openSource(path),
        let openings = try? CarrierOpening.openings(source, path, name, before: 0)
      else { continue }
      let session = Session(openings: openings, options: Session.Options())
      for stream in session.streams.indices {
        for tensor in session.directory(stream).tensors where known.insert(tensor.name).inserted {
          names.append(tensor.name)
        }
      }
    }
    return names
  }
}
