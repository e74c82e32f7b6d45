/// What a tensor costs with some choices: bits by class, and the start states that go with them.
package struct TensorCosts: Sendable {
  /// cabac_unary_length.
  package var unaryLength: Int
  /// The choices of the walk.
  package var options: WalkOptions
  /// The flags and start states, ready to be coded.
  package var coding: TensorCoding
  /// Bits by class, by its raw value.
  package var classes = [Double](repeating: 0, count: SyntaxClass.allCases.count)

  /// Choices whose costs are not known.
  package init(unaryLength: Int, options: WalkOptions, coding: TensorCoding) {
    self.unaryLength = unaryLength
    self.options = options
    self.coding = coding
  }

  /// All bits.
  package var bits: Double { classes.reduce(0, +) }

  /// Charges bits to a class.
  mutating func charge(_ syntaxClass: SyntaxClass, _ bits: Double) {
    classes[syntaxClass.rawValue] += bits
  }
}

/// What one walk of a tensor found: from it the cost of any unary length that it was made for, with any start states.
package final class TensorWalk {
  private let tensor: WalkedTensor
  private let geometry: TensorGeometry
  private let walk: LevelWalk
  private let rowMask: [UInt8]?
  /// The choices.
  package let options: WalkOptions

  /// The unary lengths that it was made for.
  package var lengths: [Int] { walk.lengths }

  /// Walks a tensor; nil if it was stopped.
  ///
  /// Throws `pathDoesNotFit` where the options need other trellis states than the integers have.
  package init?(
    _ tensor: WalkedTensor, _ options: WalkOptions, lengths: [Int],
    shouldStop: () -> Bool = { false }
  ) throws(EncodingError) {
    var parameters = tensor.parameters
    parameters.scanOrder = options.scanOrder
    let history = options.usesHistory ? tensor.history : nil
    var coding = TensorCoding(historyFlag: options.usesHistory)
    let shape: TensorGeometry
    do throws(DecodingError) { shape = try TensorGeometry(parameters) } catch {
      throw .parameters(error)
    }
    if options.skipsRows, shape.codesRowFlags { coding.rowMask = tensor.zeroRows(shape) }
    geometry = try EncodingChecks.geometry(
      parameters, count: tensor.integers.count, coding, base: tensor.base, history: history)
    rowMask = coding.rowMask
    let levels = try TrellisPath.levels(
      of: tensor.integers, geometry, dependent: parameters.dependentQuantization,
      rowMask: rowMask ?? [])
    self.options = options
    self.tensor = tensor
    let lengths = Set(lengths.filter { (1...256).contains($0) }).sorted()
    var walk = LevelWalk(
      parameters, geometry, lengths: lengths.isEmpty ? [10] : lengths,
      usesBase: tensor.base != nil)
    let isDone = walk.gather(
      levels, rowMask: rowMask ?? [], base: tensor.base, history: history, shouldStop: shouldStop)
    self.walk = walk
    if !isDone { return nil }
  }

  /// The cost with a unary length that the walk was made for; nil for another.
  ///
  /// `descends`: start states are looked for longer.
  package func costs(
    unaryLength: Int, _ states: StateChoice, descends: Bool = false
  ) -> TensorCosts? {
    guard let index = walk.lengths.firstIndex(of: unaryLength) else { return nil }
    var parameters = tensor.parameters
    parameters.scanOrder = options.scanOrder
    parameters.unaryLength = unaryLength
    let layout = ContextLayout(unaryLength: unaryLength)
    let groups = layout.shiftGroups(
      parameters: parameters, geometry: geometry, temporal: tensor.base != nil,
      history: options.usesHistory && geometry.codesRowFlags)
    let coded = groups.flatMap { Array($0.start..<$0.codedEnd) }
    let costs = coded.map { walk.strings.costs(of: walk.context($0, lengthIndex: index)) }
    let chosen: ChosenStates
    switch states {
    case .best: chosen = ChosenStates.best(costs, descends: descends)
    case .standard: chosen = ChosenStates(all: 0, coded.count)
    case .kept(let sets, let length):
      chosen = ChosenStates(kept: sets, from: ContextLayout(unaryLength: length), layout, coded)
    }
    var sets = [UInt8](repeating: 0, count: layout.count)
    var found = TensorCosts(
      unaryLength: unaryLength, options: options,
      coding: TensorCoding(historyFlag: options.usesHistory, rowMask: rowMask))
    found.charge(.quantizationDelta, Double(tensor.quantizationDeltaBits))
    for (place, context) in coded.enumerated() {
      let set = chosen.sets[place]
      sets[context] = set
      guard let cost = costs[place] else { continue }
      found.charge(layout.syntaxClass(of: context), Double(cost[Int(set)]) * BinCosts.unit)
    }
    // Contexts whose start state is not coded start with set 0.
    for context in groups.flatMap({ Array($0.codedEnd..<$0.end) }) {
      guard let cost = walk.strings.costs(of: walk.context(context, lengthIndex: index)) else {
        continue
      }
      found.charge(layout.syntaxClass(of: context), Double(cost[0]) * BinCosts.unit)
    }
    found.coding.ecoSets = sets
    found.charge(.shiftParameters, chosen.signalling)
    found.charge(.absRemainderSuffix, Double(walk.suffixBits[index]))
    found.charge(.blockRowReset, Double(walk.resets) * BinCosts.reset)
    if geometry.codesRowFlags {
      if tensor.parameters.parentNodePresent { found.charge(.historyFlag, 1) }
      found.charge(.rowSkip, 1 + BinCosts.adaptive((rowMask ?? []).lazy.map { $0 != 0 }))
    }
    return found
  }
}

extension ChosenStates {
  /// The same set for `count` contexts.
  init(all set: UInt8, _ count: Int) {
    sets = [UInt8](repeating: set, count: count)
    signalling = Self.signalling(repeatElement(set > 0, count: count))
  }

  /// The sets of another layout for the contexts that mean the same.
  init(
    kept: [UInt8], from old: ContextLayout, _ layout: ContextLayout, _ contexts: [Int]
  ) {
    sets = contexts.map { context in
      guard let same = layout.sameContext(context, in: old), same < kept.count, kept[same] <= 8
      else { return 0 }
      return kept[same]
    }
    signalling = Self.signalling(sets.lazy.map { $0 > 0 })
  }
}

extension ContextLayout {
  /// The class that the bins of a context belong to.
  func syntaxClass(of context: Int) -> SyntaxClass {
    switch context {
    case ..<Self.sign: .sigFlag
    case ..<Self.greater: .signFlag
    case ..<remainder: .absLevelGreater
    default: .absRemainderPrefix
    }
  }

  /// The number of the context of the same meaning in another layout; nil where it has none.
  func sameContext(_ context: Int, in other: ContextLayout) -> Int? {
    switch context {
    case ..<Self.greater: return context
    case ..<greaterTemporal:
      return context < other.greaterTemporal ? context : nil
    case ..<remainder:
      let place = context - greaterTemporal
      return place < 2 * other.unaryLength ? other.greaterTemporal + place : nil
    default: return other.remainder + context - remainder
    }
  }
}
