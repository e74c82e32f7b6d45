/// Counts of real numbers in cells that are as fine as their number allows.
///
/// A cell holds the numbers whose bit patterns, taken as integers in ascending order, share all but the last `shift` bits: an
/// interval that includes its lower edge, between two multiples of a power of two. There are at most `limit` cells; if more
/// would be needed, all are merged with their neighbours, two by two, so every count stays exact between the edges of its cell,
/// and memory is 1 MiB at most whatever comes.
struct CountedCells: Hashable, Sendable {
  /// The most cells.
  static let limit = 32_768

  /// The number of bits in which the numbers of a cell differ, 0 to 52; with 0 each has a cell of its own.
  private(set) var shift = 0
  /// The number of cells.
  private(set) var used = 0
  // Open addressing: an entry without a count is free.
  private var keys: [Int64] = []
  private var counts: [UInt64] = []

  /// The place of a finite number among all, in ascending order; −0 is 0.
  static func place(of value: Double) -> Int64 {
    let magnitude = Int64(bitPattern: value.bitPattern & 0x7fff_ffff_ffff_ffff)
    return value.sign == .minus ? 0 &- magnitude : magnitude
  }

  /// The number at a place.
  static func value(at place: Int64) -> Double {
    place < 0
      ? -Double(bitPattern: UInt64(bitPattern: 0 &- place))
      : Double(bitPattern: UInt64(bitPattern: place))
  }

  /// Counts `value` so many times.
  mutating func add(_ value: Double, times: UInt64 = 1) {
    insert(Self.place(of: value) >> Int64(shift), times)
  }

  /// Adds what was counted elsewhere.
  mutating func merge(_ other: CountedCells) {
    while shift < other.shift { coarsen() }
    for (key, count) in zip(other.keys, other.counts) where count > 0 {
      // The shift may grow on the way.
      insert(key >> Int64(shift - other.shift), count)
    }
  }

  /// The cells in ascending order: the least number that a cell may hold, and its count.
  var sorted: [(lower: Double, count: UInt64)] {
    let full = zip(keys, counts).filter { $0.1 > 0 }.sorted { $0.0 < $1.0 }
    return full.map { (Self.value(at: $0.0 << Int64(shift)), $0.1) }
  }

  /// The width of the cell of a number, and so a power of two whose multiples are edges of all cells between −`value` and it.
  func width(at value: Double) -> Double { value.magnitude.ulp * Double(1 << Int64(shift)) }

  private mutating func insert(_ key: Int64, _ times: UInt64) {
    if (used + 1) * 2 > keys.count { grow() }
    let place = slot(of: key)
    if counts[place] == 0 {
      keys[place] = key
      used += 1
      counts[place] = times
      if used > Self.limit { while used > Self.limit * 3 / 4, shift < 52 { coarsen() } }
    } else {
      counts[place] &+= times
    }
  }

  private func slot(of key: Int64) -> Int {
    let mask = keys.count &- 1
    var place =
      Int(truncatingIfNeeded: (UInt64(bitPattern: key) &* 0x9e37_79b9_7f4a_7c15) >> 40) & mask
    while counts[place] > 0, keys[place] != key { place = (place &+ 1) & mask }
    return place
  }

  private mutating func grow() { refill(room: max(16, keys.count * 2), dropping: 0) }

  private mutating func coarsen() {
    refill(room: keys.count, dropping: 1)
    shift += 1
  }

  /// Fills a table of `room` entries, a power of two, with what there is, its keys without their last bits.
  private mutating func refill(room: Int, dropping bits: Int64) {
    let (oldKeys, oldCounts) = (keys, counts)
    keys = [Int64](repeating: 0, count: room)
    counts = [UInt64](repeating: 0, count: room)
    used = 0
    for (key, count) in zip(oldKeys, oldCounts) where count > 0 {
      let place = slot(of: key >> bits)
      if counts[place] == 0 {
        keys[place] = key >> bits
        used += 1
      }
      counts[place] &+= count
    }
  }

  /// Whether both count the same, in whatever order it came.
  static func == (left: CountedCells, right: CountedCells) -> Bool {
    left.shift == right.shift && left.used == right.used
      && left.sorted.elementsEqual(right.sorted) { $0 == $1 }
  }

  /// Hashes what `==` compares in part.
  func hash(into hasher: inout Hasher) {
    hasher.combine(shift)
    hasher.combine(used)
  }
}
