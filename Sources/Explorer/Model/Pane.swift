/// The name of a view or of a part of the first one, by which commands, settings and saved looks know it.
///
/// What it shows and does is its `View`; each is named beside that.
public struct Pane: Hashable, Sendable, CustomStringConvertible {
  /// The name in commands and files.
  public let name: String
  /// The name in captions.
  public let title: String

  /// A name for programs and one for people.
  init(_ name: String, _ title: String) {
    self.name = name
    self.title = title
  }

  /// The name in commands and files.
  public var description: String { name }

  /// Panes are the same by their names.
  public static func == (one: Pane, other: Pane) -> Bool { one.name == other.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
