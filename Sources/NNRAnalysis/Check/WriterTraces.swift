import NNRModel
import NNRSyntax

/// What a payload that was decoded, or was not, tells of how NNCodec wrote it: R01, R02, R03, R05.
struct WriterTraces: Sendable {
  private var places: [PartingRules.Place] = []
  private var limits: [(name: String, limit: BitDepthLimit)] = []
  private var needsBaseInHistory = false
  private var staleParent: Int?

  /// Nothing.
  init() {}

  /// Looks closer at a unit where what was decoded gives a reason; most units give none.
  init(
    _ session: Session, stream: Int, unit: Int, _ tensors: [TensorObservation],
    _ failure: DecodeFailure?, shouldStop: @escaping @Sendable () -> Bool
  ) {
    guard session.dialect(stream) == .d2 else { return }
    guard failure == nil else {
      lookForParents(session, stream, unit, shouldStop)
      return
    }
    let suspects = tensors.filter { tensor in
      tensor.start.tensor.quantizer == .uniform && tensor.start.tensor.dqFlag && tensor.count > 0
        && BitDepthLimit.bits(least: tensor.least, greatest: tensor.greatest) != nil
    }
    if !suspects.isEmpty { lookForLimits(session, stream, unit, suspects, shouldStop) }
    guard tensors.contains(where: { $0.parting?.place != nil }),
      let decoding = session.decoding(stream: stream, unit: unit),
      let payload = try? session.streams[stream].source.read(decoding.unit.payload)
    else { return }
    places = PartingRules.places(tensors, decoding, payload)
  }

  private mutating func lookForParents(
    _ session: Session, _ stream: Int, _ unit: Int, _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    guard !session.predecessors(of: stream).isEmpty,
      let header = session.streams[stream].compressedDataUnit(unit),
      header.parent != nil
    else { return }
    staleParent = session.staleParentNeeded(stream: stream, unit: unit, shouldStop: shouldStop)
    guard staleParent == nil else { return }
    needsBaseInHistory =
      session.withBaseInHistory.decode(
        stream: stream, unit: unit, shouldStop: shouldStop, into: ExtremesSink(shouldStop)) == nil
  }

  /// The levels of a suspect are counted in a second pass.
  private mutating func lookForLimits(
    _ session: Session, _ stream: Int, _ unit: Int, _ suspects: [TensorObservation],
    _ shouldStop: @escaping @Sendable () -> Bool
  ) {
    var options = FiguresOptions()
    options.keptBytes = 64 << 20
    options.sketches = false
    let figures = UnitFigures(
      session, stream: stream, unit: unit, options: options, shouldStop: shouldStop)
    for suspect in suspects {
      guard
        let tensor = figures.tensors.first(where: {
          $0.start.tensor.place == suspect.start.tensor.place
        }), let grid = tensor.grid, grid.count == suspect.count,
        let bits = BitDepthLimit.bits(least: suspect.least, greatest: suspect.greatest),
        let limit = BitDepthLimit((0..<grid.count).compactMap { grid[$0] }, bits: bits)
      else { continue }
      limits.append((suspect.start.tensor.name, limit))
    }
  }

  /// Notes what was found.
  func note(
    _ unit: CheckedUnit, _ tensors: [TensorObservation], _ session: Session,
    _ list: inout BreachList
  ) {
    for tensor in tensors { PartingRules.note(tensor, unit, places, &list) }
    for (name, limit) in limits { PartingRules.note(limit, name, unit, &list) }
    if needsBaseInHistory {
      list.note(
        .r03, unit: unit.number, unit.payloadRange,
        "the payload decodes if the history counts the base model; --repair-chain decodes so")
    }
    if let staleParent {
      list.note(
        .r05, unit: unit.number, unit.range(of: .temporalContextModelingFlag),
        "the payload decodes with the integers of \(session.streams[staleParent].name), an older round than its parent's; --repair-chain decodes so"
      )
    }
  }
}
