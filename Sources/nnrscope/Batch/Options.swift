import ArgumentParser
import NNRAnalysis
import NNRBits
import NNRCarriage
import NNRModel
import NNRReport
import NNRSyntax

/// Which streams a command looks at, and what they leave out.
struct StreamOptions: ParsableArguments {
  @Argument(help: "The bitstreams, base first; - is standard input.", completion: .file())
  var files: [String] = []

  @Option(help: "The most memory for decoded tensors, such as 512M or 2G.")
  var maxMemory: String = "2G"

  @Option(
    name: .customLong("dims"),
    help: "Dimensions that a stream leaves out: NAME=32x16x3x3; may be given several times.")
  var dimensions: [String] = []

  @Option(help: "The unary length (cabac_unary_length_minus1 + 1) that goes with --dims.")
  var unaryLength: Int?

  /// Opens the streams; a read that fails decides how the program ends.
  ///
  /// What is no stream is refused, but for `json`: a document of diagnostics is owed there whatever the file is.
  func session(json: Bool = false) throws -> Session {
    let session = try unwatchedSession(json: json)
    ReadFaults.watch(session)
    return session
  }

  /// Opens the streams for someone who stays and says himself what could not be read.
  func unwatchedSession(json: Bool = false) throws -> Session {
    let options = try sessionOptions()
    guard !files.isEmpty else { throw ExitStatus.usage("no file is named") }
    guard files.filter({ $0 == "-" }).count < 2 else {
      throw ExitStatus.usage("standard input can be read once only")
    }
    return Session(openings: try openings(files, json: json), options: options)
  }

  /// What is chosen for all sessions of the streams.
  func sessionOptions() throws -> Session.Options {
    var options = Session.Options()
    options.maxMemory = try Self.bytes(maxMemory)
    for text in dimensions {
      let (name, known) = try outOfBand(text)
      options.outOfBand[name] = known
    }
    return options
  }

  /// Opens files, behind `before` others; what is no stream is refused, or with `json` told.
  func openings(_ files: [String], json: Bool = false, before: Int = 0) throws -> [Session.Opening]
  {
    // Half of the memory, as what is read moves while it grows: 1 GiB at the default.
    let pipeLimit = try Self.bytes(maxMemory) / 2
    var found: [Session.Opening] = []
    for file in files {
      let (path, name) = CarrierOpening.split(file)
      do {
        let source = try openSource(path, pipeLimit: pipeLimit)
        if Carriage.container(of: source) == nil, let reason = ForeignFile.reason(source, path) {
          guard json else { throw ExitStatus.unusable(reason) }
          Output.complain(reason)
        }
        found += try CarrierOpening.openings(source, path, name, before: before + found.count)
      } catch let status as ExitStatus {
        throw status
      } catch SourceError.notAFile(let path) {
        throw ExitStatus.unusable(ForeignFile.reason(noFile: path))
      } catch SourceError.tooLarge(let limit) {
        throw ExitStatus.unusable("\(SourceError.tooLarge(limit: limit)), or raise --max-memory")
      } catch {
        throw ExitStatus.unusable("\(error)")
      }
    }
    return found
  }

  private func outOfBand(_ text: String) throws -> (String, OutOfBand) {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false)
    let numbers = parts.last?.split(whereSeparator: { "x×,".contains($0) }).map { Int($0) } ?? []
    guard parts.count > 1, !numbers.isEmpty, numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
      throw ExitStatus.usage("--dims wants NAME=32x16, not \(text)")
    }
    if let unaryLength, !(1...256).contains(unaryLength) {
      throw ExitStatus.usage("--unary-length is 1 to 256")
    }
    return (
      parts.dropLast().joined(separator: "="),
      OutOfBand(dimensions: numbers.compactMap { $0 }, unaryLength: unaryLength)
    )
  }

  /// A number of bytes such as 64M.
  static func bytes(_ text: String) throws -> Int {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40]
    let unit = text.last.flatMap { units[Character($0.uppercased())] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard let number = Int(digits), number > 0 else {
      throw ExitStatus.usage("\(text) is no number of bytes such as 512M or 2G")
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
    return overflow ? Int.max : bytes
  }
}

/// The form of a command's output.
struct FormOptions: ParsableArguments {
  @Flag(help: "Print one JSON document.") var json = false
  @Flag(help: "Print the table as CSV.") var csv = false
  @Flag(help: "Print the table as JSON, an object a line, each with the name of its file.")
  var ndjson = false
  @Option(help: "The columns to show, such as name,bits; --columns help lists them.")
  var columns: String?
  @Option(parsing: .unconditional, help: "The column to sort by; -COLUMN for the greatest first.")
  var sort: String?
  @Option(help: "The rows to show, such as 'size > 1K and type == NNR_NDU'.") var filter: String?
  @OptionGroup var colors: ColorOptions

  /// The selection of columns, rows and order.
  ///
  /// - Throws: `ColumnHelp` if the columns are asked for.
  func selection<Row>(_ fields: [Field<Row>]) throws -> TableSelection<Row> {
    if [json, csv, ndjson].filter({ $0 }).count > 1 {
      throw ExitStatus.usage("--json, --csv and --ndjson exclude each other")
    }
    if columns == "help" {
      throw ColumnHelp(columns: fields.columns())
    }
    do {
      return try TableSelection(fields, columns: shown(fields), sort: sort, filter: filter)
    } catch TableError.unknownColumn(let name, near: []) {
      throw ExitStatus.usage("there is no column \(name); --columns help lists them")
    } catch {
      throw ExitStatus.usage("\(error)")
    }
  }

  /// The columns to show: those asked for, with the file's name in NDJSON; for programs otherwise all but pictures.
  private func shown<Row>(_ fields: [Field<Row>]) -> String? {
    let named = ndjson && fields.contains { $0.column.key == "file" } ? "file," : ""
    if let columns { return named + columns }
    guard csv || ndjson else { return nil }
    return fields.columns().filter { $0.kind != .bar }.map(\.key).joined(separator: ",")
  }

  /// Whether something asks for a table where there is text made for people otherwise.
  var asksForTable: Bool { isForPrograms || columns != nil || sort != nil || filter != nil }

  /// Whether rows are printed for other programs: nothing but rows then goes to standard output.
  var isForPrograms: Bool { csv || ndjson }

  /// How rows are printed as they come; `file` is what the stream is called.
  func rowText(file: String?) -> RowText { csv ? .csv : ndjson ? .ndjson(file: file) : .text }

  /// Prints a table of the stream `file` and returns the number of its rows.
  @discardableResult
  func write(_ table: Table, file: String? = nil) -> Int {
    if isForPrograms { return rowText(file: file).write(table) { Output.write($0) } }
    let text = TextTable(table, width: Output.width, paint: colors.paint)
    text.write { Output.write($0) }
    return text.count
  }

  /// Says on standard error that the filter left nothing, if that is so.
  func tell(rows: Int) {
    if rows == 0, let filter { Output.complain("nothing fits the filter \(filter)") }
  }
}

/// Writes one JSON document.
func writeJSON(_ write: (inout JSONWriter) throws -> Void) rethrows {
  var json = JSONWriter()
  try write(&json)
  Output.write(json.takeBytes())
  Output.write("\n")
}

/// Writes one JSON document over all streams: one object, or `{"files": […]}` for several.
func writeJSON(_ session: Session, _ write: (Int, inout JSONWriter) throws -> Void) rethrows {
  try writeJSON { json in
    if session.shown.count == 1, let only = session.shown.first { return try write(only, &json) }
    try json.object { json in
      json.key("files")
      try json.array { json in
        for stream in session.shown { try write(stream, &json) }
      }
    }
  }
}
