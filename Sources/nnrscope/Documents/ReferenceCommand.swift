import ArgumentParser
import NNRAnalysis
import NNRReport
import NNRSyntax

/// The `reference` command.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Prints the format reference that elements and rules cite, or lists its sections.",
    discussion: "A chapter is printed with all its sections. The text is Markdown.")

  @Argument(help: "A section, by its number or its title: 2.4, NNR_MPS.")
  var section: String?
  @Flag(help: "Write JSON.") var json = false

  func run() throws {
    guard let section else { return write(FormatReference.sections, withText: false) }
    guard let found = FormatReference.section(section) else {
      let names = FormatReference.sections.flatMap { [$0.number, $0.title] }
      let near = NearNames.of(section, among: names)
      throw ExitStatus.usage(
        "the format reference has no section \(section)"
          + (near.isEmpty
            ? "; nnrscope reference lists them" : ", but: " + near.joined(separator: ", ")))
    }
    write(FormatReference.sections(within: found), withText: true)
  }

  private func write(_ sections: [FormatReference.Section], withText: Bool) {
    guard json else {
      return Output.write(
        sections.map { section in
          withText
            ? "# \(section.heading)\n\n\(section.text)\n"
            : (section.number.contains(".") ? "  " : "") + section.heading + "\n"
        }.joined(separator: withText ? "\n" : ""))
    }
    var json = JSONWriter()
    json.object { json in
      json.key("sections")
      json.array { json in
        for section in sections {
          json.object { json in
            json.member("section", section.number)
            json.member("title", section.title)
            if withText { json.member("text", section.text) }
          }
        }
      }
    }
    Output.write(json.takeBytes())
    Output.write("\n")
  }
}
