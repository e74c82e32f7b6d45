import NNRModel
import NNRSyntax

/// What headers tell of a writer that loses flags: R04.
struct WriterRules: StreamRules {
  private var first: (unit: Int, depth: Int)?
  private var count = 0

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard let data = unit.data, let node = data.node, node.depth > 0,
      unit.parameters.context.profile == 1, !unit.parameters.context.parentSignallingEnabled
    else { return }
    if first == nil { first = (unit.number, node.depth) }
    count += 1
  }

  mutating func finish(_ stream: NNRStream, _ list: inout BreachList) {
    guard let first else { return }
    let unit = CheckedUnit(stream, first.unit)
    list.note(
      .r04, unit: first.unit, unit.range(of: .putNodeDepth),
      "put_node_depth is \(first.depth), and mps_parent_signalling_enabled_flag is 0: "
        + (first.depth == 1
          ? "the first round that a base store saw, or an update without its flags"
          : "an update without its flags")
        + (count > 1 ? " (\(count) units)" : ""))
  }
}
