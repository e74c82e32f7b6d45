import NNRModel

/// The weights of two models, parameter by parameter.
public struct WeightDiff: Sendable {
  /// A parameter of the model on both sides.
  public struct Row: Sendable, Hashable {
    /// The name; not safe to print.
    public let name: String
    /// Dimensions on the first side; nil if it is not there.
    public let shapeA: [Int]?
    /// Dimensions on the second side; nil if it is not there.
    public let shapeB: [Int]?
    /// The weights of the second side against the first; nil if there is nothing to compare.
    public fileprivate(set) var comparison: ValueComparison?
    /// Whether a side that lacks it codes it, but could not be decoded.
    public var isUndecoded = false

    /// Whether all weights are the same.
    public var isSame: Bool { comparison?.isSame ?? false }
  }

  /// A model on one side.
  public struct Side: Sendable {
    let session: Session
    let streams: Range<Int>
    let isSum: Bool

    /// What a stream of a session codes; for nil, the streams of the session added up.
    public init(_ session: Session, stream: Int?) {
      self.session = session
      streams = stream.map { $0..<$0 + 1 } ?? 0..<session.streams.count
      isSum = stream == nil
    }

    /// The weights that the headers tell of, with every version of a parameter.
    fileprivate var count: Int {
      streams.flatMap { session.directory($0).tensors }
        .reduce(0) { $0.saturatingAdd($1.count ?? 0) }
    }

    fileprivate var names: Set<String> {
      Set(streams.flatMap { session.directory($0).tensors.map(\.name) })
    }

    /// Visits the parameters; the names of those of which a part could not be decoded.
    fileprivate func visit(
      _ shouldStop: @escaping @Sendable () -> Bool, _ visit: (ModelParameter) -> Void
    ) -> Set<String> {
      func pass(_ parameter: ModelParameter) -> Bool {
        visit(parameter)
        return !shouldStop()
      }
      var failures: [(stream: Int, unit: Int)] = []
      if isSum {
        let found = try? session.accumulatedParameters(shouldStop: shouldStop, visit: pass)
        failures = (found ?? []).map { ($0.stream, $0.unit) }
      } else {
        for stream in streams {
          failures += session.parameters(stream: stream, shouldStop: shouldStop, visit: pass)
            .map { (stream, $0.unit) }
        }
      }
      return Set(
        failures.flatMap { stream, unit in
          let directory = session.directory(stream)
          return (directory.byUnit[unit] ?? 0..<0).map { directory.tensors[$0].name }
        })
    }
  }

  /// The parameters whose weights are not the same.
  public private(set) var rows: [Row] = []
  /// The number of parameters whose weights are the same.
  public private(set) var same = 0
  /// Why weights were not compared; nil if they were.
  public private(set) var skipped: String?

  /// Compares the weights of `b` with those of `a`; nothing of it counts once `shouldStop` has said so.
  public init(_ a: Side, _ b: Side, shouldStop: @escaping @Sendable () -> Bool = { false }) {
    let count = a.count.saturatingAdd(b.count)
    // Weights as they are, and some as 64-bit floats on their way.
    guard count.saturatingMultiply(8) <= a.session.options.maxMemory else {
      skipped = "\(count) weights do not fit the budget of \(a.session.options.maxMemory) bytes"
      return
    }
    var left: [String: [ModelParameter]] = [:]
    var order: [String] = []
    let brokenA = a.visit(shouldStop) { parameter in
      order.append(parameter.name)
      left[parameter.name, default: []].append(parameter)
    }
    var added: [Row] = []
    var found: [String: [Row]] = [:]
    let brokenB = b.visit(shouldStop) { parameter in
      guard let one = left[parameter.name]?.first else {
        added.append(
          Row(name: parameter.name, shapeA: nil, shapeB: parameter.dimensions, comparison: nil))
        return
      }
      left[parameter.name]?.removeFirst()
      let isComparable = one.dimensions == parameter.dimensions
      found[parameter.name, default: []].append(
        Row(
          name: parameter.name, shapeA: one.dimensions, shapeB: parameter.dimensions,
          comparison: isComparable
            ? ValueComparison.of(parameter, reference: one) : nil))
    }
    for name in order {
      guard var pairs = found[name], let pair = pairs.first else {
        let parameter = left[name]?.popLast()
        rows.append(Row(name: name, shapeA: parameter?.dimensions, shapeB: nil, comparison: nil))
        continue
      }
      pairs.removeFirst()
      found[name] = pairs
      if pair.isSame { same += 1 } else { rows.append(pair) }
    }
    rows += added
    markUndecoded(a.names, b.names)
    // A sum that lacks an update is none.
    for place in rows.indices where brokenA.union(brokenB).contains(rows[place].name) {
      rows[place].comparison = nil
      rows[place].isUndecoded = true
    }
  }

  private mutating func markUndecoded(_ a: Set<String>, _ b: Set<String>) {
    for place in rows.indices where rows[place].comparison == nil {
      let name = rows[place].name
      rows[place].isUndecoded =
        rows[place].shapeA == nil && a.contains(name)
        || rows[place].shapeB == nil && b.contains(name)
    }
  }
}
