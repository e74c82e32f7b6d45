import NNRAnalysis
import NNRModel
import TestSupport
import Testing

/// The table of writers: what a stream tells of the version that wrote it.
@Suite struct WriterFitTests {
  private func fit(_ names: [String]) throws -> WriterFit {
    let session = try WriterCase.session(names)
    return WriterFit(session, stream: names.count - 1)
  }

  private func fit(_ fixture: String) throws -> WriterFit {
    let session = try Fixture(fixture).session()
    return WriterFit(session, stream: session.streams.count - 1)
  }

  @Test(arguments: [
    (["2.1.1_diff_nobase"], "NNCodec 2.1.1"),
    (["base_in_history_0"], "NNCodec 2.0.1 or later"),
    (["base_in_history_0", "base_in_history_1"], "NNCodec 2.1.0 or later"),
    (["sa4_nodq_0"], "NNCodec 2.0.1 or later"),
    (["sa4_nodq_0", "sa4_nodq_1"], "NNCodec 2.1.0 or later"),
    (["sa4_nodq_0", "sa4_nodq_1", "sa4_nodq_2"], "NNCodec 2.1.1 or later"),
    (["fault2_tca_1"], "NNCodec 2.0.1 or later"),
    (["update_without_parent_2.1.3_2"], "NNCodec 2.0.1 or later"),
    (["stale_parent_2.1.2_1"], "NNCodec 2.0.1 or later"),
  ]) func streamsOfKnownWriters(names: [String], summary: String) throws {
    let fit = try fit(names)
    #expect(fit.summary == summary, "\(fit.because)")
    #expect(!fit.because.isEmpty)
  }

  @Test(arguments: [
    ("d1_int", "NNCodec 0.1.0 to 0.3.1"), ("tca_update2", "NNCodec 2.0.1 or later"),
    ("presignalled_model", "NNCodec 2.1.1 or later"),
    ("preflag_update2", "NNCodec 2.1.0 or later"), ("zeros_skipped_units", "NNCodec 2.1.1"),
    ("raw_float_mid", "no public version of NNCodec"),
    ("mps_base_model_id", "no public version of NNCodec"),
    ("first_dim_shift", "no public version of NNCodec"),
  ]) func streamsOfTheCorpus(name: String, summary: String) throws {
    let fit = try fit(name)
    #expect(fit.summary == summary, "\(fit.because)")
  }

  /// A round that decodes with an older round's integers only is of the one version that allows it.
  @Test func olderParentsTellTheVersion() throws {
    let names = (1...3).map { "stale_parent_2.1.2_\($0)" }
    let session = try WriterCase.session(names)
    #expect(WriterFit(session, stream: 2).fits.first == .v2_0_1)
    #expect(WriterFit(session.repairedChain(), stream: 2).fits == [.v2_1_2])
    #expect(WriterFit(session, stream: 2, takesOldParents: true).fits == [.v2_1_2])
  }
}
