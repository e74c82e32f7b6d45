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

extension ExplorerModel {
  /// Takes up settings.
  ///
  /// - Throws: what in them makes no sense.
  public mutating func use(_ settings: ExplorerSettings) throws(SettingsProblem) {
    registry = try CommandRegistry.standard.rebound(settings.keys)
    if let columns = settings.columns {
      let known = Set(TensorColumns.all.map(\.key))
      if let wrong = columns.first(where: { !known.contains($0) }) {
        throw SettingsProblem(
          "the tensors table has no column \(wrong), but: "
            + TensorColumns.all.map(\.key).joined(separator: ", "))
      }
      for place in documents.indices { documents[place].tensors.columns = columns }
    }
    follows = settings.follows
  }
}

/// What in the settings makes no sense.
public struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// A sentence for the user.
  public let description: String

  init(_ description: String) { self.description = description }
}
