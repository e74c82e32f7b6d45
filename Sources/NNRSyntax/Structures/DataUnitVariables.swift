// What the conditions of NNR_NDU work out: format reference 2.12, 3.1, 3.5 and 3.6.

extension Variable {
  /// mps_parent_signalling_enabled_flag of the parameter set in force.
  static let parentSignallingEnabled = Variable(
    name: "mps_parent_signalling_enabled_flag",
    meaning: "whether the model parameter set allows parents"
  ) { $0.context.parentSignallingEnabled ? 1 : 0 }

  /// Whether qp_density is known.
  static let quantizationSignalled = Variable(
    name: "quantizationSignalled",
    meaning: "whether a parameter set signals a quantization method"
  ) { $0.context.quantizationSignalled ? 1 : 0 }

  /// The number of dimensions.
  static let rank = Variable(
    name: "rank", meaning: "count_tensor_dimensions, or the number of out-of-band dimensions"
  ) { scope in
    scope.value(of: .countTensorDimensions) ?? scope.context.outOfBand?.dimensions.count
      ?? scope.reading.assumedRank
  }

  /// The number of weights.
  static let elementCount = Variable(
    name: "elementCount", meaning: "the product of the dimensions"
  ) { scope in knownDimensions(scope)?.reduce(1) { $0.saturatingMultiply($1) } ?? 0 }

  /// The number of entry points.
  static let entryPointCount = Variable(
    name: "entryPoints",
    meaning: "the number of block rows less 1: ceil(rows / (4 << scan_order)) - 1"
  ) { scope in
    let order = scope.value(of: .scanOrder) ?? 0
    guard order > 0, let dimensions = knownDimensions(scope), let first = dimensions.first else {
      return 0
    }
    let edge = 4 << min(order, 15)
    func points(_ rows: Int) -> Int { max(0, (max(rows, 0) - 1) / edge) }
    guard parameterTypes(scope).contains(.decomposed) else { return points(first) }
    let (g, h) = (
      scope.value(of: .gNumberOfRows) ?? 0, scope.value(of: .decompositionRank) ?? 0
    )
    if scope.value(of: .payloadType) == PayloadType.block.rawValue {
      return points(g).saturatingAdd(points(h))
    }
    return switch scope.text(of: .topologyElemId).flatMap(Factor.init(endOf:)) {
    case .g: points(g)
    case .h: points(h)
    case nil: points(first)
    }
  }

  /// An entry point in one number.
  static let packedEntryPoint = Variable(
    name: "packedEntryPoint",
    meaning: "distance << 11 | offset register << 3 | trellis state"
  ) { scope in
    ((scope.value(of: .cabacEntryPointDistance) ?? 0).saturatingMultiply(1 << 11))
      .saturatingAdd((scope.value(of: .cabacEntryPointValue) ?? 0) << 3)
      .saturatingAdd(scope.value(of: .cabacEntryPointState) ?? 0)
  }

  /// The counter of entry points.
  static let entryPointIndex = Variable(name: "j", meaning: "loop counter") {
    $0.count(of: .cabacEntryPointDistance)
  }

  /// Whether a block names as many tensors as it holds.
  static let blockNames = Variable(
    name: "blockMembers", meaning: "1 + DC + LS + 4 × BN + BI: how many names a block needs"
  ) { parameterTypes($0).tensorCount }

  /// Dimensions that are missing.
  static let dimensionsKnown = Variable(
    name: "dimensionsKnown", meaning: "whether the unit or the base model gives the dimensions"
  ) { scope in
    // A count of 0 gives none, and is reported by itself.
    knownDimensions(scope) == nil && scope.count(of: .countTensorDimensions) == 0 ? 0 : 1
  }

  /// The remainder of the weights over the rows of G.
  static let gRemainder = Variable(
    name: "elementCount % g_number_of_rows", meaning: "what G's rows leave of the weights"
  ) { scope in
    let rows = scope.value(of: .gNumberOfRows) ?? 0
    guard rows > 0, let dimensions = knownDimensions(scope) else { return 0 }
    return dimensions.reduce(1) { $0.saturatingMultiply($1) } % rows
  }
}

/// What the unit's parameters are.
private func parameterTypes(_ scope: any SyntaxScope) -> ParameterTypes {
  ParameterTypes(rawValue: scope.value(of: .compressedParameterTypes) ?? 0)
}

/// The dimensions in the unit, or from outside; nil if neither gives them.
private func knownDimensions(_ scope: any SyntaxScope) -> [Int]? {
  let coded = scope.values(of: .tensorDimensions)
  return coded.isEmpty ? scope.context.outOfBand?.dimensions : coded
}
