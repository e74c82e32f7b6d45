import NNRSyntax

/// A place for a value in a lesson: `{kind:argument}`, or `{kind:argument@uN}` for another unit than the selected one.
struct LessonValue: Sendable, Hashable {
  /// What is looked up.
  enum Kind: String, Sendable, CaseIterable {
    /// The value of an element.
    case value
    /// What the value of an element is called.
    case name
    /// The code word of an element.
    case bits
    /// The number of bits of an element.
    case length
    /// Where an element begins: byte and bit of the file.
    case place
    /// What an element is, in a sentence.
    case meaning
    /// How an element is written.
    case descriptor
    /// What a word of the glossary means.
    case explain
    /// A fact of the unit.
    case unit
    /// A fact of the stream.
    case stream
    /// A figure of the Decode pane, by its label.
    case figure
    /// The share of a group of syntax classes in the bits of the stream, in per cent.
    case cost
    /// A fact of the selected bin.
    case bin
    /// A fact of the weight under the cursor.
    case level
    /// A fact of the codebook.
    case codebook
    /// A fact of what other choices would save, in the view What if.
    case choice
    /// A fact of the alternative that is under the cursor there.
    case alternative
    /// A fact of the first broken rule.
    case finding
    /// The keys of a command.
    case key
  }

  /// What is looked up.
  let kind: Kind
  /// Of what.
  let argument: String
  /// The unit; nil for the selected one.
  let unit: Int?

  /// As it is written in a lesson.
  var spelling: String {
    "{\(kind.rawValue):\(argument)\(unit.map { "@u\($0)" } ?? "")}"
  }

  /// The facts that can be asked for by name; nil where the argument is a name of the format.
  static func facts(_ kind: Kind) -> [String]? {
    switch kind {
    case .unit: UnitFact.allCases.map(\.rawValue)
    case .stream: StreamFact.allCases.map(\.rawValue)
    case .bin: BinFact.allCases.map(\.rawValue)
    case .level: LevelFact.allCases.map(\.rawValue)
    case .codebook: CodebookFact.allCases.map(\.rawValue)
    case .choice: ChoiceFact.allCases.map(\.rawValue)
    case .alternative: AlternativeFact.allCases.map(\.rawValue)
    case .finding: FindingFact.allCases.map(\.rawValue)
    case .value, .name, .bits, .length, .place, .meaning, .descriptor, .explain, .figure, .cost,
      .key:
      nil
    }
  }

  /// Reads what stands between braces; the sentence says what is wrong with it.
  static func parse(_ text: String) -> Result<LessonValue, LessonProblem> {
    func wrong(_ why: String) -> Result<LessonValue, LessonProblem> {
      .failure(LessonProblem(line: 0, text: "{\(text)}: \(why)"))
    }
    guard let colon = text.firstIndex(of: ":") else { return wrong("write {kind:argument}") }
    let word = String(text[..<colon])
    guard let kind = Kind(rawValue: word) else {
      let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
      return wrong("there is no \(word); known are \(known)")
    }
    var argument = String(text[text.index(after: colon)...])
    var unit: Int?
    if let at = argument.lastIndex(of: "@") {
      let tail = argument[argument.index(after: at)...]
      guard tail.hasPrefix("u"), let number = Int(tail.dropFirst()),
        (0...9_999_999).contains(number)
      else { return wrong("a unit is written @u12") }
      unit = number
      argument = String(argument[..<at])
    }
    guard !argument.isEmpty else { return wrong("it needs an argument") }
    if let facts = facts(kind), !facts.contains(argument) {
      return wrong("known are \(facts.joined(separator: ", "))")
    }
    switch kind {
    case .value, .name, .bits, .length, .place, .meaning, .descriptor:
      let bare = argument.prefix { $0 != "[" }
      guard SyntaxCatalog.standard.elements.contains(where: { $0.name == bare }) else {
        return wrong("there is no element of that name")
      }
    case .explain:
      guard Glossary.entry(argument) != nil else { return wrong("the glossary lacks it") }
    case .key:
      guard let command = CommandRegistry.standard.command(named: argument),
        !command.keys.isEmpty
      else { return wrong("there is no command of that name with a key") }
    default: break
    }
    return .success(LessonValue(kind: kind, argument: argument, unit: unit))
  }

  /// Facts of a unit.
  enum UnitFact: String, CaseIterable {
    case number, type, tensor, size, header, payload, offset, share
  }

  /// Facts of the stream.
  enum StreamFact: String, CaseIterable {
    case name, size, units, tensors, weights, ratio, files, errors, warnings
  }

  /// Facts of the selected bin.
  enum BinFact: String, CaseIterable {
    case number, count, element, bin, cost, range, offset, lps, mps, context, probability, level,
      integer, state, position, kind
  }

  /// Facts of the weight under the cursor, and of the first levels and weights.
  enum LevelFact: String, CaseIterable {
    case integer, weight, row, column, scan, coded, step, first, weights
  }

  /// Facts of the codebook.
  enum CodebookFact: String, CaseIterable {
    case size, zero, entries, weights
  }

  /// Facts of the tensor under the cursor of What if, and the bytes that the stream could have.
  enum ChoiceFact: String, CaseIterable {
    case tensor, bits, best, saved, change
    case bestSize = "best-size"
  }

  /// Facts of the alternative under the cursor.
  enum AlternativeFact: String, CaseIterable {
    case knob, value, bits
  }

  /// Facts of the first broken rule, an error if there is one.
  enum FindingFact: String, CaseIterable {
    case rule, unit, message, condition, reason, mistake
  }
}

/// What is wrong with a lesson.
public struct LessonProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1; 0 where it is not known.
  public let line: Int
  /// What is wrong.
  public let text: String

  /// Line and reason.
  public var description: String { line > 0 ? "line \(line): \(text)" : text }
}
