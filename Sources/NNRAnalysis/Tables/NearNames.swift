/// Names that someone may have meant.
public enum NearNames {
  /// At most three of `names` that are most like `name`, the best first.
  ///
  /// Those that begin with it come first, then those that differ in few letters, then those that hold it. Names beyond 64 bytes are not compared letter by letter.
  public static func of(_ name: String, among names: [String]) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    guard !wanted.isEmpty else { return [] }
    var scored: [(score: Int, name: String)] = []
    for candidate in names {
      let letters = Array(candidate.lowercased().utf8)
      guard wanted.count <= 64, letters.count <= 64 else { continue }
      if wanted.count >= 2 && letters.starts(with: wanted) {
        scored.append((0, candidate))
      } else {
        let distance = distance(wanted, letters)
        if distance <= max(1, min(wanted.count, letters.count) / 3) {
          scored.append((distance, candidate))
        } else if wanted.count >= 3 && candidate.lowercased().contains(name.lowercased()) {
          scored.append((8, candidate))
        }
      }
    }
    return scored.enumerated()
      .sorted { ($0.element.score, $0.offset) < ($1.element.score, $1.offset) }
      .prefix(3).map(\.element.name)
  }

  /// The number of letters to insert, delete, change or swap with their neighbour.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          best = min(best, beforeLast[column - 2] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
