/// A line of text being edited, with history and completion.
public struct PromptState: Hashable, Sendable {
  /// The text.
  public private(set) var text: String
  /// Characters before the cursor.
  public private(set) var cursor: Int
  /// Earlier inputs, oldest first.
  public var history: [String]
  /// Completions of the text, if a list is open.
  public private(set) var completions: [String] = []
  /// The completion chosen in the list.
  public private(set) var chosen: Int?
  private var recalled: Int?
  private var draft = ""

  /// Makes a prompt with the cursor behind the text.
  public init(_ text: String = "", history: [String] = []) {
    self.text = text
    self.history = history
    cursor = text.count
  }

  /// What a key did to the prompt.
  public enum Outcome: Hashable, Sendable {
    /// The text changed.
    case edited
    /// Only the cursor or the completion list changed.
    case moved
    /// Enter was pressed.
    case accepted
    /// Esc or C-c was pressed, or a deletion in an empty prompt.
    case cancelled
    /// The application should offer completions and call `offer`.
    case wantsCompletion
    /// The key means nothing here.
    case ignored
  }

  /// Applies a key.
  public mutating func handle(_ key: Key) -> Outcome {
    if let character = key.typed { return insert(String(character)) }
    switch (key.code, key.modifiers) {
    case (.enter, []): return .accepted
    case (.escape, []), (.character("c"), .control), (.character("g"), .control):
      return .cancelled
    case (.backspace, []), (.character("h"), .control):
      return text.isEmpty ? .cancelled : delete(cursor - 1..<cursor)
    case (.delete, []), (.character("d"), .control): return delete(cursor..<cursor + 1)
    case (.character("w"), .control), (.backspace, .meta): return delete(wordStart..<cursor)
    case (.character("u"), .control): return delete(0..<cursor)
    case (.character("k"), .control): return delete(cursor..<text.count)
    case (.left, []), (.character("b"), .control): return place(cursor - 1)
    case (.right, []), (.character("f"), .control): return place(cursor + 1)
    case (.left, .control), (.character("b"), .meta): return place(wordStart)
    case (.right, .control), (.character("f"), .meta): return place(wordEnd)
    case (.home, []), (.character("a"), .control): return place(0)
    case (.end, []), (.character("e"), .control): return place(text.count)
    case (.up, []), (.character("p"), .control): return recall(-1)
    case (.down, []), (.character("n"), .control): return recall(1)
    case (.tab, []): return completions.isEmpty ? .wantsCompletion : choose(1)
    case (.tab, .shift): return choose(-1)
    default: return .ignored
    }
  }

  /// Inserts text at the cursor, newlines as blanks (pasted text may hold them).
  public mutating func insert(_ more: String) -> Outcome {
    let line = String(more.map { $0.isNewline ? " " : $0 })
    let index = text.index(text.startIndex, offsetBy: cursor)
    let behind = text.distance(from: index, to: text.endIndex)
    text.insert(contentsOf: line, at: index)
    // Counted from the end: an inserted mark may join the character before it.
    cursor = max(0, text.count - behind)
    return edited()
  }

  /// The characters that the bytes of a range of the UTF-8 text belong to; one at least, but for an empty text.
  public func characters(ofBytes range: Range<Int>) -> Range<Int> {
    let start = min(characters(before: range.lowerBound), max(0, text.count - 1))
    return start..<min(text.count, max(start + 1, characters(before: range.upperBound)))
  }

  /// Puts the cursor before the character that a byte of the UTF-8 text belongs to; behind the text for one beyond it.
  public mutating func point(atByte byte: Int) { _ = place(characters(before: byte)) }

  private func characters(before byte: Int) -> Int {
    let end = text.utf8.index(text.startIndex, offsetBy: max(0, byte), limitedBy: text.endIndex)
    return text[..<(end ?? text.endIndex)].count
  }

  /// Replaces the whole text.
  public mutating func replace(_ text: String) {
    self.text = text
    cursor = text.count
    _ = edited()
  }

  /// Opens a list of full-line completions; a single one is taken at once.
  public mutating func offer(_ completions: [String]) {
    if completions.count == 1 { return replace(completions[0]) }
    self.completions = completions
    chosen = nil
    guard let shared = Self.commonPrefix(completions), shared.count > text.count else { return }
    text = shared
    cursor = text.count
  }

  /// Remembers the text as the newest of the history, without repeats.
  public mutating func remember(limit: Int = 100) {
    guard !text.isEmpty else { return }
    history.removeAll { $0 == text }
    history.append(text)
    if history.count > limit { history.removeFirst(history.count - limit) }
  }

  private mutating func edited() -> Outcome {
    completions = []
    chosen = nil
    recalled = nil
    return .edited
  }

  private mutating func place(_ position: Int) -> Outcome {
    cursor = min(max(0, position), text.count)
    return .moved
  }

  private mutating func delete(_ range: Range<Int>) -> Outcome {
    let range = range.clamped(to: 0..<text.count)
    guard !range.isEmpty else { return .moved }
    let start = text.index(text.startIndex, offsetBy: range.lowerBound)
    text.removeSubrange(start..<text.index(start, offsetBy: range.count))
    cursor = min(range.lowerBound, text.count)
    return edited()
  }

  private mutating func recall(_ step: Int) -> Outcome {
    if !completions.isEmpty { return choose(step) }
    let position = (recalled ?? history.count) + step
    guard position >= 0, position <= history.count else { return .ignored }
    if recalled == nil { draft = text }
    text = position == history.count ? draft : history[position]
    cursor = text.count
    recalled = position == history.count ? nil : position
    return .edited
  }

  private mutating func choose(_ step: Int) -> Outcome {
    let count = completions.count
    guard count > 0 else { return .ignored }
    let next = chosen.map { ($0 + step + count) % count } ?? (step > 0 ? 0 : count - 1)
    chosen = next
    text = completions[next]
    cursor = text.count
    return .edited
  }

  private var wordStart: Int {
    let characters = Array(text)
    var index = cursor
    while index > 0, !characters[index - 1].isWordPart { index -= 1 }
    while index > 0, characters[index - 1].isWordPart { index -= 1 }
    return index
  }

  private var wordEnd: Int {
    let characters = Array(text)
    var index = cursor
    while index < characters.count, !characters[index].isWordPart { index += 1 }
    while index < characters.count, characters[index].isWordPart { index += 1 }
    return index
  }

  private static func commonPrefix(_ lines: [String]) -> String? {
    guard var prefix = lines.first else { return nil }
    for line in lines {
      prefix = String(zip(prefix, line).prefix { $0 == $1 }.map(\.0))
    }
    return prefix
  }
}

extension Character {
  /// Whether the character belongs to a word for word-wise editing.
  fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
