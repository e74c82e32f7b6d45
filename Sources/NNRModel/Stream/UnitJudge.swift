import NNRBits
import NNRSyntax

/// Tells units from bytes that look like one: parses them, within a budget.
struct UnitJudge {
  private let source: any ByteSource
  /// How many nodes may still be parsed; hostile bytes must not buy much work.
  private var budget = 2_000_000

  init(_ source: any ByteSource) { self.source = source }

  /// Whether the bytes `bytes` are a unit by its syntax, whatever the parameter sets say.
  mutating func isSound(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    var context = context
    return isSound(bytes, &context)
  }

  /// The same; `context` takes over what the unit sets.
  mutating func isSound(_ bytes: Range<Int>, _ context: inout UnitContext) -> Bool {
    for candidate in [context] + Self.others(context) {
      guard budget > 0 else { return false }
      let tree = UnitParser.parse(source, bytes: bytes, context: candidate)
      budget -= tree.nodes.count + 20
      if Self.isSound(tree) {
        context.update(from: tree.nodes)
        return true
      }
    }
    return false
  }

  /// Whether the bytes `bytes` are the beginning of a unit whose header goes on behind them.
  mutating func breaksOff(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    guard budget > 0 else { return false }
    let tree = UnitParser.parse(source, bytes: bytes, context: context)
    budget -= tree.nodes.count + 20
    return tree.breaksOff
      && tree.diagnostics.allSatisfy { $0.rule == .s10 || !Self.telling.contains($0.rule) }
  }

  /// Parameter sets may be among what is damaged: units are sound in any of the usual contexts.
  private static func others(_ context: UnitContext) -> [UnitContext] {
    [(0, false), (1, false), (1, true)].compactMap { profile, parents in
      guard context.profile != profile || context.parentSignallingEnabled != parents else {
        return nil
      }
      var other = context
      other.profile = profile
      other.parentSignallingEnabled = parents
      return other
    }
  }

  /// Rules whose breach says that these bytes were never written as a unit.
  private static let telling: Set<Rule> = [
    .s10, .h03, .h04, .n01, .n07, .n09, .n14, .n21, .n22, .n26, .t03, .l03, .l04,
  ]

  /// Whether a tree is that of a unit that was written as one.
  static func isSound(_ tree: SyntaxTree) -> Bool {
    guard tree.isComplete, !tree.diagnostics.contains(where: { telling.contains($0.rule) }) else {
      return false
    }
    switch tree.number(of: .nnrUnitType).flatMap(UnitType.init(rawValue:)) {
    case .start: return (tree.number(of: .generalProfileIdc) ?? 2) <= 1
    case .topology: return (tree.number(of: .topologyCompressionFormat) ?? 2) <= 1
    case .quantization:
      return (tree.number(of: .quantizationStorageFormat) ?? 2) <= 1
        && (tree.number(of: .quantizationCompressionFormat) ?? 2) <= 1
    case let type?: return type.isKnown
    case nil: return false
    }
  }
}
