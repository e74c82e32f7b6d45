import DeepCABAC

/// How a context of a tensor was used and how its probability adapted over time.
public struct ContextCurve: Sendable, Hashable {
  /// The number of the context, in the numbering of format reference 4.8.
  public let context: Int
  /// Its name.
  public let name: String
  /// The bins that it coded.
  public fileprivate(set) var bins = 0
  /// How many of them were the less probable symbol.
  public fileprivate(set) var improbable = 0
  /// How many of them were 1.
  public fileprivate(set) var ones = 0
  /// What they cost in bits.
  public fileprivate(set) var bits = 0.0
  /// The number of its first bin in the payload.
  public let first: Int
  /// The probability of a 1 before its first bin.
  public let start: Double
  /// The probability of a 1 after its last bin.
  public fileprivate(set) var end: Double
  /// The probability of a 1 at equal steps of the tensor's bins; `start` before the first of its own.
  public fileprivate(set) var samples: [Double]

  /// The share of ones; 0 without bins.
  public var shareOfOnes: Double { bins > 0 ? Double(ones) / Double(bins) : 0 }

  /// The samples fitted to `count` points; the last sample is the last point.
  public func points(_ count: Int) -> [Double] {
    guard count > 0, let last = samples.last else { return [] }
    guard count > 1 else { return [last] }
    return (0..<count).map { samples[$0 * (samples.count - 1) / (count - 1)] }
  }
}

/// All contexts of a tensor, over the bins of its payload.
public struct ContextCurves: Sendable, Hashable {
  /// The most samples of a curve.
  public static let resolution = 256

  /// The place of the tensor in its unit, in coded order.
  public let tensor: Int
  /// The contexts that coded a bin, by their numbers.
  public private(set) var contexts: [ContextCurve] = []
  /// The numbers of the tensor's bins.
  public private(set) var bins = 0..<0

  /// Walks a tensor's bins; nil if `shouldStop` said so, or the decoder does not get there.
  public init?(
    _ trace: inout BinTrace, tensor: Int, shouldStop: () -> Bool = { false }
  ) {
    guard let first = trace.firstBin(ofTensor: tensor, shouldStop: shouldStop),
      trace.tensors.indices.contains(tensor)
    else { return nil }
    self.tensor = tensor
    let layout = ContextLayout(unaryLength: trace.tensors[tensor].unaryLength)
    var sampler = Sampler()
    var index = first.index
    while let bin = trace.bin(index), bin.tensor == tensor {
      if index & 0xfff == 0, shouldStop() { return nil }
      sampler.add(bin, layout)
      index += 1
    }
    bins = first.index..<index
    contexts = sampler.curves
  }

  /// The place of a bin among `count` points of a curve.
  public func point(of bin: Int, of count: Int) -> Int {
    guard count > 1, bins.count > 1 else { return 0 }
    let place = min(max(0, bin - bins.lowerBound), bins.count - 1)
    return place * (count - 1) / (bins.count - 1)
  }
}

/// Samples all contexts at once; where the samples grow too many, every second one is dropped.
private struct Sampler {
  private var found: [Int: ContextCurve] = [:]
  private var spacing = 1
  private var taken = 0
  private var seen = 0

  /// The curves by their numbers, with the end of the tensor as their last sample.
  var curves: [ContextCurve] {
    found.values.map { curve in
      var curve = curve
      curve.samples.append(curve.end)
      return curve
    }.sorted { $0.context < $1.context }
  }

  mutating func add(_ bin: TracedBin, _ layout: ContextLayout) {
    if seen % spacing == 0 { sample() }
    seen += 1
    let event = bin.event
    guard let context = event.context, let before = event.before, let after = event.after,
      let symbol = event.mps
    else { return }
    let start = TracedBin.probability(before)
    var curve =
      found[context]
      ?? ContextCurve(
        context: context, name: layout.name(of: context), first: bin.index,
        start: symbol == 1 ? start : 1 - start, end: 0,
        samples: [Double](repeating: symbol == 1 ? start : 1 - start, count: taken))
    curve.bins += 1
    curve.improbable += bin.walked.isLeastProbable ? 1 : 0
    curve.ones += event.bin
    curve.bits += event.cost
    // From a sum of 0 on the most probable symbol is 1.
    let probability = TracedBin.probability(after)
    curve.end = after.sum >= 0 ? probability : 1 - probability
    found[context] = curve
  }

  private mutating func sample() {
    if taken >= ContextCurves.resolution {
      for context in found.keys {
        let samples = found[context]?.samples ?? []
        found[context]?.samples = stride(from: 0, to: samples.count, by: 2).map { samples[$0] }
      }
      taken = (taken + 1) / 2
      spacing *= 2
      guard seen % spacing == 0 else { return }
    }
    for (context, curve) in found { found[context]?.samples.append(curve.end) }
    taken += 1
  }
}
