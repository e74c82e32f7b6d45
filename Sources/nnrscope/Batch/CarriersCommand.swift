import ArgumentParser
import NNRBits
import NNRCarriage
import NNRReport
import PlainText

/// The command `carriers`.
struct CarriersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "carriers",
    abstract: "Lists the post-filter messages of a video, and the networks among a file's items.",
    discussion:
      "AVC, HEVC and VVC byte streams, MP4 with them, HEIF. What is in the column stream names an NNR bitstream to every command: nnrscope tensors 'clip.hevc#7+1'."
  )

  @Argument(help: "The videos and image files; - is standard input.", completion: .file())
  var files: [String]
  @OptionGroup var form: FormOptions
  @Flag(help: "List all SEI messages.") var all = false

  func run() throws {
    let selection = try form.selection(CarrierTable.fields)
    let documents = try files.map { file in
      let (source, carriage) = try CarrierOpening.carriage(file)
      return CarrierDocument(file: file, size: source.count, carriage, listsAll: all)
    }
    if form.json {
      writeJSON { json in
        guard documents.count != 1 else { return documents[0].write(to: &json) }
        json.object { json in
          json.key("files")
          json.array { json in for document in documents { document.write(to: &json) } }
        }
      }
    } else {
      var count = 0
      for document in documents {
        if !form.isForPrograms { Output.write(document.summary + "\n") }
        count += form.write(selection.table(document.rows), file: document.file)
        if !form.isForPrograms { Output.write(document.findings) }
      }
      form.tell(rows: count)
    }
    if documents.contains(where: { $0.carriage.allFindings.contains { $0.severity == .error } }) {
      throw ExitStatus.streamHasErrors
    }
  }
}

/// The command `extract`.
struct ExtractCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Writes the NNR bitstreams that a video or an image file carries as files.")

  @Argument(
    help: "The video or image file, with a stream's name behind it for that one: clip.hevc#7+1.",
    completion: .file())
  var file: String
  @Option(
    name: .shortAndLong, help: "The folder; it is made if it is not there.", completion: .directory)
  var output: String

  func run() throws {
    let (path, name) = CarrierOpening.split(file)
    let (_, carriage) = try CarrierOpening.carriage(path)
    let streams = carriage.streams.joined().filter { name == nil || $0.name == name }
    guard !streams.isEmpty else {
      throw ExitStatus.usage(CarrierOpening.missing(name, in: path, carriage))
    }
    let stem = Self.stem(of: path)
    for stream in streams {
      let target = "\(output)/\(stem)\(stream.name.replacing("#", with: "-")).nnc"
      do {
        try CarrierExtract.write(stream, to: target, folder: output)
      } catch {
        throw ExitStatus.unusable("\(error)")
      }
      Output.write("\(SafeText.line(target))  \(NumberFormat.grouped(stream.source.count)) B\n")
    }
    if carriage.allFindings.contains(where: { $0.severity == .error }) {
      Output.complain("the file has errors; carriers lists them")
      throw ExitStatus.streamHasErrors
    }
  }

  /// The name of a file without folder and ending.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "standard-input"
    guard name != "-" else { return "standard-input" }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }
}
