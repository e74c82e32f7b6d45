import DeepCABAC
import NNRModel

/// What a tensor would have cost with one choice made otherwise, the others as in the stream but for the start states, which are
/// the best ones for it.
public struct TensorAlternative: Sendable {
  /// What is chosen otherwise, by the name of its syntax element; `states` for start states.
  public enum Knob: String, Sendable, CaseIterable {
    case unaryLength = "cabac_unary_length"
    case states
    case scanOrder = "scan_order"
    case rowSkip = "row_skip_enabled_flag"
    case history = "hist_dep_sig_prob_enabled_flag"
    case temporal = "temporal_context_modeling_flag"
    case codebookOrder = "codebook_egk"
    case codebookSize = "codebook_size"
    case codebook = "codebook_present_flag"
  }

  /// What is chosen otherwise.
  public let knob: Knob
  /// The value.
  public let value: Value
  /// The bits of the tensor, predicted and put right by what the prediction misses of the stream's own; nil where it cannot be.
  public let bits: Int?
  /// The bits of each class of the payload, by its raw value; empty where it cannot be.
  public let classes: [Double]
  /// Whether the integers stay the same for every receiver.
  public let isLossless: Bool
  /// Why it is not lossless; nil if it is.
  public let reason: String?
  /// Whether the stream has it so.
  public let isCurrent: Bool

  /// The value of a knob.
  public enum Value: Sendable, Hashable {
    /// A number or a flag.
    case number(Int)
    /// A set of start states: `keep`, `default` or `best`.
    case states(RecodeKnobs.States)
  }
}

/// All alternatives of a tensor.
public struct TensorAlternatives: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// The bits of each class of the payload now, as predicted.
  public let classes: [Double]
  /// The alternatives, knob by knob.
  public let list: [TensorAlternative]

  /// The alternatives of all tensors of a unit; throws why there are none.
  public static func all(
    _ session: Session, stream: Int, unit: Int,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(RecodeRefusal) -> [TensorAlternatives] {
    let loaded = try LoadedUnit(session, stream: stream, unit: unit, shouldStop: shouldStop)
    var found: [TensorAlternatives] = []
    for place in loaded.tensors.indices {
      var maker = AlternativeMaker(loaded, place, shouldStop)
      try maker.make()
      found.append(maker.alternatives)
    }
    return found
  }
}

/// Makes the alternatives of a tensor.
private struct AlternativeMaker {
  private static let shown = UnaryLengths.ladder.filter { $0 <= 64 }

  private let loaded: LoadedUnit
  private let tensor: LoadedTensor
  private let search: UnitSearch
  private let current: WalkOptions
  private let shouldStop: @Sendable () -> Bool
  /// What the tensor takes beside what is predicted.
  private var surplus = 0.0
  private var now: TensorCosts?
  private var list: [TensorAlternative] = []

  init(_ loaded: LoadedUnit, _ place: Int, _ shouldStop: @escaping @Sendable () -> Bool) {
    self.loaded = loaded
    self.shouldStop = shouldStop
    tensor = loaded.tensors[place]
    search = UnitSearch(loaded, RecodeKnobs())
    current = WalkOptions(
      scanOrder: tensor.coded.dimensions?.count ?? 1 > 1 ? tensor.coded.scanOrder : 0,
      skipsRows: tensor.start.rowSkipEnabledFlag ?? false,
      usesHistory: tensor.start.historyFlag ?? false)
  }

  var alternatives: TensorAlternatives {
    TensorAlternatives(tensor: tensor.coded, classes: now?.classes ?? [], list: list)
  }

  private func walk(_ options: WalkOptions, _ tensor: WalkedTensor, _ lengths: [Int])
    throws(RecodeRefusal) -> TensorWalk?
  {
    do throws(EncodingError) {
      return try TensorWalk(tensor, options, lengths: lengths, shouldStop: shouldStop)
    } catch {
      return nil
    }
  }

  mutating func make() throws(RecodeRefusal) {
    let length = tensor.coded.unaryLength
    var lengths = search.lengths + [length]
    // More than a search needs, to see how the cost goes.
    if tensor.geometry.count <= 1 << 20, search.lengths.count > 1 { lengths += Self.shown }
    guard let own = try walk(current, tensor.walked, lengths),
      let now = own.costs(
        unaryLength: length,
        .kept(tensor.start.startStates, unaryLength: length))
    else {
      if shouldStop() { throw .stopped }
      return
    }
    self.now = now
    surplus = Double(loaded.wholeBits(of: tensor.coded.place)) - now.bits
    for length in own.lengths {
      add(
        .unaryLength, .number(length), own.costs(unaryLength: length, .best),
        isCurrent: length == tensor.coded.unaryLength)
    }
    for states in RecodeKnobs.States.allCases {
      let choice: StateChoice =
        switch states {
        case .best: .best
        case .standard: .standard
        case .keep: .kept(tensor.start.startStates, unaryLength: length)
        }
      add(
        .states, .states(states), own.costs(unaryLength: length, choice),
        isCurrent: states == .keep)
    }
    try addScans()
    try addFlags()
    try addTemporal()
    addCodebookOrders(own.costs(unaryLength: length, .best))
    try addCodebooks()
    if shouldStop() { throw .stopped }
  }

  private mutating func addScans() throws(RecodeRefusal) {
    guard tensor.geometry.rows > 1, tensor.geometry.width > 1,
      tensor.coded.dimensions?.count ?? 0 > 1
    else { return }
    let possible = Set(search.scans)
    for scan in 0...4 {
      var options = current
      options.scanOrder = scan
      guard possible.contains(scan) else {
        add(
          .scanOrder, .number(scan), nil, isLossless: false,
          "with dependent quantization integers belong to the path of their scan")
        continue
      }
      try addWalk(.scanOrder, scan, options, isCurrent: scan == current.scanOrder)
    }
  }

  private mutating func addFlags() throws(RecodeRefusal) {
    guard tensor.geometry.codesRowFlags else { return }
    for flag in 0...1 {
      var options = current
      options.skipsRows = flag == 1
      try addWalk(.rowSkip, flag, options, isCurrent: (flag == 1) == current.skipsRows)
    }
    guard tensor.start.historyFlag != nil else { return }
    for flag in 0...1 {
      var options = current
      options.usesHistory = flag == 1
      guard flag == 0 || tensor.walked.history != nil else {
        add(.history, .number(1), nil, isLossless: false, "no history is known")
        continue
      }
      try addWalk(
        .history, flag, options, isCurrent: (flag == 1) == current.usesHistory,
        flag == 1 && !current.usesHistory ? "receivers may hold no history" : nil)
    }
  }

  /// Contexts from the parent's integers: shown only, as every receiver would have to hold the parent.
  private mutating func addTemporal() throws(RecodeRefusal) {
    guard loaded.decoding.unit.parent != nil, loaded.decoding.dialect == .d2 else { return }
    let isUsed = loaded.decoding.usesTemporalContexts
    for flag in 0...1 {
      var other = tensor.walked
      if flag == 0 {
        other.base = nil
      } else if !isUsed {
        guard let parent = parent else {
          add(.temporal, .number(1), nil, isLossless: false, "no parent is at hand")
          continue
        }
        other.base = parent
      }
      let costs = try walk(current, other, [tensor.coded.unaryLength])?
        .costs(unaryLength: tensor.coded.unaryLength, .best)
      add(
        .temporal, .number(flag), costs, isCurrent: (flag == 1) == isUsed,
        isLossless: flag == (isUsed ? 1 : 0),
        (flag == 1) == isUsed ? nil : "another set of receivers can decode it: not written")
    }
  }

  /// The orders of the codes that entries of the codebook are written with.
  private mutating func addCodebookOrders(_ costs: TensorCosts?) {
    guard let codebook = tensor.codebook, codebook.isWritable else { return }
    for order in 0...15 {
      add(
        .codebookOrder, .number(order), costs, isCurrent: order == codebook.egk,
        headerBits: codebook.ordered(order).bits - codebook.bits)
    }
  }

  /// Codebooks of other sizes: without ends that no weight has, and of the values of a tensor that has none.
  private mutating func addCodebooks() throws(RecodeRefusal) {
    if let codebook = tensor.codebook, codebook.isWritable {
      try addCodebook(.codebookSize, codebook.values.count, tensor, isCurrent: true)
      if let shorter = tensor.trimmed {
        try addCodebook(.codebookSize, shorter.codebook?.values.count ?? 0, shorter)
      }
    }
    guard loaded.decoding.unit.parent == nil else { return }
    let made = tensor.madeCodebooks
    guard let least = made.first else { return }
    try addCodebook(.codebook, 0, tensor, isCurrent: true)
    try addCodebook(.codebook, 1, least, "the weights stay, their integers become others")
  }

  private mutating func addCodebook(
    _ knob: TensorAlternative.Knob, _ value: Int, _ other: LoadedTensor, isCurrent: Bool = false,
    _ reason: String? = nil
  ) throws(RecodeRefusal) {
    let length = tensor.coded.unaryLength
    let costs = try walk(current, other.walked, [length])?.costs(unaryLength: length, .best)
    add(
      knob, .number(value), costs, isCurrent: isCurrent, isLossless: reason == nil,
      headerBits: (other.codebook?.shortest.bits ?? 0) - (tensor.codebook?.bits ?? 0),
      reason)
  }

  private var parent: [Int32]? {
    let place = tensor.coded.place
    guard loaded.knownParents.indices.contains(place), let parent = loaded.knownParents[place],
      parent.count == tensor.walked.integers.count
    else { return nil }
    return parent
  }

  private mutating func addWalk(
    _ knob: TensorAlternative.Knob, _ value: Int, _ options: WalkOptions, isCurrent: Bool,
    _ reason: String? = nil
  ) throws(RecodeRefusal) {
    guard let walk = try walk(options, tensor.walked, [tensor.coded.unaryLength]) else {
      add(
        knob, .number(value), nil, isLossless: false,
        "the integers do not fit the trellis path that it gives")
      return
    }
    add(
      knob, .number(value), walk.costs(unaryLength: tensor.coded.unaryLength, .best),
      isCurrent: isCurrent, isLossless: reason == nil, reason)
  }

  private mutating func add(
    _ knob: TensorAlternative.Knob, _ value: TensorAlternative.Value, _ costs: TensorCosts?,
    isCurrent: Bool = false, isLossless: Bool = true, headerBits: Int = 0,
    _ reason: String? = nil
  ) {
    list.append(
      TensorAlternative(
        knob: knob, value: value,
        bits: costs.map { Int(($0.bits + surplus).rounded()) + headerBits },
        classes: costs?.classes ?? [],
        isLossless: isLossless, reason: reason, isCurrent: isCurrent))
  }
}
