extension Array where Element == Int {
  /// The places of a longest ascending run of different numbers.
  func longestAscent() -> [Int] {
    var tails: [Int] = []
    var before = [Int](repeating: -1, count: count)
    for (place, number) in enumerated() {
      var (low, high) = (0, tails.count)
      if let last = tails.last, self[last] < number { low = high }
      while low < high {
        let middle = (low + high) / 2
        if self[tails[middle]] < number { low = middle + 1 } else { high = middle }
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
