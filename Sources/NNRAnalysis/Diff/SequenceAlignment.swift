/// Two sequences side by side by the names of their parts.
///
/// Parts of one name belong together: those of equal content first, then in order. What keeps its order is in place, the
/// rest was moved. Linear for runs that are the same, n · log n at worst, and the same with both sides exchanged.
public struct SequenceAlignment: Sendable, Hashable {
  /// A part of one or of both sequences.
  public struct Entry: Sendable, Hashable {
    /// Its place in the first sequence; nil if it was added.
    public let a: Int?
    /// Its place in the second sequence; nil if it was removed.
    public let b: Int?
    /// Whether it stands elsewhere among the others.
    public let isMoved: Bool
  }

  /// All parts: in the order of the second sequence, but for parts that were removed or moved, which stand where they were
  /// in the first.
  public let entries: [Entry]

  /// Aligns two sequences by their names; `content` tells parts of one name apart and is only asked where a name occurs
  /// more than once (side 0 or 1, place).
  public init(_ a: [String], _ b: [String], content: (Int, Int) -> String? = { _, _ in nil }) {
    var partners = [Int?](repeating: nil, count: a.count)
    var isTaken = [Bool](repeating: false, count: b.count)
    let (inA, inB) = (Self.places(a), Self.places(b))
    for (name, left) in inA {
      guard let right = inB[name] else { continue }
      for (i, j) in Self.pairs(left, right, content) {
        partners[i] = j
        isTaken[j] = true
      }
    }
    let kept = Self.inPlace(a, partners, content)
    var entries: [Entry] = []
    var next = 0
    func addUpTo(_ end: Int) {
      while next < end {
        if !isTaken[next] { entries.append(Entry(a: nil, b: next, isMoved: false)) }
        next += 1
      }
    }
    for (i, partner) in partners.enumerated() {
      guard let j = partner else {
        entries.append(Entry(a: i, b: nil, isMoved: false))
        continue
      }
      if kept[i] {
        addUpTo(j)
        next = j + 1
      }
      entries.append(Entry(a: i, b: j, isMoved: !kept[i]))
    }
    addUpTo(b.count)
    self.entries = entries
  }

  private static func places(_ names: [String]) -> [String: [Int]] {
    var places: [String: [Int]] = [:]
    for (place, name) in names.enumerated() { places[name, default: []].append(place) }
    return places
  }

  /// The pairs among parts of one name.
  private static func pairs(
    _ left: [Int], _ right: [Int], _ content: (Int, Int) -> String?
  ) -> [(Int, Int)] {
    guard left.count > 1 || right.count > 1 else { return [(left[0], right[0])] }
    var waiting: [String: [Int]] = [:]
    for j in right.reversed() {
      if let key = content(1, j) { waiting[key, default: []].append(j) }
    }
    var found: [(Int, Int)] = []
    var rest: [Int] = []
    for i in left {
      if let key = content(0, i), let j = waiting[key]?.popLast() {
        found.append((i, j))
      } else {
        rest.append(i)
      }
    }
    let used = Set(found.map(\.1))
    return found + zip(rest, right.filter { !used.contains($0) })
  }

  /// Which parts of the first sequence keep their order: the longest run of pairs that ascends on both sides.
  private static func inPlace(
    _ a: [String], _ partners: [Int?], _ content: (Int, Int) -> String?
  ) -> [Bool] {
    let pairs = partners.enumerated().compactMap { i, j in j.map { (i: i, j: $0) } }
    let one = ascending(pairs.map(\.j)).map { pairs[$0] }
    let byB = pairs.sorted { $0.j < $1.j }
    let other = ascending(byB.map(\.i)).map { byB[$0] }
    var kept = [Bool](repeating: false, count: a.count)
    for pair in precedes(one, other, a, content) ? one : other { kept[pair.i] = true }
    return kept
  }

  /// Which of two longest runs counts, by what is the same with both sides exchanged: names, then content, then places.
  private static func precedes(
    _ one: [(i: Int, j: Int)], _ other: [(i: Int, j: Int)], _ a: [String],
    _ content: (Int, Int) -> String?
  ) -> Bool {
    if one.elementsEqual(other, by: ==) { return true }
    let names = (one.map { a[$0.i] }.sorted(), other.map { a[$0.i] }.sorted())
    if names.0 != names.1 { return names.0.lexicographicallyPrecedes(names.1) }
    func key(_ pair: (i: Int, j: Int)) -> String {
      let contents = [content(0, pair.i) ?? "", content(1, pair.j) ?? ""].sorted()
      return ([a[pair.i]] + contents).joined(separator: "\u{0}")
    }
    let keys = (one.map(key).sorted(), other.map(key).sorted())
    if keys.0 != keys.1 { return keys.0.lexicographicallyPrecedes(keys.1) }
    return one.map { $0.i + $0.j }.lexicographicallyPrecedes(other.map { $0.i + $0.j })
  }

  /// The places of a longest ascending run of different numbers.
  private static func ascending(_ numbers: [Int]) -> [Int] {
    var tails: [Int] = []
    var before = [Int](repeating: -1, count: numbers.count)
    for (place, number) in numbers.enumerated() {
      var (low, high) = (0, tails.count)
      if let last = tails.last, numbers[last] < number { low = high }
      while low < high {
        let middle = (low + high) / 2
        if numbers[tails[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[place] = tails[low - 1] }
      if low == tails.count { tails.append(place) } else { tails[low] = place }
    }
    var run: [Int] = []
    var place = tails.last ?? -1
    while place >= 0 {
      run.append(place)
      place = before[place]
    }
    return run.reversed()
  }
}
