import Foundation
import NNRAnalysis
import NNRBits
import NNRModel
import NNRRecode
import NNRReport
import TestSupport
import Testing

/// Estimates of other steps against what NNCodec wrote at those steps.
@Suite struct RateErrorTests {
  private static let weights = ["layers.0.weight", "layers.1.weight", "layers.2.weight"]

  private static func session(_ name: String) throws -> Session {
    try SweepRuns.source(name).opened().0
  }

  private static func estimate(_ name: String, _ steps: ClosedRange<Int>) throws
    -> RateErrorEstimate
  {
    RateErrorEstimate(
      try session(name), stream: 0, against: try SweepRuns.original(), steps: steps, threads: 2)
  }

  /// RMSE and bits of the tensors of a run, by name.
  private static func figures(_ name: String) throws -> [String: (rmse: Double, bits: Int)] {
    let data = try Data(contentsOf: SweepRuns.folder.appending(path: "truth.json"))
    let truth = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let runs = try #require(truth["runs"] as? [[String: Any]])
    let run = try #require(runs.first { $0["file"] as? String == "\(name).nnc" })
    let tensors = try #require(run["tensors"] as? [String: [String: Double]])
    let session = try session(name)
    var found: [String: (rmse: Double, bits: Int)] = [:]
    for tensor in session.directory(0).tensors {
      let bits = 8 * session.streams[0].index.entries[tensor.unit].size
      found[tensor.name] = (try #require(tensors[tensor.name]?["rmse"]), bits)
    }
    return found
  }

  /// At each QP of the sweep the errors are those of the run that NNCodec wrote there, and so are, nearly, the bits.
  @Test func stepsAreTheRunsOfTheSweep() throws {
    let estimate = try Self.estimate("plain_qp-24", -12...8)
    #expect(estimate.refused.isEmpty && estimate.estimated.count == 6)
    var compared = 0
    for (quantizer, series) in [(RateErrorPoint.Quantizer.nearest, "plain"), (.trellis, "dq")] {
      for qp in stride(from: -36, through: -16, by: 4) {
        let truth = try Self.figures("\(series)_qp\(qp)")
        for curve in estimate.curves where Self.weights.contains(curve.tensor.name) {
          let point = try #require(curve.points(quantizer).first { $0.qp == qp })
          let wanted = try #require(truth[curve.tensor.name])
          let rmse = (point.squaredError / Double(curve.count)).squareRoot()
          #expect(abs(rmse / wanted.rmse - 1) < 1e-9, "\(series) \(qp) \(curve.tensor.name)")
          // The reference searches its start states less well; the dq flag's surplus is that of the stream.
          let ratio = Double(point.bits) / Double(wanted.bits)
          #expect(ratio > 0.9 && ratio < 1.01, "\(series) \(qp) \(curve.tensor.name): \(ratio)")
          compared += 1
        }
      }
    }
    #expect(compared == 36)
  }

  @Test func theStreamItselfIsAPoint() throws {
    let estimate = try Self.estimate("plain_qp-20", 0...0)
    for curve in estimate.curves where Self.weights.contains(curve.tensor.name) {
      let here = try #require(curve.points(.nearest).first)
      #expect(here.change == 0 && here.qp == curve.qp)
      #expect(abs(here.squaredError - curve.squaredError) <= 1e-12 * curve.squaredError)
      #expect(here.bits <= curve.bits && here.bits > curve.bits * 95 / 100)
      #expect(curve.errorForABit == nil, "there is no finer step")
    }
  }

  /// At one QP dependent quantization looks far smaller than it is at one error.
  @Test func equalErrorIsNotEqualQP() throws {
    let total = try Self.estimate("plain_qp-24", -8...8).total
    let atError = try total.trellisAtEqualError.get().ratePercent
    let atQP = try #require(total.trellisAtEqualQP)
    #expect(atError < 0 && atError > -5, "\(atError)")
    #expect(atQP < -8, "\(atQP)")
  }

  @Test func whereABitBuysMostComesFirst() throws {
    let estimate = try Self.estimate("plain_qp-16", -3...3)
    let rows = RateErrorTable.rows(estimate)
    let worth = rows.map { $0.errorForABit ?? -1 }
    #expect(worth == worth.sorted(by: >) && worth[0] > 0)
    #expect(rows.first?.tensor.name == "layers.0.weight")
    #expect(rows.count == estimate.curves.count)
  }

  @Test func whatHasNoOriginalIsToldWhy() throws {
    func reasons(_ name: String) throws -> [String] {
      let session = try Fixture(name).session()
      let estimate = RateErrorEstimate(
        session, stream: session.streams.count - 1, against: try SweepRuns.original(),
        steps: -1...1, threads: 1)
      return estimate.curves.compactMap(\.refusal) + estimate.refused.map { "\($0.refusal)" }
    }
    #expect(try reasons("cnn_sparse").contains("the original has no such tensor"))
    #expect(try reasons("mlp_ecq4_codebook").contains("it is not uniformly quantized"))
    #expect(try reasons("tca_update1").contains("an update holds differences"))
    #expect(try reasons("raw_float_special").contains("raw floats"))
    #expect(try reasons("cnn_lsa").contains("its rows are scaled once more"))
  }
}
