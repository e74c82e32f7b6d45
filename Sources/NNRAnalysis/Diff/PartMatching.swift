/// What is known of the parts of two sequences beside their names; all of it is asked only where names leave something open.
package struct PartEvidence {
  /// What two parts have in common that are the same (side 0 or 1, place); nil if that is not known.
  package var content: (Int, Int) -> String? = { _, _ in nil }
  /// What a part keeps when only its name changes; nil for parts that have too little of it to be told apart.
  package var body: (Int, Int) -> String? = { _, _ in nil }
  /// Whether a part of the first and one of the second sequence are plainly versions of each other.
  package var areAlike: (Int, Int) -> Bool = { _, _ in false }

  /// Nothing is known.
  package init() {}

  /// The same with the sides exchanged.
  var mirrored: PartEvidence {
    var other = PartEvidence()
    other.content = { [content] in content(1 - $0, $1) }
    other.body = { [body] in body(1 - $0, $1) }
    other.areAlike = { [areAlike] in areAlike($1, $0) }
    return other
  }

  /// The same of the parts from a place on.
  func dropping(_ first: Int) -> PartEvidence {
    var rest = PartEvidence()
    rest.content = { [content] in content($0, first + $1) }
    rest.body = { [body] in body($0, first + $1) }
    rest.areAlike = { [areAlike] in areAlike(first + $0, first + $1) }
    return rest
  }
}

/// Finds which parts of two sequences belong together.
struct PartMatching {
  /// How many parts of the other side are looked at for one, where there are too many to look at all.
  private static let window = 8
  /// How many pairs of a gap may be looked at before that: no part is looked at more often than 16 times on average.
  private static let gapLimit = 256

  /// The partners of the parts of the first sequence; nil for parts without one.
  private(set) var partners: [Int?]
  /// Which parts of the first sequence keep their order.
  private(set) var kept: [Bool] = []
  private var isTaken: [Bool]
  private let evidence: PartEvidence

  /// Matches by names, then what is left by content, by body and by likeness between the same neighbours.
  ///
  /// The sides are put in an order of their own first, by their names, or where those are the same by contents: so the
  /// pairs are the same with both sides exchanged, whatever is chosen among equals.
  init(_ a: [String], _ b: [String], _ evidence: PartEvidence) {
    guard Self.isOrdered(a, b, evidence) else {
      let other = PartMatching(ordered: b, a, evidence.mirrored)
      self = other.mirrored(count: a.count)
      return
    }
    self.init(ordered: a, b, evidence)
  }

  private init(ordered a: [String], _ b: [String], _ evidence: PartEvidence) {
    self.evidence = evidence
    partners = [Int?](repeating: nil, count: a.count)
    isTaken = [Bool](repeating: false, count: b.count)
    matchNames(a, b)
    if partners.contains(where: { $0 == nil }), isTaken.contains(false) {
      matchContents()
      matchBodies()
      keepOrder()
      matchGaps()
    }
    keepOrder()
  }

  /// The partners seen from the second side, which has so many parts.
  private func mirrored(count: Int) -> PartMatching {
    var other = self
    other.partners = [Int?](repeating: nil, count: count)
    other.kept = [Bool](repeating: false, count: count)
    for case (let i, let j?) in partners.enumerated() {
      other.partners[j] = i
      other.kept[j] = kept[i]
    }
    return other
  }

  /// Whether the first side comes first in an order that does not depend on which is called first.
  private static func isOrdered(_ a: [String], _ b: [String], _ evidence: PartEvidence) -> Bool {
    if a != b { return a.lexicographicallyPrecedes(b) }
    for place in a.indices {
      let (one, other) = (evidence.content(0, place) ?? "", evidence.content(1, place) ?? "")
      if one != other { return one < other }
    }
    return true
  }

  private mutating func pair(_ found: [(Int, Int)]) {
    for (i, j) in found {
      partners[i] = j
      isTaken[j] = true
    }
  }

  /// Parts of one name: those of equal content first, then in order.
  private mutating func matchNames(_ a: [String], _ b: [String]) {
    let (inA, inB) = (
      Dictionary(grouping: a.indices) { a[$0] }, Dictionary(grouping: b.indices) { b[$0] }
    )
    for (name, left) in inA {
      guard let right = inB[name] else { continue }
      guard left.count > 1 || right.count > 1 else {
        pair([(left[0], right[0])])
        continue
      }
      pair(equal(left, right, evidence.content))
      pair(Array(zip(left.filter { partners[$0] == nil }, right.filter { !isTaken[$0] })))
    }
  }

  /// The pairs of parts that have the same key, in order; with `isStrict` only where as many have it on both sides.
  private func equal(
    _ left: [Int], _ right: [Int], _ key: (Int, Int) -> String?, isStrict: Bool = false
  ) -> [(Int, Int)] {
    var waiting: [String: (left: [Int], right: [Int])] = [:]
    for i in left {
      if let key = key(0, i) { waiting[key, default: ([], [])].left.append(i) }
    }
    for j in right {
      if let key = key(1, j) { waiting[key, default: ([], [])].right.append(j) }
    }
    return waiting.values.flatMap { both in
      isStrict && both.left.count != both.right.count ? [] : Array(zip(both.left, both.right))
    }
  }

  private var leftovers: (left: [Int], right: [Int]) {
    (partners.indices.filter { partners[$0] == nil }, isTaken.indices.filter { !isTaken[$0] })
  }

  /// Leftovers of equal content, wherever they stand: the same part, read under another name.
  private mutating func matchContents() {
    let (left, right) = leftovers
    pair(equal(left, right, evidence.content))
  }

  /// Leftovers that keep their body, wherever they stand, if that leaves no choice.
  private mutating func matchBodies() {
    let (left, right) = leftovers
    pair(equal(left, right, evidence.body, isStrict: true))
  }

  /// Leftovers that are alike, in order, between the same neighbours.
  private mutating func matchGaps() {
    var ends: [(Int, Int)] = []
    for case (let i, let j?) in partners.enumerated() where kept[i] { ends.append((i, j)) }
    ends.append((partners.count, isTaken.count))
    var (first, second) = (0, 0)
    for (i, j) in ends {
      let left = (first..<i).filter { partners[$0] == nil }
      let right = (second..<j).filter { !isTaken[$0] }
      matchGap(left, right)
      (first, second) = (i + 1, j + 1)
    }
  }

  private mutating func matchGap(_ left: [Int], _ right: [Int]) {
    let isSmall =
      left.count.multipliedReportingOverflow(by: right.count).partialValue <= Self.gapLimit
    let reach = isSmall ? right.count : Self.window
    var next = 0
    for i in left {
      let last = min(next + reach, right.count)
      guard let place = (next..<last).first(where: { evidence.areAlike(i, right[$0]) }) else {
        continue
      }
      pair([(i, right[place])])
      next = place + 1
    }
  }

  private mutating func keepOrder() {
    var pairs: [(i: Int, j: Int)] = []
    for case (let i, let j?) in partners.enumerated() { pairs.append((i, j)) }
    kept = [Bool](repeating: false, count: partners.count)
    for place in pairs.map(\.j).longestAscent() { kept[pairs[place].i] = true }
  }
}
