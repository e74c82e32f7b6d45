import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Levels at the ends of 32 bits, as NNCodec writes them.
@Suite struct ExtremeLevelTests {
  private func findings(_ session: Session) -> [Breach] {
    var options = StreamCheck.Options()
    options.decodes = true
    return StreamCheck(session, stream: 0, options: options).breaches
  }

  @Test func theLeastIntegerIsALevel() throws {
    let session = try Fixture.caseSession("int32-min")
    let figures = UnitFigures(session, stream: 0, unit: 3)
    #expect(figures.failure == nil)
    let levels = try #require(figures.tensors.first?.levels)
    #expect(levels.min == .min && levels.max == 5 && levels.sum == -2_147_483_643)
    let ledger = BitLedger.decoded(session, stream: 0, threads: 1)
    #expect(ledger.units.allSatisfy { $0.undecoded == 0 })
    #expect(findings(session).map(\.rule) == [.p13, .t02])
  }

  @Test func aWrappedParameterIsToldFromItsLevel() throws {
    let found = findings(try Fixture.caseSession("qp-wrapped")).filter { $0.rule == .p11 }
    try #require(found.count == 1)
    #expect(found[0].unit == 3)
    let message = found[0].diagnostic.message
    #expect(message.contains("QP -124 with a level of 2147483520"))
    #expect(message.contains("a QP of 388 (weights up to 3.4028235e+38)"))
    #expect(message.hasSuffix("looks like in 8 bits"))
  }

  /// Great levels with a parameter that is not below the others' are nothing to explain.
  @Test func aParameterLikeTheOthersIsNotWrapped() throws {
    let great = PayloadTensor(4, 3, levels: [.init(Int32.max)] + Array(repeating: 0, count: 11))
    for delta in [-8, -7, -9] {
      var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
      writer.append(try .coded("great", great))
      writer.append(try .coded("other", PayloadTensor(4, 3).with(\.quantizationDelta, delta)))
      let session = Session([(MemorySource(writer.bytes), "written")])
      #expect(findings(session).contains { $0.rule == .p11 } == (delta > -8))
    }
  }
}
