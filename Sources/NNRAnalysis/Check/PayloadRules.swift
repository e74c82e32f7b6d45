import NNRBits
import NNRModel
import NNRSyntax

/// What is said of a payload that was decoded: H02, N16, N24, N27, P01 to P10, P12, P13, U07.
enum PayloadRules {
  /// Notes what a unit's payload breaks.
  static func note(
    _ unit: CheckedUnit, _ tensors: [TensorObservation], _ failure: DecodeFailure?,
    dialect: Dialect, otherDialect: Dialect?, _ list: inout BreachList
  ) {
    if let failure { note(failure, unit, otherDialect: otherDialect, &list) }
    for tensor in tensors {
      noteParameters(tensor, unit, &list)
      if failure == nil { noteLevels(tensor, unit, dialect, &list) }
    }
  }

  private static func note(
    _ failure: DecodeFailure, _ unit: CheckedUnit, otherDialect: Dialect?,
    _ list: inout BreachList
  ) {
    if let otherDialect {
      return list.note(
        .s13, unit: unit.number, unit.payloadRange,
        "the payload ends well as \(otherDialect.rawValue) only, unlike the units that told the dialect (\(failure.message))"
      )
    }
    // What the header tells already needs not be said again.
    guard !list.has(failure.rule, unit: unit.number), !isKnown(failure.rule, unit, list) else {
      return
    }
    list.note(failure.rule, unit: unit.number, unit.payloadRange, failure.message)
  }

  /// Whether the reason for a failure was reported under another rule.
  private static func isKnown(_ rule: Rule, _ unit: CheckedUnit, _ list: BreachList) -> Bool {
    let causes: [Rule] =
      switch rule {
      case .u02: [.u03, .u06, .u08]
      case .u07, .u08: [.u02, .u03, .u06, .u08]
      case .n08: [.n14, .n09]
      case .n10: [.n09]
      case .s10: [.n01, .n09, .n10, .n14, .n21, .l04]
      default: []
      }
    return causes.contains { list.has($0, unit: unit.number) }
  }

  private static func noteParameters(
    _ tensor: TensorObservation, _ unit: CheckedUnit, _ list: inout BreachList
  ) {
    let start = tensor.start
    if start.historyFlag == true, unit.tree?.number(of: .independentlyDecodableFlag) == 1,
      !list.has(.h02, unit: unit.number)
    {
      list.note(
        .h02, unit: unit.number, unit.range(of: .independentlyDecodableFlag),
        "independently_decodable_flag is 1, and significance depends on a history")
    }
    let density = start.dequantizer.density ?? 0
    if let qp = start.dequantizer.qp {
      let delta = qp - (unit.parameters.quantizationParameter ?? 0)
      let limit = 1 << (5 + min(max(density, 0), 7))
      if delta == -limit || delta == limit - 1 {
        list.note(
          .p07, unit: unit.number, unit.payloadRange,
          "qp_delta of \(start.tensor.name) is \(delta); the range is -\(limit) to \(limit - 1)")
      }
    }
    if !start.rowMask.isEmpty, start.rowMask.allSatisfy({ $0 != 0 }) {
      list.note(
        .p08, unit: unit.number, unit.payloadRange,
        "all \(start.rowMask.count) rows of \(start.tensor.name) are skipped")
    }
  }

  private static func noteLevels(
    _ tensor: TensorObservation, _ unit: CheckedUnit, _ dialect: Dialect, _ list: inout BreachList
  ) {
    let name = tensor.start.tensor.name
    let width = TensorFigures.width(tensor.start.tensor)
    if tensor.entryPointsAgree == false, tensor.start.tensor.effectiveScanOrder > 0,
      !list.has(.n17, unit: unit.number)
    {
      let coded = tensor.start.tensor
      let quirk = unit.data.flatMap { EntryPointQuirk(coded, of: $0, dialect: dialect) }
      list.note(
        .n16, unit: unit.number, unit.range(of: .cabacEntryPointList),
        "the entry points of \(name) are not where the block rows start"
          + (quirk.map { ": \($0.reason)" } ?? ""))
    }
    if tensor.nonFinite > 0 {
      list.note(
        .n27, unit: unit.number, unit.payloadRange,
        "\(tensor.nonFinite) weights of \(name) are not finite, the first at row \((tensor.firstNonFinite ?? 0) / width), column \((tensor.firstNonFinite ?? 0) % width)"
      )
    }
    noteValues(tensor, unit, &list)
    PriceRules.note(tensor, unit, &list)
    let wasted = StartStateRule.wasted(tensor)
    if let first = wasted.first {
      list.note(
        .p10, unit: unit.number, unit.payloadRange,
        "\(wasted.count) start state\(wasted.count == 1 ? "" : "s") of \(name) for contexts that are never used, such as \(first)"
      )
    }
  }

  private static func noteValues(
    _ tensor: TensorObservation, _ unit: CheckedUnit, _ list: inout BreachList
  ) {
    let start = tensor.start
    let name = start.tensor.name
    guard start.tensor.quantizer != .raw, tensor.count > 0 else { return }
    if let allowed = start.dequantizer.codebookLevels {
      let found = Int(tensor.least)...Int(tensor.greatest)
      if found.lowerBound < allowed.lowerBound || found.upperBound > allowed.upperBound {
        return list.note(
          .p06, unit: unit.number, unit.payloadRange,
          "levels of \(name) are \(found.lowerBound) to \(found.upperBound), the codebook has entries for \(allowed.lowerBound) to \(allowed.upperBound)"
        )
      }
      let unused = tensor.used.count { !$0 }
      if tensor.used.count > 1, unused > 0 {
        list.note(
          .n24, unit: unit.number,
          unit.range(
            of: start.tensor.role == .h ? CodebookElements.h.size : CodebookElements.weight.size),
          "\(unused) of \(tensor.used.count) codebook entries of \(name) are never used")
      }
    }
    guard start.tensor.quantizer != .skip else { return }
    let ends = [tensor.least, tensor.greatest].map { start.dequantizer.value($0) }
    if !ends.allSatisfy({ $0.map { Float($0).isFinite } ?? true }) {
      list.note(
        .p09, unit: unit.number, unit.payloadRange,
        "step size \(start.dequantizer.stepSize ?? 1) makes weights of \(name) that are not finite")
    }
  }
}
