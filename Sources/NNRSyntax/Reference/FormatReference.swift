/// The format reference that elements, structures and rules cite: the articles of this module's documentation, in the program.
public enum FormatReference {
  /// A chapter or a section of one.
  public struct Section: Sendable {
    /// Its number: `2`, `2.4`.
    public let number: String
    /// Its title.
    public let title: String
    /// What stands between its heading and the next, in Markdown.
    public let text: String

    /// Number and title.
    public var heading: String { "\(number) \(title)" }
  }

  /// Every chapter and section, in order.
  public static let sections: [Section] =
    (articles.flatMap { sections(of: String(decoding: $0, as: UTF8.self)) } + [rules])
    .sorted { place($0) < place($1) }

  private static let articles = [
    PackageResources.FormatReference_md, PackageResources.Bitstream_md, PackageResources.Units_md,
    PackageResources.DataUnits_md, PackageResources.PayloadDecoding_md,
    PackageResources.Reconstruction_md, PackageResources.IncrementalUpdates_md,
    PackageResources.BitAccounting_md, PackageResources.ReferenceSoftware_md,
    PackageResources.WorkedExample_md, PackageResources.OpenPoints_md, PackageResources.Carriage_md,
  ]

  /// The rules are described where they are named.
  private static var rules: Section {
    let rows = Rule.allCases.map { "| \($0.id) | \($0.severity.rawValue) | \($0.condition) |" }
    let text = (["| rule | severity | broken if |", "|---|---|---|"] + rows).joined(separator: "\n")
    return Section(number: "10", title: "Rules", text: text + "\n")
  }

  private static func place(_ section: Section) -> Int {
    let numbers = section.number.split(separator: ".").map { Int($0) ?? 0 }
    return (numbers.first ?? 0) * 100 + (numbers.count > 1 ? numbers[1] : 0)
  }

  /// The section of a number or a title; nil if there is none.
  public static func section(_ name: String) -> Section? {
    let wanted = name.lowercased()
    return sections.first { $0.number == wanted || $0.title.lowercased() == wanted }
  }

  /// A section, and those within it: what one reads who asks for a chapter.
  public static func sections(within section: Section) -> [Section] {
    sections.filter {
      $0.number == section.number || $0.number.hasPrefix(section.number + ".")
    }
  }

  /// The parts of an article under headings that begin with a number.
  private static func sections(of article: String) -> [Section] {
    var found: [Section] = []
    var heading: (number: String, title: String)?
    var lines: [Substring] = []
    func close() {
      guard let heading else { return }
      let text = lines.drop { $0.isEmpty }.joined(separator: "\n")
      found.append(Section(number: heading.number, title: heading.title, text: text))
    }
    var isCode = false
    for line in article.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode, line.hasPrefix("#") else {
        lines.append(line)
        continue
      }
      close()
      let words = line.drop { $0 == "#" || $0 == " " }.split(separator: " ", maxSplits: 1)
      let isNumbered = words.count == 2 && words[0].first?.isNumber == true
      heading = isNumbered ? (String(words[0]), String(words[1])) : nil
      lines = []
    }
    close()
    return found
  }
}
