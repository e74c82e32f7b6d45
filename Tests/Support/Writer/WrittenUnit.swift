import NNRBits
import NNRSyntax

/// An element that a writer wrote.
public struct WrittenElement: Sendable, Hashable, CustomStringConvertible {
  /// The name with the indices of its loops: `tensor_dimensions[0]`.
  public var name: String
  /// The value that a reader must find.
  public var value: ElementValue
  /// The bits, counted from the first bit of the unit.
  public var range: BitRange

  /// Everything in a line.
  public var description: String { "\(name) = \(value) at \(range)" }
}

/// A unit that was written.
public struct WrittenUnit: Sendable {
  /// The bytes.
  public var bytes: [UInt8]
  /// The elements in the order of the bitstream, composite ones before their parts.
  public var elements: [WrittenElement]
  /// The conditions of the syntax that the unit breaks.
  public var brokenRules: [Rule]
  /// The reading it was written for.
  public var reading: Reading

  /// The elements of that name; indices need not be given.
  public func elements(_ name: String) -> [WrittenElement] {
    elements.filter { $0.name == name || $0.name.hasPrefix(name + "[") }
  }

  /// What a parsed tree has otherwise than it was written, as sentences; empty if nothing.
  public func differences(from tree: SyntaxTree) -> [String] {
    let found = tree.nodes.compactMap { node in
      node.element.map { _ in
        WrittenElement(name: node.name, value: node.value, range: node.range)
      }
    }
    if found == elements { return tree.isComplete ? [] : ["parsed, but not complete"] }
    let place = zip(found, elements).prefix { $0 == $1 }.count
    let wanted = place < elements.count ? "\(elements[place])" : "nothing"
    let got = place < found.count ? "\(found[place])" : "nothing"
    return ["element \(place): written \(wanted), parsed \(got)"]
  }
}
