import NNRBits
import NNRModel
import NNRSyntax

/// Headers of data units by themselves: H02, L02, N08, N11, N12, N15, N17, N18, N20, N23, N25.
struct TensorRules: StreamRules {
  /// The most bytes that decoded tensors may take.
  let maxMemory: Int
  /// The weights of the units before one that their payloads do not pay for.
  let freeBefore: (Int) -> Int

  func look(at unit: CheckedUnit, _ list: inout BreachList) {
    guard let data = unit.data, let tree = unit.tree else { return }
    lookAtDimensions(unit, tree, data, &list)
    lookAtScan(unit, tree, data, &list)
    lookAtCodebooks(unit, data, &list)
    if data.temporalContexts, tree.number(of: .independentlyDecodableFlag) == 1 {
      list.note(
        .h02, unit: unit.number, unit.range(of: .independentlyDecodableFlag),
        "independently_decodable_flag is 1, and contexts look at the parent's integers")
    }
    if data.payloadType != .rawFloat, tree.node(of: .cabacUnaryLengthMinus1) == nil,
      tree.outOfBand?.unaryLength == nil
    {
      list.note(
        .n20, unit: unit.number, unit.range(of: .cabacUnaryLengthFlag),
        "cabac_unary_length_minus1 is absent")
    }
    if let format = tree.number(of: .decompressedDataFormat), format <= 9 {
      let isFloat = format == 1 || format >= 8
      if isFloat == (data.payloadType == .int) {
        let name = Element.decompressedDataFormat.allowed.name(of: format) ?? ""
        list.note(
          .n25, unit: unit.number, unit.range(of: .decompressedDataFormat),
          "\(name) for a payload of \(data.payloadType.name)")
      }
    }
  }

  private func lookAtDimensions(
    _ unit: CheckedUnit, _ tree: SyntaxTree, _ data: CompressedDataUnit,
    _ list: inout BreachList
  ) {
    guard let dimensions = data.dimensions else { return }
    let place = unit.range(of: .tensorDimensions)
    if let zero = dimensions.firstIndex(of: 0) {
      list.note(
        .n08, unit: unit.number, place, "dimension \(zero) is 0: the tensor is empty",
        severity: .info)
    } else {
      let refusals = data.codedTensors.lazy.compactMap(\.count).compactMap {
        UnitDecoder.refusal(
          of: $0, before: freeBefore(unit.number), payload: data.payload.count,
          maxMemory: maxMemory)
      }
      if let refusal = refusals.first {
        list.note(refusal.rule, unit: unit.number, place, refusal.message)
      }
    }
    if let rank = data.decompositionRank, data.isDecomposed, let columns = data.hDimensions?.last,
      let rows = data.gRows, rank > min(rows, columns), !list.has(.n11, unit: unit.number)
    {
      list.note(
        .n11, unit: unit.number, unit.range(of: .decompositionRank),
        "decomposition_rank is \(rank), more than G's rows (\(rows)) or H's columns (\(columns))",
        severity: .warning)
    }
    if dimensions.count < 2, data.payloadType == .block,
      data.hasLocalScaling || data.hasBatchNorm || data.hasBias
    {
      list.note(
        .n12, unit: unit.number, unit.range(of: .countTensorDimensions),
        "the weight has \(dimensions.count) dimension\(dimensions.count == 1 ? "" : "s")")
    }
    let shift = data.firstDimensionShift
    if shift > 0, shift < dimensions.count {
      list.note(
        .n18, unit: unit.number, unit.range(of: .firstTensorDimensionShift),
        "first_tensor_dimension_shift is \(shift)", severity: .warning)
    }
  }

  private func lookAtScan(
    _ unit: CheckedUnit, _ tree: SyntaxTree, _ data: CompressedDataUnit,
    _ list: inout BreachList
  ) {
    guard data.scanOrder > 0 else { return }
    var listed = 0
    for tensor in data.codedTensors {
      defer { listed += tensor.entryPoints.count }
      guard tensor.scanOrder > 0, let dimensions = tensor.dimensions, dimensions.count > 1,
        !dimensions.contains(0)
      else { continue }
      if tensor.effectiveScanOrder == 0 {
        list.note(
          .n15, unit: unit.number, unit.range(of: .scanOrder),
          "scan_order is \(tensor.scanOrder), and the tensor has one row or one column")
      } else if let (place, message) = Self.wrongEntryPoint(tensor, bits: data.payload.count * 8) {
        let nodes = tree.nodes.filter { $0.isOne(of: .cabacEntryPointList) }
        let index = listed + place
        list.note(
          .n17, unit: unit.number,
          nodes.indices.contains(index) ? nodes[index].range : unit.range(of: .scanOrder), message)
        return
      }
    }
  }

  /// The first entry point that cannot be one.
  private static func wrongEntryPoint(_ tensor: CodedTensor, bits: Int) -> (Int, String)? {
    var position = 0
    for (place, entry) in tensor.entryPoints.enumerated() {
      if entry.distance <= 0 {
        return (place, "entry point \(place) has the distance \(entry.distance)")
      }
      position = position.saturatingAdd(entry.distance)
      if position > bits {
        return (place, "entry point \(place) lies at bit \(position) of a payload of \(bits) bits")
      }
    }
    return nil
  }

  private func lookAtCodebooks(
    _ unit: CheckedUnit, _ data: CompressedDataUnit, _ list: inout BreachList
  ) {
    for (codebook, elements) in [
      (data.codebook, CodebookElements.weight), (data.codebookForH, CodebookElements.h),
    ] where codebook?.values.count == 1 && unit.parameters.context.profile == 1 {
      list.note(
        .n23, unit: unit.number, unit.range(of: elements.size), "\(elements.size.name) is 1")
    }
  }
}
