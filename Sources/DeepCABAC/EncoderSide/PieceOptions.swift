/// The integers that a piece of a row can stand for.
struct PieceOptions {
  /// One way to read the piece.
  struct Option {
    /// The states behind it.
    var pair: StatePair
    /// The integers of the piece.
    var integers: [Int32] = []
    /// The places in the piece of open zeros that are ones.
    var ones: [Int] = []
    /// The number of these integers among those of the piece.
    var reading = 0
    /// Whether one of them is not 0.
    var isFilled = false
  }

  /// The ways there are; none where the encoder cannot get here.
  private(set) var all: [Option]

  /// A piece that starts with the states `pair`.
  init(_ pair: StatePair) { all = [Option(pair: pair)] }

  /// The piece belongs to a skipped row.
  mutating func skip(_ segment: ScanSegment, _ geometry: TensorGeometry) {
    let blockWidth = min(geometry.blockWidth, geometry.width - segment.columns.lowerBound)
    for place in all.indices {
      all[place].integers = [Int32](repeating: 0, count: segment.columns.count)
      if segment.entersBlock { all[place].pair.skip(columns: blockWidth, width: geometry.width) }
    }
  }

  /// The next decoded integer of the piece.
  mutating func add(_ decoded: Int32) {
    var next: [Option] = []
    next.reserveCapacity(all.count)
    for option in all {
      let origins = option.pair.origins(of: decoded)
      for choice in 0..<Int32(origins.count) {
        var following = option
        following.pair.advance(origin: origins.least + choice, decoded: decoded)
        if choice > 0 { following.ones.append(following.integers.count) }
        following.integers.append(origins.least + choice)
        next.append(following)
      }
    }
    all = next
  }

  /// Gives equal integers equal numbers, beside those that other options of the piece have.
  mutating func number(_ readings: inout [[Int32]: Int]) {
    for place in all.indices {
      let integers = all[place].integers
      let number = readings[integers] ?? readings.count
      readings[integers] = number
      all[place].reading = number
      all[place].isFilled = integers.contains { $0 != 0 }
    }
  }
}
