/// Decoders of a witness's last tensor, side by side: each has taken other integers of the suspect for true.
///
/// Invariants of the unsafe code in this file: `row`, `base` and `history` have one entry per column of the tensor, and a
/// piece lies within these; the arena's layout is that of the tensor.
struct WitnessDecoders {
  /// A decoder but for its contexts.
  private struct Decoder: Hashable {
    var registers: ArithmeticRegisters
    var neighbour: Int
    var trellis: Int
  }

  /// What a decoder came to with a reading of the piece.
  private struct Outcome {
    let reading: Int
    /// The decoder behind it; nil where it is wrong.
    let decoder: Int?
    /// Another outcome of the same decoder; -1 for none.
    let before: Int
  }

  private let bytes: [UInt8]
  private let state: TensorState
  private let arena: ContextArena
  private let scratch: RowScratch
  private let contextCount: Int
  private let usesBase: Bool
  private let usesHistory: Bool
  private let known: (base: [Int32]?, history: [UInt8]?)
  /// Where block rows behind the first start; empty if the header does not list them.
  private var entryPoints: [EntryPoint] = []
  private var decoders: [Decoder]
  private var contexts: [UInt64]
  private var next: [Decoder] = []
  private var nextContexts: [UInt64] = []
  /// What became of each decoder on the piece, by number: the last of its outcomes; -1 for none.
  private var lastOutcome: [Int] = []
  private var outcomes: [Outcome] = []
  private var piece = ScanSegment(row: 0, columns: 0..<0, entersBlock: false)
  private var isSkipped = false
  /// No decoder that is right is behind this bit in this block row.
  private var lastBit: Int
  private var dead: Set<Int> = []
  /// The pieces decoded so far.
  private(set) var steps = 0

  /// How many there are.
  var count: Int { decoders.count }

  /// The decoder at the first level; nil where the payload cannot be read so far, its tensor has another shape or scan, or
  /// none of its contexts looks at the suspect.
  init?(_ witness: TellingPayload, _ geometry: TensorGeometry) {
    let decoder = PayloadDecoder(bytes: witness.bytes)
    var buffer: [Int32] = []
    for (place, tensor) in witness.tensors.enumerated() {
      let isLast = place == witness.tensors.count - 1
      do throws(DecodingError) {
        if let bits = tensor.quantizationDeltaBits {
          _ = try decoder.readQuantizationDelta(bits: bits)
        }
        let count = try TensorGeometry(tensor.parameters).count
        guard !isLast || count == geometry.count else { return nil }
        let zeros = isLast ? [Int32](repeating: 0, count: count) : []
        // A history that is not known is one without marks, until the suspect sets some.
        let history =
          tensor.history
          ?? (isLast && tensor.parameters.parentNodePresent
            ? [UInt8](repeating: 0, count: count) : nil)
        try decoder.beginTensor(
          tensor.parameters, base: isLast && witness.usesBase ? zeros : tensor.base,
          history: history)
        guard !isLast else { break }
        while try decoder.nextRun(into: &buffer) != nil {}
      } catch {
        return nil
      }
    }
    guard let state = decoder.tensor, let last = witness.tensors.last,
      state.geometry.rows == geometry.rows, state.geometry.width == geometry.width,
      state.geometry.scanOrder == geometry.scanOrder,
      witness.usesBase || witness.usesHistory && state.facts.historyFlag == true
    else { return nil }
    self.state = state
    bytes = witness.bytes
    arena = ContextArena(copying: decoder.arena)
    scratch = RowScratch(width: geometry.width)
    contextCount = state.facts.layout.count
    usesBase = witness.usesBase
    usesHistory = witness.usesHistory
    known = (last.base, last.history)
    decoders = [
      Decoder(registers: state.levels.registers, neighbour: 0, trellis: state.levels.trellis)
    ]
    contexts = Array(
      UnsafeBufferPointer(start: arena.words + PackedContext.contexts, count: contextCount))
    lastBit = 8 * bytes.count
    if witness.entryPoints.count == geometry.blockRows - 1 {
      var position = state.firstPosition
      for listed in witness.entryPoints {
        position = position.addingReportingOverflow(listed.distance).partialValue
        entryPoints.append(
          EntryPoint(value: listed.value, state: listed.state, position: position))
      }
    }
    limit(blockRow: 0)
  }

  private mutating func limit(blockRow: Int) {
    lastBit =
      entryPoints.indices.contains(blockRow) ? entryPoints[blockRow].position : 8 * bytes.count
  }

  /// The chance that a wrong decoder passes what an entry point checks.
  func entryChance(_ blockRow: Int) -> Double {
    guard !entryPoints.isEmpty else { return 0 }
    // The value has some 200 equally likely ones; positions are spread over some 32 bits; states are 8.
    return 1 / (200 * 32 * (state.parameters.dependentQuantization ? 8 : 1))
  }

  /// The chance that a wrong decoder ends well: terminating bin, stop bit, length.
  var endChance: Double { 1 / 8192 }

  /// Starts a block row behind the first; the new numbers of the decoders, nil for those that are wrong.
  mutating func startBlockRow(_ blockRow: Int) -> [Int?] {
    struct Key: Hashable {
      let position: Int
      let value: UInt64
      let trellis: Int
    }
    var numbers: [Key: Int] = [:]
    var kept: [Decoder] = []
    var renamed: [Int?] = []
    for var decoder in decoders {
      decoder.registers.range = 256 << 55
      decoder.neighbour = 0
      let key = Key(
        position: decoder.registers.position, value: decoder.registers.value >> 55,
        trellis: decoder.trellis)
      guard decoder.registers.value >> 63 == 0,
        agrees(key.position, key.value, key.trellis, blockRow)
      else {
        renamed.append(nil)
        continue
      }
      if numbers[key] == nil {
        numbers[key] = kept.count
        kept.append(decoder)
      }
      renamed.append(numbers[key])
    }
    decoders = kept
    let initial = UnsafeBufferPointer(
      start: arena.words + PackedContext.initialContexts, count: contextCount)
    contexts = []
    for _ in kept { contexts.append(contentsOf: initial) }
    limit(blockRow: blockRow)
    return renamed
  }

  private func agrees(_ position: Int, _ value: UInt64, _ trellis: Int, _ blockRow: Int) -> Bool {
    guard entryPoints.indices.contains(blockRow - 1) else { return true }
    let listed = entryPoints[blockRow - 1]
    return listed.position == position && UInt64(listed.value) == value
      && (!state.parameters.dependentQuantization || listed.state == trellis)
  }

  /// Begins a piece of a row: each decoder goes over it with each reading of the suspect.
  mutating func beginPiece(_ segment: ScanSegment) {
    piece = segment
    outcomes.removeAll(keepingCapacity: true)
    lastOutcome.removeAll(keepingCapacity: true)
    lastOutcome.append(contentsOf: repeatElement(-1, count: decoders.count))
    isSkipped =
      state.facts.rowMask.indices.contains(segment.row) && state.facts.rowMask[segment.row] != 0
    guard isSkipped else { return }
    guard segment.entersBlock, state.parameters.dependentQuantization else { return }
    for place in decoders.indices {
      for _ in 0..<state.geometry.width & 3 {
        decoders[place].trellis = Int(ProbabilityTables.trellis[2 * decoders[place].trellis])
      }
    }
  }

  /// Goes over the piece with the suspect's `integers` there, which have the number `reading`; the number of the decoder
  /// behind it, nil if it is wrong.
  mutating func decode(_ number: Int, _ integers: [Int32], reading: Int) -> Int? {
    if isSkipped { return number }
    var place = lastOutcome[number]
    while place >= 0 {
      if outcomes[place].reading == reading { return outcomes[place].decoder }
      place = outcomes[place].before
    }
    let found = decode(number, integers)
    outcomes.append(Outcome(reading: reading, decoder: found, before: lastOutcome[number]))
    lastOutcome[number] = outcomes.count - 1
    return found
  }

  private mutating func decode(_ number: Int, _ integers: [Int32]) -> Int? {
    steps += 1
    let first = piece.row * state.geometry.width
    for (place, column) in piece.columns.enumerated() where place < integers.count {
      scratch.base[column] = usesBase ? integers[place] : known.base?[first + column] ?? 0
      let isKnown = known.history.map { $0[first + column] != 0 } ?? false
      scratch.history[column] = isKnown || usesHistory && integers[place] != 0 ? 1 : 0
    }
    let words = arena.words + PackedContext.contexts
    let size = contextCount
    contexts.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      words.update(from: start + number * size, count: size)
    }
    var level = LevelState()
    level.registers = decoders[number].registers
    level.neighbour = decoders[number].neighbour
    level.trellis = decoders[number].trellis
    let job = LevelJob(
      arena: arena.words, out: scratch.row, firstElement: 0, rowMask: nil,
      base: usesBase || known.base != nil ? UnsafePointer(scratch.base) : nil,
      history: state.facts.historyFlag == true ? UnsafePointer(scratch.history) : nil,
      rowBits: nil, width: state.geometry.width, blockWidth: Int.max / 2, rows: 0..<1,
      columns: piece.columns, unaryLength: state.parameters.unaryLength, lastPrefix: 30,
      limitSize: state.geometry.limitSize, limitZero: state.geometry.limitZero)
    bytes.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      LevelLoop.run(
        job, &level, dependent: state.parameters.dependentQuantization, observed: false,
        bytes: start, size: source.count)
    }
    guard level.status == .done, level.registers.position <= lastBit else { return nil }
    let decoder = Decoder(
      registers: level.registers, neighbour: level.neighbour, trellis: level.trellis)
    // Readings of the same decoder that no bin saw come to the same.
    var other = lastOutcome[number]
    while other >= 0 {
      if let place = outcomes[other].decoder, next[place] == decoder, hasContexts(of: place, words)
      {
        return place
      }
      other = outcomes[other].before
    }
    next.append(decoder)
    nextContexts.append(contentsOf: UnsafeBufferPointer(start: words, count: size))
    return next.count - 1
  }

  private func hasContexts(of place: Int, _ words: UnsafeMutablePointer<UInt64>) -> Bool {
    nextContexts[place * contextCount..<(place + 1) * contextCount]
      .elementsEqual(UnsafeBufferPointer(start: words, count: contextCount))
  }

  /// Ends a piece: the decoders are those behind it.
  mutating func endPiece() {
    guard !isSkipped else { return }
    swap(&decoders, &next)
    swap(&contexts, &nextContexts)
    next.removeAll(keepingCapacity: true)
    nextContexts.removeAll(keepingCapacity: true)
  }

  /// Keeps those of the numbers only that are marked; the new number of each, -1 for those that go.
  mutating func keep(_ isUsed: [Bool]) -> [Int] {
    var renamed = [Int](repeating: -1, count: decoders.count)
    for number in decoders.indices where isUsed[number] {
      renamed[number] = next.count
      next.append(decoders[number])
      nextContexts.append(
        contentsOf: contexts[number * contextCount..<(number + 1) * contextCount])
    }
    isSkipped = false
    endPiece()
    return renamed
  }

  /// Forgets those behind which the payload does not end as it should.
  mutating func keepWhatEndsWell() {
    let decoder = PayloadDecoder(bytes: bytes)
    for number in decoders.indices {
      if !decoder.end(at: decoders[number].registers).isSound { dead.insert(number) }
    }
  }

  /// Whether the payload ends well behind a decoder.
  func isAlive(_ number: Int) -> Bool { !dead.contains(number) }
}

/// Room for the integers of a row of the suspect and of its witness.
private final class RowScratch {
  let row: UnsafeMutablePointer<Int32>
  let base: UnsafeMutablePointer<Int32>
  let history: UnsafeMutablePointer<UInt8>

  init(width: Int) {
    row = .allocate(capacity: width)
    base = .allocate(capacity: width)
    history = .allocate(capacity: width)
    row.initialize(repeating: 0, count: width)
    base.initialize(repeating: 0, count: width)
    history.initialize(repeating: 0, count: width)
  }

  deinit {
    row.deallocate()
    base.deallocate()
    history.deallocate()
  }
}
