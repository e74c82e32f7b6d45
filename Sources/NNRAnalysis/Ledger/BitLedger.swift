import Locking
import NNRModel
import NNRSyntax

/// Who paid which bits of a stream: every bit has an owner, a unit or a tensor of a unit, and a class.
///
/// The bits of headers are known at once; payloads are charged to `unparsed` until they are added, unit by unit and in any
/// order. At every moment the sum of all entries is 8 × the size of the file, also for streams that cannot be read or
/// decoded (format reference 7).
public struct BitLedger: Sendable {
  /// One line: bits and bins of a class that an owner pays.
  public struct Entry: Sendable, Hashable {
    /// The number of the unit.
    public let unit: Int
    /// The place of the tensor in `tensors`; nil if the unit itself pays.
    public let tensor: Int?
    /// What for.
    public let costClass: CostClass
    /// The bits; fractional within arithmetic codewords.
    public let bits: Double
    /// The number of bins; 0 outside of arithmetic codewords.
    public let bins: Int
  }

  /// What the stream is called; not safe to print.
  public let file: String
  /// The number of bytes of the stream.
  public let size: Int
  /// The units in the order of the file; bytes that are no unit are one too.
  public private(set) var units: [UnitCost] = []
  /// The tensors in decoding order.
  public private(set) var tensors: [TensorCost] = []

  /// The ledger of a stream from its headers.
  public init(_ session: Session, stream number: Int) {
    let stream = session.streams[number]
    let directory = session.directory(number)
    file = stream.name
    size = stream.size
    tensors = directory.tensors.map { TensorCost($0) }
    units.reserveCapacity(stream.unitCount)
    for (unit, entry) in stream.index.entries.enumerated() {
      let range = directory.byUnit[unit] ?? 0..<0
      var cost = UnitCost(entry, number: unit, tree: stream.tree(unit), tensors: range)
      // Raw floats need no decoding: they belong to the one tensor of their unit.
      if range.count == 1, tensors[range.lowerBound].tensor.quantizer == .raw {
        tensors[range.lowerBound].costs.add(cost.headers.take(.header(.raw)), to: .header(.raw))
        tensors[range.lowerBound].isKnown = true
      }
      units.append(cost)
    }
  }

  /// The ledger of a stream with all payloads, decoded over `threads` threads; `done` is told after each unit,
  /// `shouldStop` is asked within units.
  public static func decoded(
    _ session: Session, stream: Int, rowBits: Bool = false, threads: Int,
    done: @escaping @Sendable (UnitFigures) -> Bool = { _ in true },
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) -> BitLedger {
    let ledger = BitLedger(session, stream: stream)
    var options = FiguresOptions()
    options.accounting = true
    options.rowBits = rowBits
    options.sketches = false
    let shared = Locked(ledger)
    UnitFigures.each(
      session, stream: stream, units: ledger.pendingUnits, options: options, threads: threads,
      shouldStop: shouldStop
    ) { figures in
      shared.withLock { $0.add(figures) }
      return done(figures)
    }
    return shared.withLock { $0 }
  }

  /// Bits of all units and tensors by class.
  public var totals: ClassCosts {
    var sum = ClassCosts()
    for unit in units { sum.add(unit.costs) }
    for tensor in tensors { sum.add(tensor.costs) }
    return sum
  }

  /// The units whose payloads wait to be added.
  public var pendingUnits: [Int] { units.filter { $0.state == .pending }.map(\.number) }

  /// Whether all payloads were decoded to their end.
  var isDecoded: Bool { units.allSatisfy(\.isDecoded) }

  /// Whether the payload of a tensor was decoded to its end.
  func isDecoded(_ cost: TensorCost) -> Bool {
    cost.isKnown && units.indices.contains(cost.tensor.unit) && units[cost.tensor.unit].isDecoded
  }

  /// The number of weights of all tensors whose dimensions are known and that may be decoded (rule N08), saturated.
  public var weights: Int {
    tensors.reduce(0) { sum, cost in
      let weights = cost.weights ?? 0
      return weights > UnitDecoder.weightLimit ? sum : sum.saturatingAdd(weights)
    }
  }

  /// Everything that is charged, in the order of the file.
  public var entries: [Entry] {
    var found: [Entry] = []
    func add(_ costs: ClassCosts, _ unit: Int, _ tensor: Int?) {
      for (costClass, bits, bins) in costs.charged {
        found.append(
          Entry(unit: unit, tensor: tensor, costClass: costClass, bits: bits, bins: bins))
      }
    }
    for unit in units {
      add(unit.costs, unit.number, nil)
      for place in unit.tensors { add(tensors[place].costs, unit.number, place) }
    }
    return found
  }

  /// The bits of a unit with its tensors, by class.
  public func costs(ofUnit number: Int) -> ClassCosts {
    guard units.indices.contains(number) else { return ClassCosts() }
    var sum = units[number].costs
    for place in units[number].tensors { sum.add(tensors[place].costs) }
    return sum
  }

  /// Adds what decoding a unit with accounting found; nothing for a unit without a payload to decode.
  ///
  /// A unit may be added again: the later figures count.
  public mutating func add(_ figures: UnitFigures) {
    guard units.indices.contains(figures.unit) else { return }
    let unit = units[figures.unit]
    guard unit.codewordBits > 0, !unit.tensors.isEmpty else { return }
    for place in unit.tensors { tensors[place].reset() }
    var left = Double(unit.codewordBits)
    let isSound = figures.tensors.allSatisfy { tensor in
      guard let ledger = tensor.end?.ledger else { return true }
      // Reading beyond the end of a payload leaves less than nothing for its end.
      return ledger[.termination].bits >= 0
    }
    if isSound {
      for (place, tensor) in zip(unit.tensors, figures.tensors) {
        tensors[place].fill(tensor)
        left -= tensors[place].costs.total
      }
    }
    units[figures.unit].state = figures.failure.map { .failed($0) } ?? .decoded
    // What rounding of sums leaves is no bit.
    units[figures.unit].undecoded = left.magnitude > 1e-7 ? left : 0
  }
}

extension TensorCost {
  /// Forgets what decoding found.
  mutating func reset() {
    self = TensorCost(tensor)
  }
}
