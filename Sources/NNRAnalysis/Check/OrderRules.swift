import NNRBits
import NNRModel
import NNRSyntax

/// Units and their order: S01 to S04 and S11.
struct OrderRules: StreamRules {
  private var starts = 0
  private var parameterSets = 0
  private var units = 0
  private var dataUnits = 0
  private var saysNoParameters = false
  private var allowsParents = false
  private var parameterUnit: (number: Int, range: BitRange)?

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard let type = unit.type else { return }
    units += 1
    let place = unit.range(of: .nnrUnitType)
    if units == 1, type != .start {
      list.note(
        .s01, unit: unit.number, place,
        "the first unit is \(type.name), not NNR_STR\(Self.guess(unit.stream))")
    }
    switch type {
    case .start:
      starts += 1
      if starts > 1 {
        list.note(.s02, unit: unit.number, place, "this is NNR_STR number \(starts)")
      }
    case .modelParameterSet:
      parameterSets += 1
      if parameterSets > 1 {
        list.note(.s04, unit: unit.number, place, "this is NNR_MPS number \(parameterSets)")
      }
      parameterUnit = parameterUnit ?? (unit.number, place)
      allowsParents = unit.tree?.number(of: .mpsParentSignallingEnabledFlag) == 1
    case .layerParameterSet, .topology, .compressedData:
      guard parameterSets == 0, !saysNoParameters else { break }
      saysNoParameters = true
      list.note(.s03, unit: unit.number, place, "\(type.name) comes before any NNR_MPS")
    default: break
    }
    let holdsData = type == .aggregate && unit.tree?.node(of: .payloadType) != nil
    if type == .compressedData || holdsData { dataUnits += 1 }
  }

  /// What a stream that does not say its profile is read by, to end a sentence with.
  static func guess(_ stream: NNRStream) -> String {
    stream.assumedProfile.map { "; profile \($0) is assumed, as units fit it" } ?? ""
  }

  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) {
    let start = BitRange(start: 0, length: 0)
    if units == 0, stream.unitCount == 0 {
      list.note(.s01, unit: 0, start, "the file is empty")
    }
    guard units > 0, dataUnits == 0 else { return }
    list.note(
      .s11, unit: parameterUnit?.number ?? 0, parameterUnit?.range ?? start,
      allowsParents
        ? "no NNR_NDU: an update of zeros" : "no NNR_NDU: the stream holds no parameter",
      severity: allowsParents ? .info : .warning)
  }
}
