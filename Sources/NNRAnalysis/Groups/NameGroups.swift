import NNRModel

/// Which group a tensor belongs to: by patterns of names, by what it is, or by the first parts of its name.
///
/// Every tensor is in one group, so that groups add up to the whole.
public struct NameGroups: Sendable {
  /// How tensors that fit no pattern are grouped.
  public enum Rule: Sendable, Hashable {
    /// They are one group.
    case together
    /// By what they are: weight, bias, norm, embedding, scaling, vector.
    case role
    /// By so many parts of their names; the last part is none of them.
    case depth(Int)
    /// By what is said of each name elsewhere.
    case labels([String: String])
  }

  /// The group of tensors that fit in no other.
  public static let rest = "(other)"

  private let patterns: [(group: String, pattern: Glob)]
  private let rule: Rule

  /// Groups by `patterns`, the first that fits, and then by `rule`.
  public init(patterns: [(group: String, pattern: Glob)] = [], rule: Rule = .together) {
    self.patterns = patterns
    self.rule = rule
  }

  /// The groups of tensors, in their order.
  public func names(of tensors: [GroupMember]) -> [String] {
    let normed = rule == .role ? GroupMember.normed(tensors) : []
    return tensors.map { tensor in
      if let found = patterns.first(where: { $0.pattern.matches(tensor.name) }) {
        return found.group
      }
      switch rule {
      case .together: return Self.rest
      case .role: return tensor.kind(normed: normed).rawValue
      case .depth(let depth): return tensor.prefix(depth)
      case .labels(let labels): return labels[tensor.name] ?? Self.rest
      }
    }
  }

  /// The places of tensors by their groups: patterns in their order, then others as they first appear, what fits nowhere last.
  public func places(of tensors: [GroupMember]) -> [(group: String, places: [Int])] {
    var order: [String] = []
    var places: [String: [Int]] = [:]
    for (group, _) in patterns where places[group] == nil {
      order.append(group)
      places[group] = []
    }
    for (place, group) in names(of: tensors).enumerated() {
      if places[group] == nil { order.append(group) }
      places[group, default: []].append(place)
    }
    return (order.filter { $0 != Self.rest } + (places[Self.rest] == nil ? [] : [Self.rest]))
      .map { ($0, places[$0] ?? []) }
  }
}

/// A tensor as it is grouped.
public struct GroupMember: Sendable, Hashable {
  /// What a tensor is for a network, told from its block, its name and its dimensions.
  public enum Kind: String, Sendable, CaseIterable {
    /// A matrix or a kernel.
    case weight
    /// What is added to outputs.
    case bias
    /// Means, variances, scales and shifts of a normalization.
    case norm
    /// Vectors that stand for words or places.
    case embedding
    /// A local scaling, or another scale that is coded apart.
    case scaling
    /// A vector that nothing more is known of.
    case vector
  }

  /// The name; not safe to print.
  public let name: String
  /// What it is within its block.
  public let role: CodedTensor.Role
  /// Its dimensions; nil if they are not known.
  public let dimensions: [Int]?

  /// A tensor.
  public init(_ name: String, role: CodedTensor.Role = .weight, dimensions: [Int]? = nil) {
    self.name = name
    self.role = role
    self.dimensions = dimensions
  }

  /// A coded tensor.
  public init(_ tensor: CodedTensor) {
    self.init(tensor.name, role: tensor.role, dimensions: tensor.dimensions)
  }

  /// Whether it has one dimension at most that is not 1.
  private var isVector: Bool { dimensions.map { $0.count { $0 != 1 } < 2 } ?? false }

  private var parts: [Substring] { CostTree.parts(name) }

  /// The name of what it is a part of.
  private var owner: String { parts.dropLast().joined(separator: ".") }

  /// The last part of its name, in lower case.
  private var own: String { parts.last?.lowercased() ?? "" }

  /// The first parts of its name, but not the last one; the name if it has one part only.
  func prefix(_ depth: Int) -> String {
    let parts = parts
    let kept = parts.prefix(max(1, min(depth, parts.count - 1)))
    return kept.last.map { String(name[..<$0.endIndex]) } ?? name
  }

  /// The owners of normalizations: what has a running mean, or a weight that is a vector.
  static func normed(_ members: [GroupMember]) -> Set<String> {
    Set(
      members.filter { member in
        ["running_mean", "running_var", "gamma", "moving_mean", "moving_variance"]
          .contains(member.own) || member.own == "weight" && member.isVector
      }.map(\.owner))
  }

  /// What it is; `normed` are the owners of normalizations.
  func kind(normed: Set<String>) -> Kind {
    switch role {
    case .beta, .gamma, .mean, .variance: return .norm
    case .bias: return .bias
    case .localScaling: return .scaling
    case .g, .h: return .weight
    case .weight: break
    }
    if own.hasSuffix("_scaling") || own == "scale" { return .scaling }
    if isVector || own == "bias" {
      if normed.contains(owner), !owner.isEmpty || own != "bias" { return .norm }
      return own.hasSuffix("bias") ? .bias : .vector
    }
    let words = ["embed", "wte", "wpe", "position_ids"]
    let lower = name.lowercased()
    return words.contains { lower.contains($0) } ? .embedding : .weight
  }
}
