import NNRAnalysis

/// An order written as on the command line: `bits`, or `-bits` for the greatest first.
struct NamedOrder: Hashable, Sendable {
  /// What it is about.
  let name: String
  /// Whether the greatest come first.
  let descending: Bool

  /// The order that a text names; nil if it is none of `names`.
  init?(_ text: String, among names: [String]) {
    let descending = text.hasPrefix("-")
    let name = String(text.dropFirst(descending ? 1 : 0))
    guard names.contains(name) else { return nil }
    (self.name, self.descending) = (name, descending)
  }

  /// What to say of a text that names none.
  static func problem(_ text: String, among names: [String]) -> String {
    let near = NearNames.of(text.hasPrefix("-") ? String(text.dropFirst()) : text, among: names)
    return "no order \(text)"
      + (near.isEmpty
        ? ", but: \(names.joined(separator: ", "))"
        : "; did you mean \(near.joined(separator: ", "))?")
  }
}

extension CostsState.Order {
  /// Its name in the prompt.
  var key: String {
    switch self {
    case .bits: "bits"
    case .bitsPerWeight: "bits-per-weight"
    case .share(let group): group.rawValue
    case .name: "name"
    case .stream: "stream"
    }
  }

  /// Whether its usual direction has the greatest first.
  var isOfNumbers: Bool { self != .name && self != .stream }
}

extension ModelOutline.Order {
  /// Its name in the prompt.
  var key: String { self == .stream ? "stream" : rawValue }
}
