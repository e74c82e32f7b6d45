import NNRModel
import NNRSyntax

extension Session {
  /// Reads all data units of all streams, in order, and decodes them for their figures.
  ///
  /// `take` gets what each unit codes, and the share of the units that is done, 0 to 1.
  public func readUpdates(
    shouldStop: @escaping @Sendable () -> Bool, take: ([ParameterUpdate], Double) -> Void
  ) {
    let total = streams.reduce(0) { $0 + $1.unitCount }
    var done = 0
    for (stream, opened) in streams.enumerated() {
      for unit in 0..<opened.unitCount {
        if shouldStop() { return }
        done += 1
        guard opened.index.entries[unit].type == .compressedData else { continue }
        take(
          updates(ParameterUpdate.Place(stream: stream, unit: unit), shouldStop),
          Double(done) / Double(max(1, total)))
      }
    }
  }

  /// What a unit codes, one for each of its tensors.
  private func updates(
    _ place: ParameterUpdate.Place, _ shouldStop: @escaping @Sendable () -> Bool
  ) -> [ParameterUpdate] {
    guard let header = streams[place.stream].compressedDataUnit(place.unit) else { return [] }
    let missing = decoding(stream: place.stream, unit: place.unit)?.missingParent
    var options = FiguresOptions()
    options.weights = false
    options.sketches = false
    let found = UnitFigures(
      self, stream: place.stream, unit: place.unit, options: options, shouldStop: shouldStop)
    let tensors = header.codedTensors
    return tensors.map { tensor in
      let decoded = found.tensors.first { $0.start.tensor.place == tensor.place }
      let parent = parentPlace(of: tensor, header, place.stream)
      return ParameterUpdate(
        place: place, name: tensor.name, nameBytes: tensor.nameBytes, node: header.node,
        parent: header.parent, parentPlace: parent.place,
        problem: missing.map { ParameterUpdate.Problem(rule: .u02, message: $0) }
          ?? parent.problem,
        usesTemporalContexts: header.temporalContexts,
        figures: decoded.flatMap {
          ParameterUpdate.Figures(
            $0, isLast: tensor.place == tensors.last?.place, payloadBytes: header.payload.count)
        }, failure: found.failure, unitBytes: streams[place.stream].index.entries[place.unit].size)
    }
  }

  /// The unit that codes the parent of a tensor, and what is wrong where it is not among the streams (rules U01, U03, U06,
  /// U08, U10).
  private func parentPlace(of tensor: CodedTensor, _ header: CompressedDataUnit, _ stream: Int) -> (
    place: ParameterUpdate.Place?, problem: ParameterUpdate.Problem?
  ) {
    guard header.parent != nil else { return (nil, nil) }
    if let problem = parentProblem(of: tensor, header, before: stream) {
      return (nil, .init(rule: problem.rule, message: problem.message))
    }
    return (
      parent(of: tensor.name, header, before: stream).map {
        .init(stream: $0.stream, unit: $0.tensor.unit)
      }, nil
    )
  }
}

extension ParameterUpdate.Figures {
  /// The figures of a tensor that was decoded to its end; what ends the payload of `payloadBytes` is charged to its last one.
  fileprivate init?(_ tensor: TensorFigures, isLast: Bool, payloadBytes: Int) {
    guard let end = tensor.end else { return nil }
    let start = tensor.start
    let endBit = isLast ? (payloadBytes - end.unusedBytes) * 8 : end.bit
    bits = max(0, endBit - start.bit)
    let isRaw = start.tensor.quantizer == .raw
    count = isRaw ? tensor.values.count : tensor.levels.count
    zeros = isRaw ? tensor.values.zeros : tensor.levels.zeros
    rows = start.tensor.rows
    skippedRows = start.rowMask.reduce(0) { $0 + Int($1) }
    history = start.historyFlag
  }
}
