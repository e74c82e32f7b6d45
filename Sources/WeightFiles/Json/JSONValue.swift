/// A JSON document in memory, the members of objects in the order of the text.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case flag(Bool)
  /// A number without point and exponent that fits.
  case integer(Int)
  /// Any other number.
  case number(Double)
  /// Text.
  case text(String)
  /// An array.
  case array([JSONValue])
  /// An object; no two members have the same name.
  case object([JSONMember])

  /// The member `name` of an object; nil if it is not there or this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}

/// A name and a value in a JSON object.
public struct JSONMember: Hashable, Sendable {
  /// The name.
  public var name: String
  /// The value.
  public var value: JSONValue
}

/// Why text is not JSON, and where.
public struct JSONError: Error, Hashable, Sendable {
  /// What is wrong.
  public var reason: String
  /// Where, in bytes from the start.
  public var offset: Int
}
