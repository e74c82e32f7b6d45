/// A choice among open zeros up to a place of the scan.
struct SearchPath {
  /// The place of the witness's decoder among those that are looked at.
  var decoder: Int
  /// The states of quantizer and coder.
  var pair = StatePair()
  /// The rows of the block row that have an integer other than 0.
  var filledRows: UInt64 = 0
  /// How many open zeros are ones.
  var ones = 0
  /// The last of them in the log; -1 for none.
  var last = -1
  /// Whether another choice with as few ones cannot be told from it.
  var isTied = false
}

/// What was chosen: the open zeros that are ones, and the choices that came to the same.
struct ChoiceLog {
  private enum Step {
    /// An open zero that is a one.
    case one(element: Int)
    /// Choices that cannot be told from this one from here on, by their last steps.
    case merge(others: [Int])
  }

  private var steps: [(before: Int, step: Step)] = []
  /// Whether something was left out.
  private(set) var isFull = false

  /// The most steps that are remembered: some 100 MB.
  private static let limit = 3_000_000

  /// Notes that `element` is a one behind the step `before`; the step.
  mutating func add(_ element: Int, before: Int) -> Int { add(.one(element: element), before) }

  /// Notes that what ends in `others` cannot be told from what ends in `kept`; the step that stands for all.
  mutating func merge(_ kept: Int, _ others: [Int]) -> Int { add(.merge(others: others), kept) }

  private mutating func add(_ step: Step, _ before: Int) -> Int {
    guard steps.count < Self.limit else {
      isFull = true
      return before
    }
    steps.append((before, step))
    return steps.count - 1
  }

  /// The sets of ones that a step stands for, those of the kept paths first; at most `limit`.
  func sets(of last: Int, limit: Int) -> [Set<Int>] {
    var open: [(ones: Set<Int>, place: Int)] = [([], last)]
    var found: [Set<Int>] = []
    var first = 0
    while first < open.count, found.count < limit {
      var (ones, place) = open[first]
      first += 1
      while place >= 0 {
        switch steps[place].step {
        case .one(let element): ones.insert(element)
        case .merge(let others):
          for other in others where open.count < 16 * limit { open.append((ones, other)) }
        }
        place = steps[place].before
      }
      if !found.contains(ones) { found.append(ones) }
    }
    return found
  }
}
