import NNRAnalysis
import NNRModel
import NNRRecode
import NNRReport
import NNRSyntax
import TestSupport
import Testing

/// P14 is said of the units that waste more than 2 %, and of no other; it is opt-in, as it takes a search.
@Suite struct WasteRuleTests {
  @Test(arguments: ["mlp_ec2t_uniform", "cnn_digits_pyt", "tca_update2", "raw_float_mid"])
  func wasteIsTold(_ name: String) throws {
    let session = try Fixture(name).session()
    let stream = session.streams.count - 1
    let recoding = try #require(StreamRecoding(session, stream: stream))
    var options = StreamCheck.Options()
    let without = StreamCheck(session, stream: stream, options: options)
    #expect(without.notRun.contains(.p14) && !without.breaches.contains { $0.rule == .p14 })
    options.savings = recoding.savings
    let check = StreamCheck(session, stream: stream, options: options)
    #expect(!check.notRun.contains(.p14))
    let told = check.breaches.filter { $0.rule == .p14 }
    let wasteful = recoding.units.filter { 50 * ($0.size - $0.bestSize) > $0.size }
    #expect(told.map(\.unit) == wasteful.map(\.unit))
    #expect(told.allSatisfy { $0.severity == .info })
    for (breach, unit) in zip(told, wasteful) {
      #expect(
        breach.diagnostic.message.hasPrefix("\(unit.bestSize) of \(unit.size) bytes"))
      #expect(breach.diagnostic.range.end <= 8 * unit.size)
    }
    #expect(check.breaches.count == without.breaches.count + told.count)
  }
}
