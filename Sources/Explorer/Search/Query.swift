import NNRModel
import NNRSyntax

/// What is searched for.
public enum Query: Hashable, Sendable {
  /// Text in names, values and their meanings; case does not matter.
  case text(String)
  /// An element of exactly this name.
  case element(String)
  /// A structure of exactly this name.
  case structure(String)
  /// An element whose layout is a guess.
  case tentative
  /// Bits of the file; nil fits both values. `step` is 8 for whole bytes, 1 for any position.
  case bits([Bool?], step: Int)

  /// Reads a search: `0b10x1` is a bit pattern, `0xdead` and `de ad ??` are bytes, all else is text.
  ///
  /// Nil for an empty one.
  public init?(_ input: String) {
    let text = String(input.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    guard !text.isEmpty else { return nil }
    if let bits = Self.bitPattern(text) {
      self = .bits(bits, step: 1)
    } else if let bytes = Self.bytePattern(text) {
      self = .bits(bytes, step: 8)
    } else {
      self = .text(text.lowercased())
    }
  }

  /// What kind of search it is, for the prompt.
  public var kind: String {
    switch self {
    case .text: "text"
    case .element: "element"
    case .structure: "structure"
    case .tentative: "tentative"
    case .bits(let bits, let step): step == 8 ? "\(bits.count / 8) bytes" : "\(bits.count) bits"
    }
  }

  private static func bitPattern(_ text: String) -> [Bool?]? {
    guard text.lowercased().hasPrefix("0b"), text.count > 2 else { return nil }
    var bits: [Bool?] = []
    for character in text.dropFirst(2) {
      switch character {
      case "0": bits.append(false)
      case "1": bits.append(true)
      case "x", "X", "?": bits.append(nil)
      case "_", " ": continue
      default: return nil
      }
    }
    return bits.isEmpty ? nil : bits
  }

  private static func bytePattern(_ text: String) -> [Bool?]? {
    var digits: [Character] = []
    if text.lowercased().hasPrefix("0x") {
      digits = text.dropFirst(2).filter { $0 != "_" && $0 != " " }
    } else {
      // Pairs of digits; one pair alone would rather be a text.
      let pairs = text.split(separator: " ")
      guard pairs.count > 1, pairs.allSatisfy({ $0.count == 2 }) else { return nil }
      digits = pairs.flatMap { Array($0) }
    }
    guard !digits.isEmpty, digits.count % 2 == 0 else { return nil }
    var bits: [Bool?] = []
    for digit in digits {
      if digit == "?" {
        bits += [nil, nil, nil, nil]
      } else if let value = digit.hexDigitValue {
        bits += (0..<4).map { value >> (3 - $0) & 1 == 1 }
      } else {
        return nil
      }
    }
    return bits
  }

  /// The places in a unit's tree that fit; byte and bit patterns are not looked for here.
  func matches(in tree: SyntaxTree, unit: Int) -> [SearchMatch] {
    switch self {
    case .bits: return []
    case .element(let name):
      return tree.nodes.indices.filter { tree.nodes[$0].element?.name == name }
        .map { SearchMatch(unit: unit, node: $0, bit: tree.nodes[$0].range.start) }
    case .structure(let name):
      return tree.nodes.indices.filter { place in
        if case .structure(let structure) = tree.nodes[place].kind { return structure.name == name }
        return false
      }.map { SearchMatch(unit: unit, node: $0, bit: tree.nodes[$0].range.start) }
    case .tentative:
      return tree.nodes.indices.filter {
        tree.nodes[$0].isTentative && tree.nodes[$0].element != nil
      }
      .map { SearchMatch(unit: unit, node: $0, bit: tree.nodes[$0].range.start) }
    case .text(let text):
      return tree.nodes.indices.filter { Self.fits(tree.nodes[$0], text) }
        .map { SearchMatch(unit: unit, node: $0, bit: tree.nodes[$0].range.start) }
    }
  }

  private static func fits(_ node: SyntaxNode, _ text: String) -> Bool {
    // The root is the unit, which has a row of its own and is found by its type.
    guard case .element(let element, _) = node.kind else { return false }
    if element.name.contains(text) || node.name.contains(text) { return true }
    switch node.value {
    case .number(let number):
      return "\(number)" == text
        || element.allowed.name(of: number)?.lowercased().contains(text) ?? false
    case .text(let bytes, _):
      return String(decoding: bytes, as: UTF8.self).lowercased().contains(text)
    case .float(let bits): return "\(Float(bitPattern: bits))".hasPrefix(text)
    case .bytes, .none: return false
    }
  }
}

/// A place that fits a search.
public struct SearchMatch: Hashable, Sendable, Comparable {
  /// The entry of the stream's index.
  public let unit: Int
  /// The node of its tree; nil for a place known by its bit only.
  public let node: Int?
  /// The first bit, counted from the start of the unit.
  public let bit: Int

  /// A place.
  public init(unit: Int, node: Int?, bit: Int) {
    self.unit = unit
    self.node = node
    self.bit = bit
  }

  /// In the order of the stream.
  public static func < (left: SearchMatch, right: SearchMatch) -> Bool {
    (left.unit, left.bit, left.node ?? -1) < (right.unit, right.bit, right.node ?? -1)
  }
}
