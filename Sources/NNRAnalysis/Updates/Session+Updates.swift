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
    let sink = UpdateSink(header, shouldStop)
    let failure = decode(
      stream: place.stream, unit: place.unit, shouldStop: shouldStop, into: sink)
    return header.codedTensors.map { tensor in
      let parent = parentPlace(of: tensor.name, header, place.stream)
      return ParameterUpdate(
        place: place, name: tensor.name, nameBytes: tensor.nameBytes, node: header.node,
        parent: header.parent, parentPlace: parent.place,
        problem: missing.map { ParameterUpdate.Problem(rule: .u02, message: $0) }
          ?? parent.problem,
        usesTemporalContexts: header.temporalContexts, figures: sink.complete[tensor.place],
        failure: failure, unitBytes: streams[place.stream].index.entries[place.unit].size)
    }
  }

  /// The unit that codes the parent of a tensor, and what is wrong where it is not among the streams (rules U01, U03, U06).
  private func parentPlace(of name: String, _ header: CompressedDataUnit, _ stream: Int) -> (
    place: ParameterUpdate.Place?, problem: ParameterUpdate.Problem?
  ) {
    guard let parent = header.parent else { return (nil, nil) }
    if parent == .unknown {
      return (nil, .init(rule: .u01, message: "the parent is named in an unknown way"))
    }
    guard let found = self.parent(of: name, header, before: stream) else {
      let isElsewhere = predecessors(of: stream).contains { directory($0).last(named: name) != nil }
      return (
        nil,
        .init(
          rule: nil,
          message: "no stream before this one codes \(name)"
            + (isElsewhere ? " on its device" : ""))
      )
    }
    switch found.mismatch {
    case nil: return (.init(stream: found.stream, unit: found.tensor.unit), nil)
    case .hash:
      return (nil, .init(rule: .u06, message: "no version before has the hash"))
    case .device, .parameter, .depth:
      let node = found.node.map {
        "device \($0.device), parameter \($0.parameter), depth \($0.depth)"
      }
      return (nil, .init(rule: .u03, message: "the version before is \(node ?? "no node")"))
    }
  }
}

/// Counts what a unit says of its tensors.
private final class UpdateSink: TensorSink {
  /// The figures of the tensors that were decoded to their end, by their place in the unit.
  private(set) var complete: [Int: ParameterUpdate.Figures] = [:]
  private var figures = ParameterUpdate.Figures()
  private var place = 0
  private var startBit = 0
  private let payloadBits: Int
  private let lastPlace: Int?
  private let shouldStop: @Sendable () -> Bool

  init(_ header: CompressedDataUnit, _ shouldStop: @escaping @Sendable () -> Bool) {
    payloadBits = header.payload.count * 8
    lastPlace = header.codedTensors.last?.place
    self.shouldStop = shouldStop
  }

  func begin(_ start: TensorStart) {
    place = start.tensor.place
    startBit = start.bit
    figures = ParameterUpdate.Figures()
    figures.rows = start.tensor.rows
    figures.skippedRows = start.rowMask.reduce(0) { $0 + Int($1) }
    figures.history = start.historyFlag
  }

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    figures.count += levels.count
    figures.zeros += levels.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
  }

  func end(_ end: TensorEnd) {
    // What ends the payload is charged to its last tensor.
    let endBit = place == lastPlace ? payloadBits - 8 * end.unusedBytes : end.bit
    figures.bits = max(0, endBit - startBit)
    complete[place] = figures
  }

  var wantsMore: Bool { !shouldStop() }
}
