/// A manual page under construction, in the macros of man(7).
struct Roff {
  /// The page so far.
  private(set) var text: String

  /// A page with a title line.
  init(_ name: String, section: Int, about: String) {
    text = ".TH \(name.uppercased()) \(section) \"\" \"\(name)\" \"\(Self.escaped(about))\"\n"
  }

  /// Begins a section.
  mutating func section(_ title: String) { text += ".SH \(title.uppercased())\n" }

  /// Begins a part of a section.
  mutating func part(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  /// Adds a paragraph.
  mutating func paragraph(_ words: String) { text += ".PP\n" + Self.line(words) }

  /// Adds a term and what it means.
  mutating func item(_ term: String, _ meaning: String) {
    text += ".TP\n.B " + Self.line(term) + Self.line(meaning.isEmpty ? "\\&" : meaning)
  }

  /// Adds lines that are printed as they are.
  mutating func example(_ lines: String) {
    text += ".PP\n.nf\n.RS 4\n"
    for line in lines.split(separator: "\n") { text += Self.line(String(line)) }
    text += ".RE\n.fi\n"
  }

  private static func line(_ words: String) -> String {
    let escaped = escaped(words)
    let guarded = escaped.first == "." || escaped.first == "'" ? "\\&" + escaped : escaped
    return guarded + "\n"
  }

  private static func escaped(_ words: String) -> String {
    words.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\e"
      case "-": text += "\\-"
      case "\n": text += " "
      case "\"": text += "\\(dq"
      case "'": text += "\\(aq"
      case "`": text += "\\(ga"
      case "^": text += "\\(ha"
      case "~": text += "\\(ti"
      default: text.append(character)
      }
    }
  }
}
