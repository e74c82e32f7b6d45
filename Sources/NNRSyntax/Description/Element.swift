import Locking

/// One syntax element: what a person has to know about it, said once.
///
/// Parser, tree, JSON, help and tests all take it from here. Elements are compared by identity; two structures that
/// read the same element share the instance.
public final class Element: Sendable {
  /// Where the knowledge of an element comes from (format reference 0.1).
  public enum Evidence: Sendable {
    /// Read in the reference software.
    case reference
    /// Recollected from drafts; a hypothesis.
    case recollected
  }

  /// The name in the syntax tables.
  public let name: String
  /// How it is written where a structure does not say otherwise.
  public let descriptor: Descriptor
  /// What it means, in a sentence.
  public let meaning: String
  /// The values that are allowed.
  public let allowed: AllowedValues
  /// The value in force when the element is absent; nil when there is none.
  public let inferred: Int?
  /// The section of the format reference that describes it.
  public let section: String
  /// How sure we are.
  public let evidence: Evidence
  /// The rule that a forbidden value breaks.
  public let rule: Rule?
  /// What its bits are spent on; nil if its descriptor or the structure around it tells.
  public let headerClass: HeaderClass?
  /// A dense number for tables of values; it differs from run to run.
  let slot: Int

  private static let slots = Locked(0)
  /// More than the number of elements there are.
  static let slotCount = 384

  /// Describes an element; see the properties.
  init(
    _ name: String, _ descriptor: Descriptor, _ meaning: String, _ allowed: AllowedValues = .any,
    inferred: Int? = nil, section: String, evidence: Evidence = .reference, rule: Rule? = nil,
    headerClass: HeaderClass? = nil
  ) {
    self.name = name
    self.descriptor = descriptor
    self.meaning = meaning
    self.allowed = allowed
    self.inferred = inferred
    self.section = section
    self.evidence = evidence
    self.rule = rule
    self.headerClass = headerClass
    slot = Self.slots.withLock { count in
      count += 1
      return count - 1
    }
    precondition(slot < Self.slotCount, "more elements than slots")
  }
}

extension Element: Hashable {
  /// Identity.
  public static func == (left: Element, right: Element) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// What an element's value may be.
public enum AllowedValues: Sendable {
  /// Anything the descriptor can write.
  case any
  /// A range, both ends included.
  case range(ClosedRange<Int>)
  /// Zero: reserved.
  case zero
  /// Named values; whether others are merely unnamed (true) or not allowed.
  case named([Int: String], othersAllowed: Bool)
  /// Named bits of a mask.
  case mask([Int: String])
  /// A flag: what 0 and what 1 say.
  case flag(String, String)
  /// A name of a model element: valid UTF-8 without control characters.
  case identifier
  /// A finite number within 0…1: a ratio or an accuracy.
  case ratio

  /// Whether `value` is allowed.
  public func allows(_ value: Int) -> Bool {
    switch self {
    case .any, .identifier, .mask, .flag, .ratio: true
    case .range(let range): range.contains(value)
    case .zero: value == 0
    case .named(let names, let othersAllowed): othersAllowed || names[value] != nil
    }
  }

  /// What `value` is called; nil if it has no name.
  public func name(of value: Int) -> String? {
    switch self {
    case .named(let names, _): return names[value]
    case .flag(let zero, let one): return value == 0 ? zero : one
    case .mask(let names):
      guard value != 0 else { return "none" }
      return names.keys.sorted().filter { value & $0 != 0 }.compactMap { names[$0] }
        .joined(separator: " + ")
    default: return nil
    }
  }

  /// The values as a person reads them.
  public var text: String {
    switch self {
    case .any: "any"
    case .range(let range):
      range.upperBound == Int.max
        ? "\(range.lowerBound) or more" : "\(range.lowerBound)…\(range.upperBound)"
    case .zero: "0 (reserved)"
    case .named(let names, let othersAllowed):
      names.keys.sorted().map { "\($0) \(names[$0] ?? "")" }.joined(separator: ", ")
        + (othersAllowed ? ", others" : "")
    case .mask(let names):
      names.keys.sorted().map { "0x\(String($0, radix: 16)) \(names[$0] ?? "")" }
        .joined(separator: ", ")
    case .flag(let zero, let one): "0: \(zero), 1: \(one)"
    case .identifier: "UTF-8 without control characters"
    case .ratio: "a finite number, 0…1"
    }
  }
}
