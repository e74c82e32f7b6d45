/// A value of a YAML text and where it stands.
public struct YAMLNode: Sendable {
  /// What a value is.
  public enum Content: Sendable {
    /// A scalar; `quoted` in quotes or as a block, and then never a truth value.
    case text(String, quoted: Bool)
    /// A sequence.
    case list([YAMLNode])
    /// A mapping, in the order of the text; no key stands twice in it.
    case map([Entry])
  }

  /// A key of a mapping and its value.
  public struct Entry: Sendable {
    /// The key.
    public let key: YAMLNode
    /// The value.
    public let value: YAMLNode
  }

  /// What it is.
  public let content: Content
  /// Where it begins.
  public let place: YAMLPlace

  /// The text of a scalar.
  public var text: String? {
    if case .text(let text, _) = content { text } else { nil }
  }

  /// What a scalar without quotes says of a thing that is or is not: `true` or `false`, `yes` or `no`, `on` or `off`.
  public var truth: Bool? {
    guard case .text(let text, quoted: false) = content else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: return nil
    }
  }

  /// The values of a sequence.
  public var list: [YAMLNode]? {
    if case .list(let values) = content { values } else { nil }
  }

  /// The entries of a mapping.
  public var map: [Entry]? {
    if case .map(let entries) = content { entries } else { nil }
  }

  /// The value of a key of a mapping.
  public subscript(key: String) -> YAMLNode? { map?.first { $0.key.text == key }?.value }
}

/// A line and a column of a text, both from 1; written `line:column`.
public struct YAMLPlace: Hashable, Sendable, CustomStringConvertible {
  /// The line.
  public let line: Int
  /// The column, in characters.
  public let column: Int

  /// `line:column`.
  public var description: String { "\(line):\(column)" }
}

/// Why a text is no YAML that is read here.
public struct YAMLMistake: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where it was noticed.
  public let place: YAMLPlace
  /// What is wrong.
  public let reason: String

  /// `line:column: reason`.
  public var description: String { "\(place): \(reason)" }
}
