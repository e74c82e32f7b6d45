import NNRAnalysis

/// What a user wants different in every explorer.
public struct ExplorerSettings: Sendable {
  /// The keys of commands by the commands' names, in place of the usual ones.
  public var keys: [String: [String]] = [:]
  /// The keys of the columns of the tensors table; nil for the usual ones.
  public var columns: [String]?
  /// Whether a changed file is opened again by itself.
  public var follows = false

  /// The settings of a user without wishes.
  public init() {}
}

extension ExplorerSettings {
  /// All that makes no sense in them.
  public var problems: [SettingsProblem] {
    let known = TensorColumns.all.map(\.key)
    let columns = (columns ?? []).filter { TensorColumns.all.place(of: $0) == nil }.map {
      SettingsProblem(
        "the tensors table has no column \($0), but: \(known.joined(separator: ", "))",
        about: ["columns", $0])
    }
    return columns + CommandRegistry.standard.problems(keys)
  }
}

extension ExplorerModel {
  /// Takes up settings.
  ///
  /// - Throws: what in them makes no sense.
  public mutating func use(_ settings: ExplorerSettings) throws(SettingsProblem) {
    if let problem = settings.problems.first { throw problem }
    registry = CommandRegistry.standard.rebound(settings.keys)
    if let columns = settings.columns {
      let keys = columns.compactMap { name in
        TensorColumns.all.place(of: name).map { TensorColumns.all[$0].key }
      }
      usualColumns = keys
      for place in documents.indices { documents[place].tensors.columns = keys }
    }
    follows = settings.follows
  }
}

/// What in the settings makes no sense.
public struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// A sentence for the user.
  public let description: String
  /// The names of the setting and of what is wrong in it: `keys`, `quit`.
  public let subject: [String]

  init(_ description: String, about subject: [String]) {
    self.description = description
    self.subject = subject
  }
}
