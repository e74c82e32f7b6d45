import Locking
import NNRAnalysis
import NNRModel
import NNRSyntax
import WeightFiles

/// A run that is being decoded, unit by unit, by whichever threads have time for it.
final class RunDecoding: Sendable {
  private struct State: Sendable {
    var next = 0
    var done = 0
    var ledger: BitLedger
    /// What of a tensor the ledger does not know, by its place.
    var zeros: [Int: Int] = [:]
    var qp: [Int: Int] = [:]
    var errors: [String: ErrorSums] = [:]
    var refused: [Int: [AgainstReport.Refused]] = [:]
    var missing: [Int: [String]] = [:]
    var failures: [Int: DecodeFailure] = [:]
  }

  private let session: Session
  private let stream: Int
  private let original: Original?
  private let uncompared: String?
  /// The units, the largest first, so that no thread is left with one at the end.
  private let units: [Int]
  private let state: Locked<State>

  /// The run that a stream of a session is; nothing is decoded yet.
  ///
  /// `references` are the tensors that its weights are compared with, `mapping` their names unless they follow from a rule.
  init(
    _ session: Session, stream: Int, against references: WeightFile?, mapping: NameMapping?
  ) {
    self.session = session
    self.stream = stream
    let ledger = BitLedger(session, stream: stream)
    let sizes = ledger.units.map(\.size)
    units = session.directory(stream).byUnit.keys
      .sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let differences = references == nil ? nil : ChainText.differences(session, stream: stream)
    uncompared = differences.map {
      "\($0); tensors --against adds a chain up and compares the sum"
    }
    original =
      differences != nil
      ? nil
      : references.map { references in
        Original(
          references,
          mapping: mapping ?? .proposed(for: session.wanted([stream]), in: references))
      }
    state = Locked(State(ledger: ledger))
  }

  /// The next unit to decode; nil if all are taken.
  func take() -> Int? {
    state.withLock { state in
      guard units.indices.contains(state.next) else { return nil }
      defer { state.next += 1 }
      return units[state.next]
    }
  }

  /// Whether nothing is to be decoded.
  var isEmpty: Bool { units.isEmpty }

  /// Decodes a unit; true if it was the last one that was missing.
  func decode(_ unit: Int, shouldStop: @escaping @Sendable () -> Bool) -> Bool {
    var options = FiguresOptions()
    options.accounting = true
    options.sketches = false
    var found: [(name: String, outcome: Original.Outcome)] = []
    var reason: DecodeFailure?
    let figures: UnitFigures
    if let original {
      figures = UnitFigures(
        session, stream: stream, unit: unit, options: options, shouldStop: shouldStop
      ) { parameter in
        found.append((parameter.name, compare(parameter, with: original)))
      } withoutParameters: {
        reason = $0
      }
    } else {
      figures = UnitFigures(
        session, stream: stream, unit: unit, options: options, shouldStop: shouldStop)
    }
    let outcomes = found
    let refusal = reason
    return state.withLock { state in
      add(figures, to: &state)
      add(outcomes, refusal, of: unit, to: &state)
      state.done += 1
      return state.done == units.count
    }
  }

  private func compare(_ parameter: ModelParameter, with original: Original) -> Original.Outcome {
    var name = original.mapping.name(of: parameter.name)
    // The one tensor of an npy file needs no name where the stream has one only.
    if original.references.isSingle, session.directory(stream).tensors.count == 1 {
      name = original.references.names.first ?? name
    }
    return original.compare(parameter, as: name, worst: 1, bins: 0)
  }

  private func add(_ figures: UnitFigures, to state: inout State) {
    state.ledger.add(figures)
    if let failure = figures.failure { state.failures[figures.unit] = failure }
    let range = session.directory(stream).byUnit[figures.unit] ?? 0..<0
    for (place, tensor) in zip(range, figures.tensors) {
      state.qp[place] = tensor.start.dequantizer.qp
      if tensor.end != nil { state.zeros[place] = tensor.values.zeros }
    }
  }

  private func add(
    _ outcomes: [(name: String, outcome: Original.Outcome)], _ refusal: DecodeFailure?,
    of unit: Int, to state: inout State
  ) {
    for (name, outcome) in outcomes {
      switch outcome {
      case .missing: state.missing[unit, default: []].append(name)
      case .refused(let why):
        state.refused[unit, default: []].append(.init(name: name, reason: why))
      case .compared(let comparison):
        // Of several tensors of a name the first counts.
        if state.errors[name] == nil { state.errors[name] = ErrorSums(comparison) }
      }
    }
    guard let refusal else { return }
    state.refused[unit] = session.refused(stream, unit, refusal, isSum: false)
  }

  /// The figures of what was decoded.
  var figures: RunFigures {
    state.withLock { state in
      var turns: [String: Int] = [:]
      let tensors = state.ledger.tensors.enumerated().map { place, cost in
        let turn = turns[cost.name, default: 0]
        turns[cost.name] = turn + 1
        return RunTensor(
          name: cost.name, turn: turn, shape: cost.tensor.dimensions, role: cost.tensor.role,
          cell: RunCell(
            bits: cost.bits, weights: cost.weights ?? 0, zeros: state.zeros[place],
            qp: state.qp[place], costs: cost.costs,
            errors: state.errors[cost.tensor.parameterName]))
      }
      var found = RunFigures(
        file: state.ledger.file, size: state.ledger.size, tensors: tensors,
        costs: state.ledger.totals,
        failures: state.failures.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      func inOrder<Value>(_ lists: [Int: [Value]]) -> [Value] {
        lists.sorted { $0.key < $1.key }.flatMap(\.value)
      }
      found.refused = inOrder(state.refused)
      found.missing = inOrder(state.missing)
      found.uncompared = uncompared
      found.readFault = session.streams.lazy.compactMap(\.readFault).first.map { "\($0)" }
      found.rule = original?.mapping.rule
      // In the order of names: sums of floats depend on the order.
      for name in state.errors.keys.sorted() {
        guard let errors = state.errors[name] else { continue }
        var sum = found.errors ?? ErrorSums()
        sum.add(errors)
        found.errors = sum
      }
      return found
    }
  }
}
