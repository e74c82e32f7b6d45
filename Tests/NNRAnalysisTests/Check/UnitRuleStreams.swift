import NNRModel
import NNRSyntax
import TestSupport

/// Units, headers, parameter sets and topologies.
extension RuleStream {
  /// A stream that breaks no rule.
  static func clean() throws -> [UnitPlan] {
    [.start(), .modelParameters, .topology, try .coded()]
  }

  static func units() throws -> [RuleStream] {
    let clean = try clean()
    let stream = bytes(clean)
    var garbage = StreamWriter(.start(), .modelParameters, .topology)
    garbage.append(raw: [0x7f, 0xff, 0xff])
    garbage.append(try .coded())
    return [
      RuleStream(.s01, [.modelParameters, .topology, .raw()]),
      RuleStream(.s01, bytes: []),
      RuleStream(.s02, [.start()] + clean),
      RuleStream(.s03, [.start(), .topology, .modelParameters, try .coded()]),
      RuleStream(.s04, [.start(), .modelParameters] + clean.dropFirst()),
      RuleStream(.s05, clean + [try .coded("large").with(\.forcedSize, 0x7fff)]),
      RuleStream(.s05, clean + [UnitPlan.raw().with(\.forcedSize, 2)]),
      RuleStream(.s06, [.start(), .modelParameters, .topology.set(.nnrUnitSizeFlag, 1), .raw()]),
      RuleStream(.s07, bytes: stream + [0, 0]),
      RuleStream(.s08, clean + [UnitPlan(type: 9).set(.reservedUnitData, bytes: [1, 2, 3])]),
      RuleStream(
        .s08, clean + [UnitPlan(type: 40).set(.reservedUnitData, bytes: [1])], severity: .info),
      RuleStream(.s09, [.start(profile: 2), .modelParameters, .topology, .raw()]),
      RuleStream(
        .s10, [.start(), .modelParameters.with(\.surplus, [1, 2]), .topology, try .coded()]),
      RuleStream(.s11, [.start(), .modelParameters, .topology]),
      RuleStream(.s11, [.start(), .updateParameters, .topology], severity: .info),
      RuleStream(.s14, bytes: garbage.bytes),
    ]
  }

  static func headers() throws -> [RuleStream] {
    func parts(_ counters: Int...) -> [UnitPlan] {
      [.start(), .modelParameters, .topology]
        + counters.map {
          UnitPlan.raw().set(.partialDataCounterPresentFlag, 1).set(.partialDataCounter, $0)
        }
    }
    return [
      RuleStream(.h01, parts(2, 1, 0), severity: .info),
      RuleStream(.h01, parts(2), severity: .error),
      RuleStream(.h01, parts(3, 1, 0), severity: .error),
      RuleStream(
        .h02, [.start(), .updateParameters, .topology, try temporal().node(depth: 1).parent()],
        after: [try base()]),
      RuleStream(
        .h03, [.start(), .modelParameters.set(.nnrReservedZero2bits, 2), .topology, .raw()]),
      RuleStream(.h04, [.start(), .modelParameters.set(.byteAlignment, 0), .topology, .raw()]),
      RuleStream(.a01, try clean() + [UnitPlan(.quantization).set(.quantizationData, bytes: [1])]),
    ]
  }

  static func parameterSets() throws -> [RuleStream] {
    func with(_ plan: UnitPlan) -> [UnitPlan] { [.start(), plan, .topology, .raw()] }
    let map = UnitPlan.modelParameters.set(.mpsSparsificationFlag, 1)
    var full = map.set(.spmCountThresholds, 2)
    full.reading.mapsHoldOneLess = false
    return [
      RuleStream(
        .m01,
        [
          .start(), .modelParameters.set(.mpsQuantizationMethodFlags, 0), .topology, try .coded(),
        ]),
      RuleStream(
        .m02, [.start(), .modelParameters, .topology, try .codebook(5, fiveEntries)]),
      RuleStream(.m03, with(.modelParameters.set(.topologyCarriageFlag, 0))),
      RuleStream(.m03, [.start(), .modelParameters, .raw()]),
      RuleStream(
        .m04, with(.modelParameters.set(.mpsTopologyIndexedReferenceFlag, 1))),
      RuleStream(.m05, with(.updateParameters.set(.nnrPreFlag, 1))),
      RuleStream(.m06, with(.modelParameters.set(.baseModelIdPresentFlag, 1))),
      RuleStream(.m07, with(map.set(.spmCountThresholds, 0))),
      RuleStream(.m08, with(full)),
      RuleStream(
        .m09,
        with(map.set(.spmCountThresholds, 2).set(.spmCountClasses, 1).set(.spmClassBitmask, 3))),
      RuleStream(.m10, with(map.set(.spmCountThresholds, 2).set(.nonZeroRatio, floats: 2))),
    ]
  }

  static func topologies() throws -> [RuleStream] {
    func with(_ plan: UnitPlan) -> [UnitPlan] { [.start(), .modelParameters, plan, .raw()] }
    let packed = UnitPlan.topology.set(.topologyCompressionFormat, 1)
    let names = UnitPlan.topology.set(.topologyStorageFormat, 6)
    return [
      RuleStream(.t01, with(packed.set(.topologyData, bytes: [1, 2, 3]))),
      RuleStream(
        .t01, with(packed.set(.topologyData, bytes: Array(deflated([1, 2, 3]).dropLast(3))))),
      RuleStream(.t02, with(.emptyTopology)),
      RuleStream(.t03, with(.topology.set(.topologyStorageFormat, 9))),
      RuleStream(.t03, with(.topology.set(.topologyCompressionFormat, 2))),
      RuleStream(
        .t04,
        with(
          names.set(.countTopologyElementsMinus2, 1).set(.topologyElemIdList, texts: "a", "b", "a"))
      ),
      RuleStream(.t05, with(packed.set(.topologyData, bytes: deflateBomb(size: 100 << 20)))),
    ]
  }
}
