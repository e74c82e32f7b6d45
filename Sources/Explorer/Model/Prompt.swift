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
  /// What it shows.
  enum Topic: Sendable, Hashable {
    /// Keys and commands.
    case help
    /// What a name means.
    case explanation(String)
    /// Everything that holds a text.
    case search(String)
    /// How the values of a column are distributed.
    case column(String)
    /// What the search for the encoder's integers found.
    case repair
    /// How the selected element or weight is coded.
    case codeWord
  }

  /// The title.
  var title: String
  /// The first line shown.
  var top = 0
  /// The selected line, where lines lead somewhere.
  var selection = 0
  /// What it shows.
  var topic = Topic.help
}
