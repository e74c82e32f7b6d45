/// How a file was looked at, as words: view, panes, orders, filters, columns.
///
/// What is as it is at the start has no entry.
struct SavedLook: Sendable, Hashable {
  /// What was chosen in a file, and beside it.
  struct Looks: Sendable {
    /// Beside the files.
    var model: ExplorerModel.Look
    /// In the file.
    var document: DocumentState.Look
    /// The view or part with a name, or with one that it had before.
    let pane: @Sendable (String) -> Pane?
  }

  /// Something that is kept.
  struct Entry: Sendable {
    /// The word that stands for it.
    let key: String
    /// It in words; empty where it is not kept.
    let words: @Sendable (Looks) -> String
    /// Takes it up; words that mean nothing change nothing.
    let take: @Sendable (String, inout Looks) -> Void
  }

  /// The words by their key.
  private(set) var values: [String: String] = [:]

  /// Nothing kept.
  init() {}

  /// What is not as it is in a first look.
  init(_ looks: Looks, unlike first: Looks) {
    for entry in Self.entries {
      let words = entry.words(looks)
      if words != entry.words(first), !words.contains(where: \.isNewline) {
        values[entry.key] = words.isEmpty ? nil : words
      }
    }
  }

  /// The lines, in a fixed order.
  var lines: [String] {
    Self.entries.compactMap { entry in values[entry.key].map { "look \(entry.key) \($0)" } }
  }

  /// Takes a line up; one that is not understood is left out.
  mutating func read(_ line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, parts[0] == "look",
      Self.entries.contains(where: { $0.key == parts[1] })
    else { return }
    values[String(parts[1])] = String(parts[2].prefix(2000))
  }

  /// Looks at a file as it was looked at.
  func apply(to looks: inout Looks) {
    for entry in Self.entries {
      if let words = values[entry.key] { entry.take(words, &looks) }
    }
  }
}

extension ExplorerModel {
  /// How an open file is looked at.
  func savedLook(_ number: Int) -> SavedLook {
    SavedLook(
      looks(number),
      unlike: SavedLook.Looks(model: Look(), document: firstLook(number), pane: { _ in nil }))
  }

  private func looks(_ number: Int) -> SavedLook.Looks {
    SavedLook.Looks(model: look, document: documents[number].look) { [views, registry] name in
      views.pane(named: registry.command(named: name)?.name ?? name)
    }
  }

  /// Looks at an open file as it was looked at.
  mutating func take(_ saved: SavedLook, of number: Int) {
    var looks = looks(number)
    saved.apply(to: &looks)
    if number == current { look = looks.model }
    documents[number].take(looks.document)
  }

  /// The work that a view and a filter need that were there from the start.
  mutating func startLook() -> [Effect] {
    var effects: [Effect] = []
    if !document.filter.isEmpty { effects += beginFilter(document.filter) }
    return effects + startFigures()
  }
}
