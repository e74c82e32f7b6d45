import ArgumentParser
import NNRAnalysis
import NNRBits
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
  func session() throws -> Session {
    let session = try unwatchedSession()
    ReadFaults.watch(session)
    return session
  }

  /// Opens the streams for someone who stays and says himself what could not be read.
  func unwatchedSession() throws -> Session {
    var options = Session.Options()
    options.maxMemory = try Self.bytes(maxMemory)
    for text in dimensions {
      let (name, known) = try outOfBand(text)
      options.outOfBand[name] = known
    }
    guard !files.isEmpty else { throw ExitStatus.usage("no file is named") }
    guard files.filter({ $0 == "-" }).count < 2 else {
      throw ExitStatus.usage("standard input can be read once only")
    }
    return Session(try sources(files), options: options)
  }

  /// Opens files.
  func sources(_ files: [String]) throws -> [(source: any ByteSource, name: String)] {
    // Half of the memory, as what is read moves while it grows: 1 GiB at the default.
    let pipeLimit = try Self.bytes(maxMemory) / 2
    return try files.map { path in
      do {
        return (source: try openSource(path, pipeLimit: pipeLimit), name: path)
      } catch SourceError.tooLarge(let limit) {
        throw ExitStatus.unusable("\(SourceError.tooLarge(limit: limit)), or raise --max-memory")
      } catch {
        throw ExitStatus.unusable("\(error)")
      }
    }
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
  @Option(help: "The columns to show, such as name,bits; --columns help lists them.")
  var columns: String?
  @Option(parsing: .unconditional, help: "The column to sort by; -COLUMN for the greatest first.")
  var sort: String?
  @Option(help: "The rows to show, such as 'size > 1K and type == NNR_NDU'.") var filter: String?

  /// The selection of columns, rows and order; prints the columns and ends if they are asked for.
  func selection(_ available: [Column]) throws -> TableSelection {
    if json && csv { throw ExitStatus.usage("--json and --csv exclude each other") }
    if columns == "help" {
      var table = Table(columns: [Column("column", kind: .text), Column("what", kind: .text)])
      for column in available { table.append([.text(column.key), .text(column.summary)]) }
      Output.write(TextTable(table, showsHeading: false).text)
      throw CleanExit.message("")
    }
    do {
      return try TableSelection(
        columns: columns, sort: sort, filter: filter, available: available)
    } catch {
      throw ExitStatus.usage("\(error)")
    }
  }

  /// Whether something asks for a table where there is text made for people otherwise.
  var asksForTable: Bool { csv || columns != nil || sort != nil || filter != nil }

  /// Prints a table as text or CSV.
  func write(_ table: Table) { write(TableRows(table)) }

  /// Prints rows as text or CSV.
  func write(_ rows: TableRows) {
    if csv { return CSVTable.write(rows) { Output.write($0) } }
    TextTable(rows, width: Output.width).write { Output.write($0) }
  }
}

/// Writes one JSON document over all streams: one object, or `{"files": […]}` for several.
func writeJSON(_ session: Session, _ write: (Int, inout JSONWriter) throws -> Void) rethrows {
  var json = JSONWriter()
  if session.streams.count == 1 {
    try write(0, &json)
  } else {
    try json.object { json in
      json.key("files")
      try json.array { json in
        for stream in session.streams.indices { try write(stream, &json) }
      }
    }
  }
  Output.write(json.takeBytes())
  Output.write("\n")
}
