import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import TestSupport
import Testing

/// Tensors without weights that claim very many rows take no memory for them.
@Suite struct EmptyTensorTests {
  private static func session(_ dimensions: [Int]) -> Session {
    var writer = StreamWriter(.start(), .modelParameters)
    writer.append(
      .tensor("z", 1, payload: [0x12, 0x34, 0x56, 0x80])
        .set(.countTensorDimensions, dimensions.count)
        .with(.tensorDimensions, dimensions.map { .number($0) }))
    return Session([(MemorySource(writer.bytes), "z")])
  }

  @Test(arguments: [[1 << 31 - 1, 0], [1 << 39 - 1, 0], [1 << 39 - 1, 0, 7]])
  func nothingIsAllocatedForRows(_ dimensions: [Int]) throws {
    let session = Self.session(dimensions)
    let tensor = try #require(session.directory(0).tensors.first)
    #expect(tensor.count == 0 && tensor.rows == dimensions[0])
    var options = FiguresOptions()
    options.accounting = true
    options.rowBits = true
    _ = UnitFigures(session, stream: 0, unit: tensor.unit, options: options)
    _ = try? CostSpread(session, stream: 0, tensor)
    if var trace = BinTrace(session, stream: 0, unit: tensor.unit) {
      // All bins there are lie in the four bytes.
      #expect(trace.bin(1 << 20) == nil)
      _ = ContextCurves(&trace, tensor: 0)
    }
  }
}
