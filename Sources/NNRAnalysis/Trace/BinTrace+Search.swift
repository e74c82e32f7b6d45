import DeepCABAC

/// What the stepper can run to.
public enum BinTarget: Sendable, Hashable {
  /// A context bin that is not the most probable symbol.
  case leastProbable
  /// A bin that costs more than so many bits.
  case cost(above: Double)
  /// The first bin of another level.
  case level
  /// The first bin of another row.
  case row
  /// The first bin of another tensor, or of the end.
  case tensor
  /// A bin that a context codes.
  case context(Int)
  /// A bin of a class.
  case element(SyntaxClass)
}

extension BinTrace {
  /// The first bin behind `index` that `target` asks for; nil if there is none, or `shouldStop` said so.
  public mutating func next(
    _ target: BinTarget, after index: Int, shouldStop: () -> Bool = { false }
  ) -> TracedBin? {
    var before = bin(index)
    var place = max(0, index &+ 1)
    while let found = bin(place) {
      if Self.isTarget(found, before, target) { return found }
      before = found
      place += 1
      if place % 4096 == 0, shouldStop() { return nil }
    }
    return nil
  }

  /// The last bin before `index` that `target` asks for; nil if there is none, or `shouldStop` said so.
  public mutating func previous(
    _ target: BinTarget, before index: Int, shouldStop: () -> Bool = { false }
  ) -> TracedBin? {
    var place = index - 1
    var current = bin(place)
    while let candidate = current {
      let before = bin(place - 1)
      if Self.isTarget(candidate, before, target) { return candidate }
      current = before
      place -= 1
      if place % 4096 == 0, shouldStop() { return nil }
    }
    return nil
  }

  /// The bin during which the decoder takes up payload bit `bit` (its position reaches it); the last bin if it is behind.
  public mutating func bin(atPosition bit: Int) -> TracedBin? {
    var place = start(nearPosition: bit)
    var found = bin(place)
    while let next = bin(place + 1), next.event.position <= bit {
      found = next
      place += 1
    }
    return found
  }

  /// The first bin of a tensor of the payload; nil if the decoder does not get there, or `shouldStop` said so.
  public mutating func firstBin(
    ofTensor tensor: Int, shouldStop: () -> Bool = { false }
  ) -> TracedBin? {
    var found = bin(0)
    while let current = found, current.tensor < tensor {
      found = next(.tensor, after: current.index, shouldStop: shouldStop)
    }
    return found?.tensor == tensor ? found : nil
  }

  /// The bins of a level by its place in the scan of a tensor; empty if the decoder does not get there or the level takes
  /// none, or `shouldStop` said so.
  public mutating func bins(
    ofTensor tensor: Int, scanIndex: Int, shouldStop: () -> Bool = { false }
  ) -> [TracedBin] {
    guard var current = firstBin(ofTensor: tensor, shouldStop: shouldStop) else { return [] }
    while current.tensor == tensor, (current.walked.scanIndex ?? -1) < scanIndex {
      if current.index % 4096 == 0, shouldStop() { return [] }
      guard let following = bin(current.index + 1) else { return [] }
      current = following
    }
    var found: [TracedBin] = []
    while current.tensor == tensor, current.walked.scanIndex == scanIndex {
      found.append(current)
      guard let following = bin(current.index + 1) else { break }
      current = following
    }
    return found
  }

  /// Whether a bin is what `target` asks for, seen from the bin before it.
  public static func isTarget(
    _ found: TracedBin, _ before: TracedBin?, _ target: BinTarget
  ) -> Bool {
    switch target {
    case .leastProbable: return found.walked.isLeastProbable
    case .cost(let bits): return found.event.cost > bits
    case .context(let context): return found.event.context == context
    case .element(let syntaxClass): return found.event.element.syntaxClass == syntaxClass
    case .tensor:
      return found.tensor != before?.tensor || found.event.kind == .terminate
    case .level:
      guard let level = found.walked.scanIndex else { return false }
      return before?.tensor != found.tensor || before?.walked.scanIndex != level
    case .row:
      guard let row = found.event.row else { return false }
      return before?.tensor != found.tensor || before?.event.row != row
    }
  }
}
