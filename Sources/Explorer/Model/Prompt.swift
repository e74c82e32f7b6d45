import TerminalScreen

/// A line that is being typed.
struct Prompt: Sendable, Hashable {
  /// What it is for.
  enum Kind: String, Sendable, Hashable {
    /// A command.
    case command = ":"
    /// A search.
    case search = "/"
    /// A filter.
    case filter = "&"
  }

  /// What it is for.
  var kind: Kind
  /// Text, cursor, history, completions.
  var line: PromptState
  /// What is wrong with the text; nil if it is fine.
  var problem: String?
  /// What was in force before, to come back on Esc.
  var before: String
}

/// A sentence in the last line, until the next key.
struct Status: Sendable, Hashable {
  /// The sentence.
  var text: String
  /// Whether something failed.
  var failed: Bool
}

/// Text over the panes.
struct Overlay: Sendable, Hashable {
  /// The title.
  var title: String
  /// The first line shown.
  var top = 0
}
