import NNRBits
import NNRSyntax

/// Tells units from bytes that look like one: parses them, within a budget.
struct UnitJudge {
  /// What was found about some bytes.
  private struct Verdict {
    let context: UnitContext
    /// The context behind the unit; nil if the bytes are none.
    let next: UnitContext?
  }

  private let source: any ByteSource
  /// How many nodes may still be parsed; hostile bytes must not buy much work.
  private var budget: Int
  /// What was found last: breaks that are close to each other ask for the same units.
  private var verdicts: [Range<Int>: Verdict] = [:]
  /// How many more units were sound only in the context that was asked for than in others.
  private var trust = 0

  /// Whether the budget is used up, so that nothing that was not judged before is sound any more.
  var isSpent: Bool { budget <= 0 }

  init(_ source: any ByteSource) {
    self.source = source
    budget = 2_000_000 + min(source.count, 4_000_000)
  }

  /// Whether the bytes `bytes` are a unit by its syntax, whatever the parameter sets say.
  mutating func isSound(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    var context = context
    return isSound(bytes, &context)
  }

  /// The same; `context` takes over what the unit sets.
  mutating func isSound(_ bytes: Range<Int>, _ context: inout UnitContext) -> Bool {
    if let known = verdicts[bytes], known.context == context {
      guard let next = known.next else { return false }
      context = next
      return true
    }
    let asked = context
    let isSound = parsesSoundly(bytes, &context)
    if isSpent { return isSound }
    if verdicts.count >= 4096 { verdicts = [:] }
    verdicts[bytes] = Verdict(context: asked, next: isSound ? context : nil)
    return isSound
  }

  private mutating func parsesSoundly(_ bytes: Range<Int>, _ context: inout UnitContext) -> Bool {
    // Where the context has proved right, others fit by chance only.
    let others = trust < 16 ? Self.others(context) : []
    for (place, candidate) in ([context] + others).enumerated() {
      guard !isSpent else { return false }
      let tree = UnitParser.parse(source, bytes: bytes, context: candidate)
      budget -= tree.nodes.count + 20
      guard Self.isSound(tree) else { continue }
      if place > 0 {
        trust -= 1
      } else if !others.contains(where: { parses(bytes, $0) }) {
        trust += 1
      }
      context.update(from: tree.nodes)
      return true
    }
    return false
  }

  private mutating func parses(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    let tree = UnitParser.parse(source, bytes: bytes, context: context)
    budget -= tree.nodes.count + 20
    return Self.isSound(tree)
  }

  /// Whether the bytes `bytes` are the beginning of a unit whose header goes on behind them.
  mutating func breaksOff(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    guard !isSpent else { return false }
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
  static let telling: Set<Rule> = [
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
