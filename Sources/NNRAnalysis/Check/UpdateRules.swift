import NNRBits
import NNRModel
import NNRSyntax

/// Updates and the streams they build on: U02, U03, U05, U06, U08, U09, U10.
struct UpdateRules: StreamRules {
  /// The streams.
  let session: Session
  /// The number of the stream in it.
  let stream: Int
  private var hasParent: Bool?
  private var saysMixed = false
  private var names: Set<String> = []
  /// The first parameter whose parent no stream before codes, with the number of all such.
  private var orphan: (name: String, unit: Int, range: BitRange, count: Int)?
  private var parameterUnit: (number: Int, range: BitRange)?

  /// The rules for a stream of a session.
  init(_ session: Session, stream: Int) {
    self.session = session
    self.stream = stream
  }

  mutating func look(at unit: CheckedUnit, _ list: inout BreachList) {
    if unit.type == .modelParameterSet, parameterUnit == nil,
      unit.tree?.number(of: .mpsParentSignallingEnabledFlag) == 1
    {
      parameterUnit = (unit.number, unit.range(of: .mpsParentSignallingEnabledFlag))
    }
    guard let data = unit.data else { return }
    names.formUnion(data.nameTexts)
    guard unit.parameters.context.parentSignallingEnabled else { return }
    lookForMixture(unit, data, &list)
    guard let parent = data.parent, parent != .unknown else { return }
    for tensor in data.codedTensors {
      if lookAtParent(of: tensor, unit, data, parent, &list) { break }
    }
    // Contexts that need the parent say more (U02).
    guard !data.temporalContexts else { return }
    for tensor in data.codedTensors {
      guard session.parentProblem(of: tensor, data, before: stream)?.rule == .u10 else { continue }
      let range = unit.range(of: .parentNodeIdPresentFlag)
      orphan = orphan ?? (tensor.name, unit.number, range, 0)
      orphan?.count += 1
    }
  }

  mutating func finish(_ checked: NNRStream, _ list: inout BreachList) {
    if let orphan {
      let others = orphan.count > 1 ? " and of \(orphan.count - 1) others" : ""
      list.note(
        .u10, unit: orphan.unit, orphan.range,
        "no stream before this one codes the parent of \(orphan.name)\(others)")
    }
    guard let parameterUnit, hasParent != false, !session.predecessors(of: stream).isEmpty else {
      return
    }
    var missing: [String] = []
    for earlier in session.predecessors(of: stream) {
      for tensor in session.directory(earlier).tensors where !names.contains(tensor.name) {
        names.insert(tensor.name)
        missing.append(tensor.name)
      }
    }
    guard let first = missing.first else { return }
    let others = missing.count - 1
    list.note(
      .u09, unit: parameterUnit.number, parameterUnit.range,
      "no unit codes \(first)" + (others > 0 ? " and \(others) other parameters" : "")
        + ": the update is zero there")
  }

  private mutating func lookForMixture(
    _ unit: CheckedUnit, _ data: CompressedDataUnit, _ list: inout BreachList
  ) {
    let names = data.parent != nil
    guard let before = hasParent else { return hasParent = names }
    guard before != names, !saysMixed else { return }
    saysMixed = true
    list.note(
      .u05, unit: unit.number, unit.range(of: .parentNodeIdPresentFlag),
      "parent_node_id_present_flag is \(names ? 1 : 0), in the units before it is \(before ? 1 : 0)"
    )
  }

  /// Whether something is wrong with the parent of `tensor`.
  private func lookAtParent(
    of tensor: CodedTensor, _ unit: CheckedUnit, _ data: CompressedDataUnit,
    _ parent: UpdateParent, _ list: inout BreachList
  ) -> Bool {
    guard let found = session.parent(of: tensor.name, data, before: stream) else {
      if data.temporalContexts {
        list.note(
          .u02, unit: unit.number, unit.range(of: .temporalContextModelingFlag),
          "no stream before this one codes \(tensor.name)")
        return true
      }
      return lookForHash(parent, nil, unit, &list)
    }
    if found.mismatch == nil, let dimensions = tensor.dimensions,
      let others = found.tensor.dimensions,
      dimensions != others
    {
      list.note(
        .u08, unit: unit.number, unit.range(of: .tensorDimensions),
        "\(tensor.name) is \(Self.shape(dimensions)), its parent is \(Self.shape(others))")
      return true
    }
    return lookForHash(parent, found, unit, &list) || compareNodes(found, unit, &list)
  }

  private func lookForHash(
    _ parent: UpdateParent, _ found: ParentChoice?, _ unit: CheckedUnit, _ list: inout BreachList
  ) -> Bool {
    let element: Element
    switch parent {
    case .sha256: element = .parentNodePayloadSha256
    case .sha512: element = .parentNodePayloadSha512
    default: return false
    }
    if let found, found.mismatch != .hash { return false }
    list.note(
      .u06, unit: unit.number, unit.range(of: element),
      found == nil
        ? "no stream before this one codes the parameter"
        : "neither payload nor unit of a version before have this hash")
    return true
  }

  private func compareNodes(_ found: ParentChoice, _ unit: CheckedUnit, _ list: inout BreachList)
    -> Bool
  {
    let wrong: (Element, String)? =
      switch found.mismatch {
      case .device(let named, let other):
        (.parentDeviceId, "the parent is of device \(named), the version before of \(other)")
      case .parameter(let named, let other):
        (.parameterId, "parameter_id is \(named), the version before has \(other)")
      case .depth(let named, let other):
        (
          .putNodeDepth,
          "put_node_depth is \(named + 1), expected \(other.saturatingAdd(1))"
        )
      case .hash, nil: nil
      }
    guard let (element, message) = wrong else { return false }
    list.note(.u03, unit: unit.number, unit.range(of: element), message)
    return true
  }

  private static func shape(_ dimensions: [Int]) -> String {
    dimensions.map { "\($0)" }.joined(separator: "×")
  }
}
