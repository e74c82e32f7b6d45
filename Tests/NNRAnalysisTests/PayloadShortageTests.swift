import DeepCABAC
import NNRAnalysis
import NNRModel
import TestSupport
import Testing

/// A payload that was cut is said to end at the weight at which it ends, however long the runs of the fast decoder are.
@Suite struct PayloadShortageTests {
  private final class NoSink: TensorSink {
    func begin(_ start: TensorStart) {}
    func take(_ levels: ArraySlice<Int32>, first: Int) {}
    func end(_ end: TensorEnd) {}
    var wantsMore: Bool { true }
  }

  /// Cuts the largest payload of a fixture and compares with the decoder that goes bin by bin.
  private func compare(_ name: String, keep share: Double) throws -> DecodeFailure {
    let session = try Fixture(name).session()
    let stream = session.streams.count - 1
    let units = session.directory(stream).byUnit.keys.sorted()
    let sizes = units.compactMap { unit in
      session.decoding(stream: stream, unit: unit).map { (unit, $0.unit.payload.count) }
    }
    let unit = try #require(sizes.max { $0.1 < $1.1 }?.0)
    let decoding = try #require(session.decoding(stream: stream, unit: unit))
    let whole = try session.streams[stream].source.read(decoding.unit.payload)
    let payload = Array(whole.prefix(Int(Double(whole.count) * share)))
    let failure = try #require(UnitDecoder.decode(decoding, payload: payload, into: NoSink()))
    var trace = try #require(BinTrace(decoding, payload: payload))
    _ = trace.countAll()
    guard case .payloadExhausted(let element)? = trace.failure else {
      Issue.record("\(name): bin by bin it fails by \(String(describing: trace.failure))")
      return failure
    }
    #expect(failure.rule == .p04)
    let found = try #require(failure.element)
    #expect(found <= element && element < found + 64, "\(name): \(failure.message)")
    if decoding.unit.scanOrder == 0 { #expect(found == element, "\(name): \(failure.message)") }
    return failure
  }

  @Test(
    arguments: [
      "mlp_digits", "cnn_digits_pyt", "lstm_digits_qp_per_tensor", "shapes_p1_scan0_dq",
      "shapes_p1_scan3_sq", "d1_dict_scan4_sq", "shapes_p0_scan1_dq",
    ], [0.03, 0.4, 0.97])
  func namesTheWeight(_ name: String, _ share: Double) throws { _ = try compare(name, keep: share) }

  @Test func saysRowAndColumn() throws {
    var levels = [Int](repeating: 0, count: 30_000)
    for place in levels.indices { levels[place] = place % 7 - 3 }
    let tensor = PayloadTensor(100, 300, levels: levels)
    let payload = try codedPayload(tensor).bytes
    let cut = try UnitPlan.coded("w", tensor)
      .set(.compressedDataUnitPayload, bytes: Array(payload.prefix(payload.count / 2)))
    var options = StreamCheck.Options()
    options.decodes = true
    let check = StreamCheck(
      RuleStream(.p04, RuleStream.only(cut)).session, stream: 0, options: options)
    let message = try #require(check.breaches.first { $0.rule == .p04 }?.diagnostic.message)
    let match = try #require(
      message.wholeMatch(
        of: /the payload ends too early, in weight (\d+) \(row (\d+), column (\d+)\) of w/))
    let (weight, row, column) = (Int(match.1) ?? -1, Int(match.2) ?? -1, Int(match.3) ?? -1)
    #expect(weight == row * 300 + column && column < 300)
    // Half of the bytes hold about half of the weights.
    #expect((13_000...17_000).contains(weight))
  }
}
