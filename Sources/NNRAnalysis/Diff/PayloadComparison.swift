import DeepCABAC
import NNRModel

/// Finds the first level at which two payloads differ.
struct PayloadComparison {
  /// A unit on one side.
  struct Side {
    let session: Session
    let stream: Int
    let unit: Int
    let collector: LevelCollector
    /// The levels of the tensors that were begun, as far as the payload holds them.
    private(set) var levels: [[Int32]]
    let shouldStop: @Sendable () -> Bool
    let failure: DecodeFailure?
    let decoding: UnitDecoding?

    init(
      _ session: Session, _ stream: Int, _ unit: Int,
      shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
      collector = LevelCollector(shouldStop)
      self.shouldStop = shouldStop
      self.session = session
      self.stream = stream
      self.unit = unit
      decoding = session.decoding(stream: stream, unit: unit)
      failure = session.decode(
        stream: stream, unit: unit, shouldStop: shouldStop, into: collector)
      levels = collector.levels
      guard let element = failure?.element, let broken = collector.starts.last?.tensor,
        let last = levels.last, last.count < element, broken.effectiveScanOrder == 0, !shouldStop(),
        var decoding,
        let payload = try? session.streams[stream].source.read(decoding.unit.payload)
      else { return }
      decoding.shouldStop = shouldStop
      // Levels come in runs; those of the run that fails are there up to the failure.
      levels[levels.count - 1] = UnitDecoder.levels(
        decoding, payload: payload, tensor: broken.place, first: element)
    }

    /// The scan of a tensor; nil for raw floats.
    func geometry(_ place: Int) -> TensorGeometry? {
      guard let decoding, decoding.unit.payloadType != .rawFloat,
        collector.starts.indices.contains(place)
      else { return nil }
      return try? TensorGeometry(
        collector.starts[place].tensor.payloadParameters(decoding))
    }
  }

  private let a: Side
  private let b: Side

  init(_ a: Side, _ b: Side) {
    self.a = a
    self.b = b
  }

  /// What differs.
  func difference() -> PayloadDiff {
    var tensors: [LevelDiff] = []
    // Stepping to a bin is slow: once for a unit is enough.
    var wantsBins = true
    for (i, j) in pairs {
      let found = levels(i, j, wantsBins: wantsBins)
      guard !found.isSame else { continue }
      wantsBins = wantsBins && found.first == nil
      tensors.append(found)
    }
    return PayloadDiff(tensors: tensors, failureA: a.failure, failureB: b.failure)
  }

  /// Tensors of one name in order, then those of other names, if no more than their names changed.
  ///
  /// In an order that is the same with both sides exchanged: pairs whose sums of numbers are the same cross, so their names
  /// differ.
  private var pairs: [(Int, Int)] {
    let names = [a, b].map { $0.collector.starts.map(\.tensor.name) }
    let entries = SequenceAlignment(names[0], names[1]).entries
    var pairs = entries.compactMap { entry in entry.a.flatMap { i in entry.b.map { (i, $0) } } }
    if names[0].count == names[1].count {
      pairs += zip(
        entries.filter { $0.b == nil }.compactMap(\.a),
        entries.filter { $0.a == nil }.compactMap(\.b))
    }
    func key(_ pair: (Int, Int)) -> (Int, String, String) {
      let (one, other) = (names[0][pair.0], names[1][pair.1])
      return (pair.0 + pair.1, min(one, other), max(one, other))
    }
    return pairs.sorted { key($0) < key($1) }
  }

  private func levels(_ i: Int, _ j: Int, wantsBins: Bool) -> LevelDiff {
    let names = (a.collector.starts[i].tensor.name, b.collector.starts[j].tensor.name)
    let nameB = names.0 == names.1 ? nil : names.1
    let (left, right) = (a.levels[i], b.levels[j])
    let shapes = (
      a.collector.starts[i].tensor.dimensions ?? [left.count],
      b.collector.starts[j].tensor.dimensions ?? [right.count]
    )
    let isRaw = [a.collector.starts[i], b.collector.starts[j]].allSatisfy {
      $0.tensor.quantizer == .raw
    }
    guard shapes.0 == shapes.1 else {
      return LevelDiff(
        name: names.0, nameB: nameB, isRaw: isRaw, shapeA: shapes.0, shapeB: shapes.1, compared: 0,
        equal: 0,
        first: nil)
    }
    let scans = (a.geometry(i), b.geometry(j))
    // Where both sides scan alike the first in the scan counts, else the first in C order.
    let scan = scans.0.flatMap { one in scans.1?.scanOrder == one.scanOrder ? one : nil }
    let compared = min(left.count, right.count)
    var equal = 0
    var first: (order: Int, element: Int)?
    for element in 0..<compared {
      if left[element] == right[element] {
        equal += 1
        continue
      }
      let order = scan?.scanIndex(ofElement: element) ?? element
      if first == nil || order < first?.order ?? .max { first = (order, element) }
    }
    return LevelDiff(
      name: names.0, nameB: nameB, isRaw: isRaw, shapeA: shapes.0, shapeB: shapes.1,
      compared: compared,
      equal: equal,
      first: first.map { found in
        firstDifference(
          found.element, (i, j), (left, right), scans, width: width(shapes.0), isRaw: isRaw,
          wantsBins: wantsBins)
      })
  }

  private func width(_ shape: [Int]) -> Int {
    max(1, shape.dropFirst().reduce(1) { $0.saturatingMultiply($1) })
  }

  private func firstDifference(
    _ element: Int, _ places: (Int, Int), _ levels: ([Int32], [Int32]),
    _ scans: (TensorGeometry?, TensorGeometry?), width: Int, isRaw: Bool, wantsBins: Bool
  ) -> LevelDiff.First {
    let indices = (
      scans.0?.scanIndex(ofElement: element), scans.1?.scanIndex(ofElement: element)
    )
    let bins = wantsBins ? bins(places, indices) : (nil, nil)
    return LevelDiff.First(
      element: element, row: element / width, column: element % width,
      a: LevelDiff.Side(level: levels.0[element], scanIndex: indices.0, bin: bins.0),
      b: LevelDiff.Side(level: levels.1[element], scanIndex: indices.1, bin: bins.1),
      isRaw: isRaw)
  }

  /// The bins at which a level reads differently, on both sides.
  private func bins(
    _ places: (Int, Int), _ indices: (Int?, Int?)
  ) -> (LevelDiff.Bin?, LevelDiff.Bin?) {
    guard let scanA = indices.0, let scanB = indices.1,
      var traceA = BinTrace(a.session, stream: a.stream, unit: a.unit),
      var traceB = BinTrace(b.session, stream: b.stream, unit: b.unit)
    else { return (nil, nil) }
    let one = traceA.bins(
      ofTensor: places.0, scanIndex: scanA, shouldStop: a.shouldStop)
    let other = traceB.bins(
      ofTensor: places.1, scanIndex: scanB, shouldStop: b.shouldStop)
    let place = zip(one, other).prefix { left, right in
      left.event.element == right.event.element && left.event.bin == right.event.bin
    }.count
    func bin(_ bins: [TracedBin]) -> LevelDiff.Bin? {
      guard let found = bins.indices.contains(place) ? bins[place] : bins.last else { return nil }
      return LevelDiff.Bin(
        index: found.index, element: found.elementName, payloadBit: found.event.position)
    }
    return (bin(one), bin(other))
  }
}
