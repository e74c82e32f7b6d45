import Ordering

extension Array where Element == Int {
  /// The places of a longest ascending run of different numbers.
  func longestAscent() -> [Int] {
    var tails: [Int] = []
    var before = [Int](repeating: -1, count: count)
    for (place, number) in enumerated() {
      // Mostly the run goes on.
      let isNext = tails.last.map { self[$0] < number } ?? true
      let end = isNext ? tails.count : tails.prefixEnd { self[$0] < number }
      if end > 0 { before[place] = tails[end - 1] }
      if end == tails.count { tails.append(place) } else { tails[end] = place }
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
