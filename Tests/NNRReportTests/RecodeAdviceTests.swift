import NNRAnalysis
import NNRBits
import NNRModel
import NNRRecode
import NNRReport
import TestSupport
import Testing

/// What is advised from a search is true: the file with the change is smaller by just that.
@Suite struct RecodeAdviceTests {
  @Test(arguments: ["mlp_ec2t_uniform", "cnn_lsa", "tca_update2", "mlp_ecq4_codebook"])
  func codingAnewSavesWhatIsSaid(_ name: String) throws {
    let session = try Fixture(name).session()
    let stream = session.streams.count - 1
    let plain = StreamAdvice(session, stream: stream, threads: 2)
    let found = StreamAdvice.searched(session, stream: stream, threads: 2)
    let advice = found.advice.filter { $0.kind == .recode }
    let recoding = try #require(StreamRecoding(session, stream: stream))
    let bytes = try recoding.bytes(session)
    let told = advice.reduce(0) { $0 + $1.bits }
    #expect(told == Double(8 * (session.streams[stream].size - bytes.count)) && told > 0)
    #expect(found.advice.count == plain.advice.count + advice.count)
    #expect(found.advice.map(\.bits) == found.advice.map(\.bits).sorted(by: >))
    #expect(found.bits >= plain.bits && found.bits >= told)
    for entry in advice {
      #expect(entry.certainty == .exact && !entry.change.isEmpty)
      let tensors = session.directory(stream).byUnit[entry.unit]?.count ?? 0
      #expect((entry.tensor == nil) == (tensors > 1), "a unit of several tensors is one entry")
    }
  }
}
