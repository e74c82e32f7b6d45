import NNRModel
import NNRSyntax
import PlainText
import TerminalScreen

/// What the headers tell of a tensor.
struct HeaderFacts {
  /// Short facts in reading order.
  var facts: [TensorView.Figure] = []

  /// The facts of a data unit, with the parameter sets in front of it.
  init(_ unit: CompressedDataUnit, _ parameters: ParameterState) {
    func add(_ label: String, _ value: String) { facts.append(.init(label, value)) }
    let dimensions = unit.dimensions
    let shape = dimensions.map { $0.map { "\($0)" }.joined(separator: "×") } ?? "not known"
    add("shape", shape + (unit.dimensionsAreCoded || dimensions == nil ? "" : " (out of band)"))
    if let dimensions {
      let weights = dimensions.reduce(1) { $0.saturatingMultiply(max(0, $1)) }
      add("weights", NumberText.grouped(weights))
      add("payload", "\(NumberText.grouped(unit.payload.count)) B")
      if weights > 0 {
        add("bit/weight", NumberText.fixed(Double(unit.payload.count) * 8 / Double(weights), 3))
      }
    } else {
      add("payload", "\(NumberText.grouped(unit.payload.count)) B")
    }
    add("type", unit.payloadType.name)
    add("quantizer", Self.quantizer(unit))
    if unit.payloadType == .float || unit.payloadType == .block {
      if let base = parameters.quantizationParameter { add("QP base", "\(base)") }
      if let density = parameters.qpDensity { add("qp_density", "\(density)") }
    }
    if unit.payloadType != .rawFloat {
      add(
        "scan", Element.scanOrder.allowed.name(of: unit.scanOrder) ?? "\(unit.scanOrder)")
      add("unary length", "\(unit.unaryLength)")
    }
    if !unit.entryPoints.isEmpty { add("entry points", "\(unit.entryPoints.count)") }
    if !unit.parameterTypes.isEmpty {
      add(
        "block",
        Element.compressedParameterTypes.allowed.name(of: unit.parameterTypes.rawValue) ?? "")
    }
    if let rank = unit.decompositionRank { add("rank", "\(rank)") }
    if unit.temporalContexts { add("contexts", "temporal") }
    if let node = unit.node {
      add("node", "device \(node.device) parameter \(node.parameter) depth \(node.depth)")
    }
    if unit.isPartial { add("part", "of several units") }
    if unit.isSplit { add("split", "over \(unit.names.count) names") }
    if unit.firstDimensionShift > 0 { add("first dimension to", "\(unit.firstDimensionShift)") }
  }

  private static func quantizer(_ unit: CompressedDataUnit) -> String {
    if unit.payloadType == .rawFloat { return "none" }
    if let codebook = unit.codebook {
      return "codebook of \(NumberText.grouped(codebook.values.count))"
    }
    return unit.dqFlag ? "dependent (dq)" : unit.payloadType == .int ? "none" : "uniform"
  }
}
