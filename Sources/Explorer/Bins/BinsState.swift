import DeepCABAC
import NNRAnalysis
import NNRModel
import NNRReport
import TerminalScreen

/// A stretch of bins and where in it the stepper stands.
struct BinsState: Sendable {
  /// The bins that are kept on each side of the selected one.
  static let reach = 1500

  /// The unit whose payload is stepped through; nil for none.
  var key: TensorView.Key?
  /// The trace, as far as it has learned.
  var trace: BinTrace?
  /// The bins at hand.
  var window: [TracedBin] = []
  /// The number of the selected bin.
  var index = 0
  /// Why there are no bins.
  var problem: String?
  /// What the background is to be asked for next.
  var wanted: BinRequest?
  /// The bin to go back to in a unit whose payload has to be opened again; nil for none.
  var place: (key: TensorView.Key, index: Int)?
  /// Bins that cost more bits than this are run to.
  var threshold = 3.0

  /// Whether the contexts are shown in place of the bins.
  var showsContexts = false
  /// The contexts of the tensor; nil until they are known.
  var contexts: ContextCurves?
  /// The tensor whose contexts are known or asked for.
  var contextsTensor: Int?
  /// Why there are no contexts.
  var contextsProblem: String?
  /// Selection and scroll position of the contexts.
  var contextList = ListState()

  /// The context that is meant: the selected one of the list, or that of the selected bin; -1 for none.
  var context: Int {
    (showsContexts ? selectedContext?.context : selected?.event.context) ?? -1
  }

  /// The selected context.
  var selectedContext: ContextCurve? {
    guard let all = contexts?.contexts, all.indices.contains(contextList.selection) else {
      return nil
    }
    return all[contextList.selection]
  }

  /// The selected bin; nil if there is none.
  var selected: TracedBin? { self[index] }

  /// The number of bins; nil while the end is not known.
  var count: Int? { trace?.count }

  /// The bin with a number, if it is at hand.
  subscript(_ index: Int) -> TracedBin? {
    guard let first = window.first?.index else { return nil }
    return window.indices.contains(index - first) ? window[index - first] : nil
  }

  /// Goes to a bin: at once if it is at hand, else the background is asked.
  mutating func go(to target: Int) {
    let last = count.map { max(0, $0 - 1) } ?? .max
    let target = min(max(0, target), last)
    guard self[target] != nil else {
      wanted = .index(target)
      return
    }
    index = target
    refill()
  }

  /// Goes to the bin with a number, or nowhere: at once if it is at hand, else the background is asked.
  mutating func jump(to target: Int) {
    if self[target] != nil { go(to: target) } else { wanted = .bin(target, from: index) }
  }

  /// Forgets the payload, as its file was replaced, but not the place in it.
  mutating func reopen() {
    // Until it is open again, the place is the one that was kept before.
    if let key, trace != nil { place = (key, index) }
    key = nil
    trace = nil
  }

  /// Takes bins that were found, and selects one; nil keeps the selection, cut to what there is.
  mutating func take(_ trace: BinTrace, _ window: [TracedBin], _ selection: Int?) {
    self.trace = trace
    self.window = window
    place = nil
    if let selection { index = selection }
    if selected == nil, let first = window.first, let last = window.last {
      index = min(max(index, first.index), last.index)
    }
    if window.isEmpty {
      problem = TraceEnding(trace).map { "\($0.failure)" } ?? "the payload has no bins"
    }
  }

  /// Asks for more bins where the window comes to its end and the payload does not.
  private mutating func refill() {
    guard let first = window.first?.index, let last = window.last?.index else { return }
    let margin = Self.reach / 4
    let isLow = first > 0 && index - first < margin
    let isHigh = last - index < margin && (count.map { last < $0 - 1 } ?? true)
    if isLow || isHigh { wanted = .window(index) }
  }

  /// Runs to what a target names: at once if it is at hand, else the background is asked.
  mutating func run(_ target: BinTarget, forward: Bool) {
    guard let first = window.first?.index, let here = self[index] else {
      if forward { wanted = .next(target, after: -1) }
      return
    }
    if forward {
      var before = here
      for bin in window[(index - first + 1)...] {
        if BinTrace.isTarget(bin, before, target) { return go(to: bin.index) }
        before = bin
      }
      wanted = .next(target, after: index)
    } else {
      var place = index - first - 1
      // The first bin of the window has none before it to compare with, unless it is the first of all.
      while place > 0 || place == 0 && first == 0 {
        let before = place > 0 ? window[place - 1] : nil
        if BinTrace.isTarget(window[place], before, target) {
          return go(to: window[place].index)
        }
        place -= 1
      }
      wanted = first == 0 ? .nothing(target, isForward: false) : .previous(target, before: index)
    }
  }

  /// The bins of the level that the selected one belongs to, as far as they are at hand.
  var level: [TracedBin] {
    guard let here = selected, let scan = here.walked.scanIndex, let first = window.first?.index
    else { return [] }
    func belongs(_ bin: TracedBin) -> Bool {
      bin.tensor == here.tensor && bin.walked.scanIndex == scan
    }
    var low = index - first
    var high = low
    while low > 0, belongs(window[low - 1]) { low -= 1 }
    while high + 1 < window.count, belongs(window[high + 1]) { high += 1 }
    return Array(window[low...high])
  }

  /// The bins of the selected bin's context up to it, oldest first, as far as they are at hand.
  func history(limit: Int) -> [TracedBin] {
    guard let here = selected, let context = here.event.context, let first = window.first?.index
    else { return [] }
    var found: [TracedBin] = []
    for bin in window[...(index - first)].reversed() where found.count < limit {
      guard bin.tensor == here.tensor else { break }
      if bin.event.context == context { found.append(bin) }
    }
    return found.reversed()
  }
}

/// What the stepper asks the background for.
enum BinRequest: Sendable, Hashable {
  /// The bins of the payload, from its first.
  case open
  /// The bins around one, the selection as it is.
  case window(Int)
  /// A bin by its number; the last one in place of those behind it.
  case index(Int)
  /// A bin by its number; behind the last, the selection as it is.
  case bin(Int, from: Int)
  /// The bin that takes up a payload bit; behind the payload, the selection as it is.
  case bit(Int, from: Int)
  /// The last bin.
  case end
  /// The next bin that is a target.
  case next(BinTarget, after: Int)
  /// The bin before that is a target.
  case previous(BinTarget, before: Int)
  /// Nothing: there is no such bin.
  case nothing(BinTarget, isForward: Bool)
}
