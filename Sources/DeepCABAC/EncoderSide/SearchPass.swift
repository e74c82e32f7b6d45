/// One pass over a tensor in the order of its scan, with at most `width` decoders of the witness side by side.
struct SearchPass {
  private let suspect: SuspectTensor
  private let geometry: TensorGeometry
  private let width: Int
  private let stepLimit: Int
  private var witness: WitnessDecoders?
  private var paths: [SearchPath] = [SearchPath(decoder: 0)]
  private var log = ChoiceLog()
  private var isNarrowed = false
  private var trials = 0
  private var chance = 0.0
  /// Asked after each piece: whether to stop.
  var shouldStop: @Sendable () -> Bool = { false }
  /// Asked after each piece: whether time has run out.
  var isLate: @Sendable () -> Bool = { false }

  /// The pieces of rows decoded so far.
  var steps: Int { witness?.steps ?? trials }

  /// A pass; nil where the witness cannot be read up to the tensor, or has another shape.
  init?(_ suspect: SuspectTensor, _ witness: TellingPayload?, width: Int, stepLimit: Int) {
    self.suspect = suspect
    geometry = suspect.geometry
    self.width = width
    self.stepLimit = stepLimit
    guard let witness else { return }
    guard let decoders = WitnessDecoders(witness, geometry) else { return nil }
    self.witness = decoders
  }

  mutating func run() -> EncoderSearchResult {
    var result = EncoderSearchResult()
    for blockRow in 0..<geometry.blockRows {
      startBlockRow(blockRow)
      for segment in ScanSegment.all(
        geometry, blockRow: blockRow, limit: EncoderSearch.pieceLength)
      {
        guard !shouldStop() else { return ended(.cancelled) }
        guard steps < stepLimit, !log.isFull, !isLate() else { return ended(.tooMany) }
        advance(segment)
        if paths.isEmpty { return ended(isNarrowed ? .narrowed : .complete) }
      }
      dropEmptyRows(blockRow)
    }
    if let count = witness?.count { chance += witness.map { Double(count) * $0.endChance } ?? 0 }
    witness?.keepWhatEndsWell()
    paths.removeAll { path in witness.map { !$0.isAlive(path.decoder) } ?? false }
    result = ended(isNarrowed ? .narrowed : .complete)
    collect(&result)
    return result
  }

  private func ended(_ end: EncoderSearchResult.End) -> EncoderSearchResult {
    var result = EncoderSearchResult()
    result.end = end
    result.trials = trials
    result.chance = chance
    return result
  }

  private mutating func startBlockRow(_ blockRow: Int) {
    for place in paths.indices { paths[place].filledRows = 0 }
    guard blockRow > 0, var decoders = witness else { return }
    witness = nil
    trials += decoders.count
    chance += Double(decoders.count) * decoders.entryChance(blockRow)
    let renamed = decoders.startBlockRow(blockRow)
    witness = decoders
    paths = paths.compactMap { path in
      guard let decoder = renamed[path.decoder] else { return nil }
      var path = path
      path.decoder = decoder
      return path
    }
    merge()
  }

  /// All paths over a piece of a row.
  private mutating func advance(_ segment: ScanSegment) {
    let isSkipped = suspect.rowMask[segment.row] != 0
    let first = segment.row * geometry.width
    let decoded = suspect.levels[
      first + segment.columns.lowerBound..<first + segment.columns.upperBound]
    var next: [SearchPath] = []
    next.reserveCapacity(paths.count)
    var options = [[PieceOptions.Option]?](repeating: nil, count: StatePair.count)
    var readings: [[Int32]: Int] = [:]
    witness?.beginPiece(segment)
    for path in paths {
      if options[path.pair.number] == nil {
        var piece = PieceOptions(path.pair)
        if isSkipped { piece.skip(segment, geometry) } else { decoded.forEach { piece.add($0) } }
        piece.number(&readings)
        options[path.pair.number] = piece.all
      }
      for option in options[path.pair.number] ?? [] {
        var following = path
        following.pair = option.pair
        if witness != nil {
          guard
            let decoder = witness?.decode(path.decoder, option.integers, reading: option.reading)
          else { continue }
          following.decoder = decoder
        }
        if option.isFilled {
          following.filledRows |= 1 << UInt64(segment.row % geometry.blockHeight)
        }
        for place in option.ones {
          following.ones += 1
          following.last = log.add(
            first + segment.columns.lowerBound + place, before: following.last)
        }
        next.append(following)
      }
    }
    witness?.endPiece()
    paths = next
    merge()
    narrow()
  }

  /// A row that is not skipped has an integer other than 0: NNCodec skips all others.
  private mutating func dropEmptyRows(_ blockRow: Int) {
    let top = blockRow * geometry.blockHeight
    var wanted: UInt64 = 0
    for row in top..<min(top + geometry.blockHeight, geometry.rows) where suspect.rowMask[row] == 0
    {
      wanted |= 1 << UInt64(row - top)
    }
    paths.removeAll { $0.filledRows & wanted != wanted }
  }

  /// Keeps one of the paths that nothing tells apart from here on, that with the fewest ones.
  private mutating func merge() {
    guard paths.count > 1 else { return }
    // The kept paths of each decoder, as a chain.
    var lastOfDecoder = [Int](repeating: -1, count: witness?.count ?? 1)
    var before: [Int] = []
    var kept: [SearchPath] = []
    kept.reserveCapacity(paths.count)
    var others: [Int: [Int]] = [:]
    for path in paths {
      var place = lastOfDecoder[path.decoder]
      while place >= 0,
        kept[place].pair != path.pair || kept[place].filledRows != path.filledRows
      {
        place = before[place]
      }
      guard place >= 0 else {
        before.append(lastOfDecoder[path.decoder])
        lastOfDecoder[path.decoder] = kept.count
        kept.append(path)
        continue
      }
      if path.ones < kept[place].ones {
        others[place, default: []].append(kept[place].last)
        kept[place] = path
        continue
      }
      if path.ones == kept[place].ones { kept[place].isTied = true }
      if others[place, default: []].count < 2 * EncoderSearch.survivorLimit {
        others[place, default: []].append(path.last)
      }
    }
    for (place, more) in others { kept[place].last = log.merge(kept[place].last, more) }
    paths = kept
  }

  /// Leaves out the paths with the most ones where there are too many.
  private mutating func narrow() {
    guard paths.count > width else { return }
    isNarrowed = true
    var counts: [Int: Int] = [:]
    for path in paths { counts[path.ones, default: 0] += 1 }
    var room = width
    var greatest = -1
    var cut = Int.max
    for (ones, count) in counts.sorted(by: { $0.key < $1.key }) {
      guard count <= room else {
        cut = ones
        break
      }
      room -= count
      greatest = ones
    }
    // Of those with the next number of ones there is room for some.
    paths = paths.filter { path in
      if path.ones <= greatest { return true }
      guard path.ones == cut, room > 0 else { return false }
      room -= 1
      return true
    }
    guard let count = witness?.count else { return }
    var isUsed = [Bool](repeating: false, count: count)
    for path in paths { isUsed[path.decoder] = true }
    guard let renamed = witness?.keep(isUsed) else { return }
    for place in paths.indices { paths[place].decoder = renamed[paths[place].decoder] }
  }

  private func collect(_ result: inout EncoderSearchResult) {
    var found: [[Int32]] = []
    let sorted = paths.sorted { $0.ones < $1.ones }
    if let first = sorted.first {
      result.isClear = !first.isTied && !sorted.dropFirst().contains { $0.ones == first.ones }
    }
    for path in sorted {
      for ones in log.sets(of: path.last, limit: EncoderSearch.survivorLimit + 1) {
        guard found.count < EncoderSearch.survivorLimit else {
          result.hasMore = true
          break
        }
        if let integers = integers(ones), !found.contains(integers) { found.append(integers) }
      }
    }
    result.survivors = found
  }

  /// The integers with these open zeros as ones; nil where they do not fit.
  private func integers(_ ones: Set<Int>) -> [Int32]? {
    var integers = suspect.levels
    var pair = StatePair()
    for blockRow in 0..<geometry.blockRows {
      for segment in ScanSegment.all(geometry, blockRow: blockRow) {
        if suspect.rowMask[segment.row] != 0 {
          pair.skip(columns: segment.columns.count, width: geometry.width)
          continue
        }
        for column in segment.columns {
          let element = segment.row * geometry.width + column
          let origins = pair.origins(of: integers[element])
          let isOne = ones.contains(element)
          guard origins.count > (isOne ? 1 : 0) else { return nil }
          let origin = origins.least + (isOne ? 1 : 0)
          pair.advance(origin: origin, decoded: integers[element])
          integers[element] = origin
        }
      }
    }
    return integers
  }
}
