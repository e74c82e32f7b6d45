/// Two sequences side by side by the names of their parts.
///
/// What both begin and end with belongs together, then parts of one name: those of equal content first, then in order. Of
/// what is left, parts of equal content or body belong together wherever they stand, and parts that are alike between the
/// same neighbours. What keeps its order is in place, the rest was moved. Linear for runs that are the same, n · log n at
/// worst, and the same with both sides exchanged.
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

  /// Aligns two sequences by their names and by what else is known of their parts.
  package init(_ a: [String], _ b: [String], _ evidence: PartEvidence = PartEvidence()) {
    let (first, last) = Self.ends(a, b, evidence)
    let middle = PartMatching(
      Array(a[first..<a.count - last]), Array(b[first..<b.count - last]), evidence.dropping(first))
    let isMoved = middle.kept.map { !$0 }
    let places =
      (0..<first).map { ($0, false) }
      + zip(middle.partners, isMoved).map { ($0.map { first + $0 }, $1) }
      + (0..<last).map { (b.count - last + $0, false) }
    entries = Self.entries(places, count: b.count)
  }

  /// How many parts are the same at the beginning and at the end of both sequences.
  private static func ends(
    _ a: [String], _ b: [String], _ evidence: PartEvidence
  ) -> (first: Int, last: Int) {
    let counts = (Self.counts(a), Self.counts(b))
    func isSame(_ i: Int, _ j: Int) -> Bool {
      if a[i] == b[j], counts.0[a[i]] == 1, counts.1[b[j]] == 1 { return true }
      guard let content = evidence.content(0, i) else { return false }
      return content == evidence.content(1, j)
    }
    let limit = min(a.count, b.count)
    var (first, last) = (0, 0)
    while first < limit, isSame(first, first) { first += 1 }
    while last < limit - first, isSame(a.count - 1 - last, b.count - 1 - last) { last += 1 }
    return (first, last)
  }

  private static func counts(_ names: [String]) -> [String: Int] {
    names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  /// The entries, from the partner of each part of the first sequence and whether it was moved.
  private static func entries(_ partners: [(Int?, Bool)], count: Int) -> [Entry] {
    var isTaken = [Bool](repeating: false, count: count)
    for case (let j?, _) in partners { isTaken[j] = true }
    var entries: [Entry] = []
    var next = 0
    func addUpTo(_ end: Int) {
      while next < end {
        if !isTaken[next] { entries.append(Entry(a: nil, b: next, isMoved: false)) }
        next += 1
      }
    }
    for (i, (partner, isMoved)) in partners.enumerated() {
      if let j = partner, !isMoved {
        addUpTo(j)
        next = j + 1
      }
      entries.append(Entry(a: i, b: partner, isMoved: partner != nil && isMoved))
    }
    addUpTo(count)
    return entries
  }
}
