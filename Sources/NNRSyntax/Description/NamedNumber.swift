/// Numbers of an element that have names: conditions and readers say the name, and only the type knows the number.
public protocol NamedNumber: RawRepresentable<Int>, Sendable {
  /// The names in the standard, by number.
  static var names: [Int: String] { get }
}

extension NamedNumber {
  /// The name in the standard; empty if there is none.
  public var name: String { Self.names[rawValue] ?? "" }
}

func == (left: Element, right: some NamedNumber) -> Expression {
  left == .constant(right.rawValue)
}
func != (left: Element, right: some NamedNumber) -> Expression {
  left != .constant(right.rawValue)
}
func > (left: Element, right: some NamedNumber) -> Expression {
  left > .constant(right.rawValue)
}
func & (left: Element, right: some NamedNumber) -> Expression {
  left & .constant(right.rawValue)
}
