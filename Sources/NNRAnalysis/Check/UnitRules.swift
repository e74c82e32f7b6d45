import NNRBits
import NNRModel
import NNRSyntax

/// Size, type and header of each unit: S06, S08, H01, A01.
struct UnitRules: StreamRules {
  /// The unit of a group of parts that was seen last.
  private struct Part {
    var unit: Int
    var type: UnitType
    var counter: Int
    var range: BitRange
  }

  private var last: Part?

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    lookAtParts(unit, &list)
    guard let type = unit.type, let tree = unit.tree else { return }
    if tree.number(of: .nnrUnitSizeFlag) == 1, let size = tree.number(of: .nnrUnitSize),
      size - 2 < 1 << 15, size >= 5
    {
      list.note(
        .s06, unit: unit.number, unit.range(of: .nnrUnitSizeFlag),
        "a size of \(size - 2) fits the short form")
    }
    if !type.isKnown {
      list.note(
        .s08, unit: unit.number, unit.range(of: .nnrUnitType),
        "nnr_unit_type is \(type.rawValue): \(type.name)",
        severity: type.rawValue < 32 ? .warning : .info)
    }
    if type == .aggregate || type == .quantization || type == .layerParameterSet {
      list.note(
        .a01, unit: unit.number, unit.range(of: .nnrUnitType),
        "NNCodec 2.1.3 cannot decode \(type.name)")
    }
  }

  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) { endGroup(&list) }

  /// Counters go down by one to 0 within units of one type that follow each other.
  private mutating func lookAtParts(_ unit: CheckedUnit, _ list: inout BreachList) {
    guard let type = unit.type, let tree = unit.tree,
      tree.number(of: .partialDataCounterPresentFlag) == 1,
      let counter = tree.number(of: .partialDataCounter)
    else { return endGroup(&list) }
    let range = unit.range(of: .partialDataCounter)
    if let before = last, before.type == type, before.counter > 0, before.counter - 1 != counter {
      list.note(
        .h01, unit: unit.number, range,
        "partial_data_counter is \(counter) behind \(before.counter); expected \(before.counter - 1)",
        severity: .error)
    } else {
      if last?.type != type { endGroup(&list) }
      list.note(
        .h01, unit: unit.number, range, "the unit is a part of several; \(counter) more to come")
    }
    last = Part(unit: unit.number, type: type, counter: counter, range: range)
  }

  private mutating func endGroup(_ list: inout BreachList) {
    defer { last = nil }
    // Only these units are known to come in parts; in others the counter says nothing.
    guard let part = last, part.counter > 0,
      [.topology, .quantization, .compressedData].contains(part.type)
    else { return }
    list.replace(
      .h01, unit: part.unit,
      with: Breach(
        unit: part.unit,
        Diagnostic(
          .h01, at: part.range, "\(part.counter) more parts are announced, but none follows",
          severity: .error)))
  }
}
