/// A pattern of names as shells have it: `*` is any text, `?` any character, `[a-z]` one of some, `[!a-z]` none of them.
///
/// A dot and a slash are characters as all others. Matching takes time in proportion to the lengths of pattern and name
/// multiplied, whatever they are.
public struct Glob: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case any
    case one
    case letter(Character)
    case among([ClosedRange<Character>], negated: Bool)

    func accepts(_ letter: Character) -> Bool {
      switch self {
      case .any: false
      case .one: true
      case .letter(let own): own == letter
      case .among(let ranges, let negated): ranges.contains { $0.contains(letter) } != negated
      }
    }
  }

  /// The pattern as it was typed.
  public let source: String
  private let parts: [Part]

  /// The pattern that `source` spells; a bracket that is not closed is a letter.
  public init(_ source: String) {
    self.source = source
    var parts: [Part] = []
    var rest = Array(source)[...]
    while let letter = rest.popFirst() {
      switch letter {
      case "*": if parts.last != .any { parts.append(.any) }
      case "?": parts.append(.one)
      case "[": parts.append(Self.among(&rest) ?? .letter("["))
      default: parts.append(.letter(letter))
      }
    }
    self.parts = parts
  }

  /// What stands in brackets, taken from `rest`; nil if they are not closed.
  private static func among(_ rest: inout ArraySlice<Character>) -> Part? {
    var inner = rest
    let negated = inner.first == "!" || inner.first == "^"
    if negated { inner.removeFirst() }
    // A bracket that closes at once is one of the letters.
    guard let end = inner.dropFirst().firstIndex(of: "]") else { return nil }
    var letters = inner[..<end]
    var ranges: [ClosedRange<Character>] = []
    while let low = letters.popFirst() {
      if letters.count > 1, letters.first == "-", let high = letters.dropFirst().first {
        letters = letters.dropFirst(2)
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    rest = inner[(end + 1)...]
    return .among(ranges, negated: negated)
  }

  /// Whether `text` has something that a pattern has and few names have.
  public static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// Whether it fits a whole name.
  public func matches(_ name: String) -> Bool {
    let letters = Array(name)
    var (part, letter) = (0, 0)
    // Where the last `*` stands, and how far the name was when it was met: it takes one letter more each time.
    var retry: (part: Int, letter: Int)?
    while letter < letters.count {
      if part < parts.count, parts[part] == .any {
        retry = (part, letter)
        part += 1
      } else if part < parts.count, parts[part].accepts(letters[letter]) {
        part += 1
        letter += 1
      } else if let last = retry {
        retry = (last.part, last.letter + 1)
        part = last.part + 1
        letter = last.letter + 1
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { $0 == .any }
  }
}
