import Ordering

/// A search and what it found by now.
struct SearchState: Sendable {
  /// As it was typed.
  var input: String
  /// What is looked for.
  var query: Query
  /// Where the cursor stood before, to come back on Esc.
  var origin: Location
  /// The matches in the order of the stream.
  private(set) var matches: [SearchMatch] = []
  /// The share of the stream that was looked at.
  private(set) var fraction = 0.0
  /// Whether the first match from the origin on is to be shown when it comes.
  var wantsJump = true
  /// Whether the search was stopped.
  var isStopped = false

  /// A search that found nothing yet.
  init(input: String, query: Query, origin: Location) {
    self.input = input
    self.query = query
    self.origin = origin
  }

  /// Takes over what a job found.
  mutating func add(_ batch: [SearchMatch], fraction: Double) {
    self.fraction = fraction
    guard let first = batch.first else { return }
    if let last = matches.last, first < last {
      matches = (matches + batch).sorted()
    } else {
      matches += batch
    }
  }

  /// The next match behind or before a place, round the end; nil if there is none.
  func next(from place: Location, forward: Bool, including: Bool = false) -> SearchMatch? {
    let here = SearchMatch(unit: place.unit, node: place.node, bit: place.bit)
    if forward {
      let place = partition { including ? $0 < here : $0 <= here }
      return place < matches.count ? matches[place] : matches.first
    }
    let place = partition { $0 < here }
    return place > 0 ? matches[place - 1] : matches.last
  }

  /// The number of a match, from 1.
  func number(of match: SearchMatch) -> Int { partition { $0 < match } + 1 }

  private func partition(_ isBefore: (SearchMatch) -> Bool) -> Int {
    return matches.prefixEnd(where: isBefore)
  }
}
