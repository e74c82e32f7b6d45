import NNRSyntax
import TestSupport

/// Makes mostly valid streams from choices, so that a fuzzer gets to payloads fast.
enum DecodeRecipe {
  /// One stream or a chain of two, as the lowest bits of `kind` say: made by choices, or taken as they are.
  static func streams(_ kind: Int, _ reader: inout FuzzReader) -> [[UInt8]] {
    if kind & 1 == 1 { return (0...(kind >> 1 & 1)).map { _ in stream(&reader) } }
    let end = reader.byte() << 8 | reader.byte()
    let rest = reader.rest()
    return end == 0 || end >= rest.count ? [rest] : [Array(rest[..<end]), Array(rest[end...])]
  }

  /// A stream of up to four data units.
  static func stream(_ reader: inout FuzzReader) -> [UInt8] {
    var writer = StreamWriter()
    writer.append(.start(profile: reader.pick(2)))
    var parameters = UnitPlan.modelParameters
    if reader.flag() {
      parameters = parameters.set(.mpsQpDensity, reader.pick(8))
        .set(.mpsQuantizationParameter, reader.byte() - 128)
        .set(.nnrPreFlag, reader.pick(2)).set(.mpsParentSignallingEnabledFlag, reader.pick(2))
    }
    writer.append(parameters)
    if reader.flag() {
      writer.append(
        UnitPlan(.layerParameterSet).set(.independentlyDecodableFlag, 1)
          .with(\.seed, UInt64(reader.byte())))
    }
    for _ in 0...reader.pick(4) { writer.append(unit(&reader)) }
    return writer.bytes
  }

  private static func unit(_ reader: inout FuzzReader) -> UnitPlan {
    let dimensions = (0...reader.pick(4)).map { _ in reader.pick(of: sizes) }
    var plan = UnitPlan.tensor("w\(reader.pick(3))", payload: [])
      .set(.payloadType, reader.pick(4))
      .set(.countTensorDimensions, dimensions.count)
      .with(.tensorDimensions, dimensions.map(UnitPlan.Coded.number))
      .set(.cabacUnaryLengthMinus1, reader.pick(of: [10, 0, 1, 2, 30, 255]))
      .set(.dqFlag, reader.pick(2)).set(.scanOrder, reader.pick(of: [0, 0, 1, 2, 3, 4, 7]))
    if reader.flag() {
      let elements = CodebookElements.weight
      let size = 1 + reader.pick(12)
      plan = plan.set(.codebookPresentFlag, 1).set(elements.size, size)
        .set(elements.zeroOffset, reader.pick(size) - size >> 1)
    }
    if reader.flag() {
      plan = plan.set(.parentNodeIdPresentFlag, 1).set(.parentNodeIdType, reader.pick(4))
        .set(.putNodeDepth, reader.pick(3)).set(.deviceId, reader.pick(3))
        .set(.temporalContextModelingFlag, reader.pick(2))
    }
    if reader.flag() {
      // What is not set is any valid value of a seed.
      plan = plan.with(\.seed, UInt64(reader.byte()))
    }
    return plan.set(.compressedDataUnitPayload, bytes: reader.take(reader.pick(of: lengths)))
  }

  private static let sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 0, 32, 33, 64, 100, 257, 1 << 20]
  private static let lengths = [16, 0, 1, 2, 3, 8, 40, 100, 300, 1000]
}
