import NNRSyntax

/// Random coded values that keep a unit valid and small.
enum RandomElements {
  /// A value for `element` where a plan gives none; nil for its default.
  static func value(
    of element: Element, _ descriptor: Descriptor, in scope: UnitWriter,
    _ random: inout SeededGenerator
  ) -> UnitPlan.Coded? {
    if let number = bounded(element, scope, &random) { return .number(number) }
    if element.allowed.isReserved || element === Element.nnrUnitSizeFlag { return nil }
    switch descriptor {
    case .u(let count) where count > 64: return .bytes(random.bytes(count / 8))
    case .u(1): return .number(random.pick(0...1))
    case .u(let count):
      return .number(random.pick(0...(1 << min(count, 62) - 1)))
    case .i(let count):
      return .number(random.pick(-(1 << (count - 1))...(1 << (count - 1) - 1)))
    case .ue: return .number(magnitude(&random))
    case .ie: return .number(magnitude(&random) * (random.once(in: 2) ? -1 : 1))
    case .flt32: return .number(float(&random))
    case .st: return .bytes(name(&random))
    case .bs, .ae: return .bytes(random.bytes(random.pick(0...12)))
    case .bits(let count): return .bytes(random.bytes(max(0, count.evaluate(in: scope) + 7) / 8))
    case .flt32Tensor(let count):
      return .bytes(random.bytes(min(count.evaluate(in: scope), scope.plan.loopLimit) * 4))
    case .alignment, .f, .zeros, .extensionData: return nil
    case .uv(let count): return .bytes(random.bytes(max(0, count.evaluate(in: scope) + 7) / 8))
    case .payloadBytes: return .bytes(random.bytes(random.pick(0...12)))
    }
  }

  /// Counts and enumerations, whose size decides about what follows.
  private static func bounded(
    _ element: Element, _ scope: UnitWriter, _ random: inout SeededGenerator
  ) -> Int? {
    switch element {
    case .partialDataCounterPresentFlag: random.once(in: 10) ? 1 : 0
    case .generalProfileIdc: random.once(in: 20) ? random.pick(2...255) : random.pick(0...1)
    case .spmCountThresholds, .ppmCountPruningRatios, .upmCountThresholds, .dpmCountThresholds:
      random.pick(1...3)
    case .spmCountClasses, .ppmCountClasses, .upmCountClasses, .dpmCountClasses,
      .upmClassBitmask:
      random.pick(0...4)
    case .countReshapedTensorDimension, .countSuperBlockDimension, .countBlockDimension:
      random.pick(0...4)
    case .topologyStorageFormat:
      random.once(in: 3) ? 5 : random.once(in: 12) ? random.pick(7...255) : random.pick(0...6)
    case .topologyCompressionFormat: random.pick(0...1)
    case .countTopologyElementsMinus2: random.pick(0...3)
    case .nnrRepType: random.once(in: 10) ? random.pick(2...3) : random.pick(0...1)
    case .countBits: random.pick(0...100)
    // A name behind the dimensions of another would not be byte aligned.
    case .countIds: scope.context.topologyIndexedReference ? random.pick(0...3) : random.pick(0...1)
    case .countDims: random.pick(0...3)
    case .numOfNnrUnitsMinus2: max(0, scope.plan.contained.count - 2)
    case .payloadType: random.once(in: 30) ? random.pick(4...31) : random.pick(0...3)
    case .multipleTopologyElementsPresentFlag:
      scope.value(of: .payloadType) == 3 || random.once(in: 10) ? 1 : 0
    case .numberOfShifts: random.pick(0...2)
    case .decompositionRank, .gNumberOfRows: random.pick(1...100)
    case .countTensorDimensions: random.once(in: 30) ? 0 : random.pick(1...4)
    case .tensorDimensions: random.once(in: 20) ? magnitude(&random) : random.pick(1...60)
    case .scanOrder: scanOrder(scope, &random)
    default: codebook(element, scope, &random)
    }
  }

  private static func codebook(
    _ element: Element, _ scope: UnitWriter, _ random: inout SeededGenerator
  ) -> Int? {
    for elements in [CodebookElements.weight, .h] {
      if element === elements.size { return random.pick(1...12) }
      guard element === elements.zeroOffset else { continue }
      let size = scope.value(of: elements.size) ?? 1
      return random.pick(0...max(0, size - 1)) - size >> 1
    }
    return nil
  }

  /// Blocks only where they make few entry points.
  private static func scanOrder(_ scope: UnitWriter, _ random: inout SeededGenerator) -> Int {
    let dimensions =
      scope.values(of: .tensorDimensions) + (scope.context.outOfBand?.dimensions ?? [])
    guard let rows = dimensions.first, rows <= 100 else { return 0 }
    return random.pick(0...15)
  }

  /// Mostly small, sometimes as large as a code can be.
  private static func magnitude(_ random: inout SeededGenerator) -> Int {
    random.once(in: 20) ? random.pick(0...(1 << random.pick(0...32))) : random.pick(0...40)
  }

  private static func float(_ random: inout SeededGenerator) -> Int {
    if random.once(in: 10) { return random.pick(0...0xffff_ffff) }
    return Int(Float.random(in: 0...1, using: &random).bitPattern)
  }

  /// A name as frameworks make them, sometimes empty or beyond ASCII.
  private static func name(_ random: inout SeededGenerator) -> [UInt8] {
    let parts = ["conv", "fc", "weight", "bias", ".", "1", "_G", "_H", "größe", "層", ""]
    return (0..<random.pick(0...3)).flatMap { _ in Array(parts[random.pick(0...10)].utf8) }
  }
}

extension AllowedValues {
  /// Whether only zero is allowed.
  var isReserved: Bool {
    if case .zero = self { return true }
    return false
  }
}
