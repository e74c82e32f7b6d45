import NNRModel
import NNRSyntax

/// Two streams or chains of updates side by side.
public struct SessionDiff: Sendable {
  /// A parameter of the model on both sides.
  public struct Weights: Sendable, Hashable {
    /// The name; not safe to print.
    public let name: String
    /// Dimensions on the first side; nil if it is not there.
    public let shapeA: [Int]?
    /// Dimensions on the second side; nil if it is not there.
    public let shapeB: [Int]?
    /// The weights of the second side against the first; nil if there is nothing to compare.
    public let comparison: ValueComparison?
    /// Whether a side that lacks it codes it, but could not be decoded.
    public var isUndecoded = false

    /// Whether all weights are the same.
    public var isSame: Bool { comparison?.isSame ?? false }
  }

  /// The streams in the order of the chains.
  public let streams: [StreamDiff]
  /// Bits by class and tensor; empty if nothing differs or payloads were not decoded.
  public private(set) var costs: [CostDiff] = []
  /// The weights of the last stream, or of the whole chain added up, that differ; empty if payloads were not decoded.
  public private(set) var weights: [Weights] = []
  /// The number of parameters whose weights are the same.
  public private(set) var sameWeights = 0
  /// Why weights were not compared; nil if they were, or need not be.
  public private(set) var weightsSkipped: String?

  /// Whether all units are the same.
  public var isEmpty: Bool { streams.allSatisfy(\.isSame) }

  /// Compares `a` with `b`: streams in order, costs over `threads` threads, weights after accumulation.
  public init(_ a: Session, _ b: Session, options: DiffOptions = DiffOptions(), threads: Int = 1) {
    streams = (0..<max(a.streams.count, b.streams.count)).map { stream in
      StreamDiff(
        stream < a.streams.count ? (a, stream) : nil,
        stream < b.streams.count ? (b, stream) : nil, options)
    }
    guard options.decodes, !isEmpty else { return }
    for stream in 0..<min(a.streams.count, b.streams.count) {
      costs.append(
        CostDiff(
          BitLedger.decoded(a, stream: stream, threads: threads),
          BitLedger.decoded(b, stream: stream, threads: threads)))
    }
    compareWeights(a, b)
  }

  private mutating func compareWeights(_ a: Session, _ b: Session) {
    let count = Self.weightCount(a).saturatingAdd(Self.weightCount(b))
    // Weights as they are, and some as 64-bit floats on their way.
    guard count.saturatingMultiply(8) <= a.options.maxMemory else {
      weightsSkipped = "\(count) weights do not fit the budget of \(a.options.maxMemory) bytes"
      return
    }
    var left: [String: [ModelParameter]] = [:]
    var order: [String] = []
    Self.parameters(a) { parameter in
      order.append(parameter.name)
      left[parameter.name, default: []].append(parameter)
    }
    var added: [Weights] = []
    var found: [String: [Weights]] = [:]
    Self.parameters(b) { parameter in
      guard let one = left[parameter.name]?.first else {
        added.append(
          Weights(
            name: parameter.name, shapeA: nil, shapeB: parameter.dimensions, comparison: nil))
        return
      }
      left[parameter.name]?.removeFirst()
      let isComparable = one.dimensions == parameter.dimensions
      found[parameter.name, default: []].append(
        Weights(
          name: parameter.name, shapeA: one.dimensions, shapeB: parameter.dimensions,
          comparison: isComparable
            ? ValueComparison(parameter.doubles, reference: one.doubles) : nil))
    }
    for name in order {
      guard var pairs = found[name], let pair = pairs.first else {
        let parameter = left[name]?.popLast()
        weights.append(
          Weights(name: name, shapeA: parameter?.dimensions, shapeB: nil, comparison: nil))
        continue
      }
      pairs.removeFirst()
      found[name] = pairs
      if pair.isSame { sameWeights += 1 } else { weights.append(pair) }
    }
    weights += added
    let names = (Self.names(a), Self.names(b))
    for place in weights.indices where weights[place].comparison == nil {
      let name = weights[place].name
      weights[place].isUndecoded =
        weights[place].shapeA == nil && names.0.contains(name)
        || weights[place].shapeB == nil && names.1.contains(name)
    }
  }

  private static func weightCount(_ session: Session) -> Int {
    session.streams.indices.flatMap { session.directory($0).tensors }
      .reduce(0) { $0.saturatingAdd($1.count ?? 0) }
  }

  private static func names(_ session: Session) -> Set<String> {
    Set(session.streams.indices.flatMap { session.directory($0).tensors.map(\.name) })
  }

  private static func parameters(_ session: Session, _ visit: (ModelParameter) -> Void) {
    if session.streams.count > 1 {
      _ = try? session.accumulatedParameters { parameter in
        visit(parameter)
        return true
      }
    } else {
      session.parameters(stream: 0) { parameter in
        visit(parameter)
        return true
      }
    }
  }
}

extension ModelParameter {
  /// The weights as 64-bit floats.
  public var doubles: [Double] {
    switch values {
    case .float32(let values): values.map { Double($0) }
    case .float64(let values): values
    case .int32(let values): values.map { Double($0) }
    }
  }
}
