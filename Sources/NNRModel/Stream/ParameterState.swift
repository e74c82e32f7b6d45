import NNRSyntax
import Ordering

/// What start unit, parameter sets and topology units set for the units that follow.
public struct ParameterState: Sendable {
  /// What the parser needs.
  public var context = UnitContext()
  /// The base quantization parameter; nil if no parameter set gives one.
  public var quantizationParameter: Int?
  /// The density of quantization parameters, 0…7; nil if no parameter set gives one.
  public var qpDensity: Int?
  /// Where density and base come from: the unit.
  public var quantizationUnit: Int?
  /// Whether a parameter set in force signals codebooks (NNR_QCB).
  public var signalsCodebook = false
  /// The names to which indices refer (NNR_TPL_REFLIST).
  public var referenceList: [[UInt8]] = []

  /// The types of the units taken over so far.
  private var taken: Set<UnitType> = []

  /// The state at the start of a stream.
  public init() {}

  /// Whether the integers of a payload are the same behind both: the base quantization parameter is no matter of them.
  public func readsPayloads(as other: ParameterState) -> Bool {
    context == other.context && qpDensity == other.qpDensity
  }

  /// Takes over what the unit `unit` sets.
  ///
  /// The first start unit and the first model parameter set are taken as they are, as nothing else says as much. Others may be
  /// data units whose type was damaged, and must not cost all units behind them: a second one of these, of which a bitstream
  /// has one, must be sound, any other must be read to its end.
  mutating func apply(_ tree: SyntaxTree, unit: Int) {
    guard let number = tree.number(of: .nnrUnitType), let type = UnitType(rawValue: number) else {
      return
    }
    switch type {
    case .start, .modelParameterSet:
      guard taken.insert(type).inserted || UnitJudge.isSound(tree) else { return }
    default: guard tree.isComplete else { return }
    }
    let wasSignalled = context.quantizationSignalled && quantizationUnit != nil
    context.update(from: tree.nodes)
    if let methods = tree.number(of: .mpsQuantizationMethodFlags)
      ?? tree.number(of: .lpsQuantizationMethodFlags)
    {
      let methods = QuantizationMethods(rawValue: methods)
      if methods.signalsMethod { signalsCodebook = methods.contains(.codebook) }
    }
    if let density = tree.number(of: .mpsQpDensity) ?? tree.number(of: .lpsQpDensity) {
      qpDensity = density
      quantizationUnit = unit
      quantizationParameter =
        tree.number(of: .mpsQuantizationParameter) ?? tree.number(of: .lpsQuantizationParameter)
    }
    // A layer parameter set without a method leaves the model's in force.
    if wasSignalled, type == .layerParameterSet {
      context.quantizationSignalled = true
    }
    if tree.number(of: .topologyStorageFormat) == TopologyFormat.referenceList.rawValue {
      referenceList = tree.texts(of: .topologyElemIdList)
    }
  }
}

/// The states between the parameter units of a stream, worked out as far as they were asked for.
struct ParameterStage: Sendable {
  private var states: [ParameterState]

  /// The states of a stream that starts with `first`.
  init(_ first: ParameterState) { states = [first] }

  /// The state in front of `unit`; `places` are those of the parameter units.
  mutating func state(
    before unit: Int, places: [Int], parse: (Int, ParameterState) -> SyntaxTree
  ) -> ParameterState {
    let count = Self.count(before: unit, places)
    while states.count <= count {
      var state = states[states.count - 1]
      let place = places[states.count - 1]
      state.apply(parse(place, state), unit: place)
      states.append(state)
    }
    return states[count]
  }

  /// Forgets what `unit` and those behind it set: they have become others.
  mutating func forget(behind unit: Int, places: [Int]) {
    states.removeSubrange(min(states.count, Self.count(before: unit, places) + 1)...)
  }

  /// The number of parameter units in front of `unit`.
  private static func count(before unit: Int, _ places: [Int]) -> Int {
    return places.prefixEnd { $0 < unit }
  }
}
