import NNRAnalysis
import NNRModel
import NNRRecode
import PlainText

/// `whatif --against --qp` as a table: one row for each tensor, where a bit buys most first.
public enum RateErrorTable {
  /// The rows of an estimate, in that order; those without points last.
  public static func rows(_ estimate: RateErrorEstimate) -> [RateErrorCurve] {
    estimate.curves.enumerated().sorted { first, second in
      let worth = (first.element.errorForABit ?? -1, second.element.errorForABit ?? -1)
      return worth.0 == worth.1 ? first.offset < second.offset : worth.0 > worth.1
    }.map(\.element)
  }

  /// The columns.
  public static let fields: [Field<RateErrorCurve>] = [
    Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.tensor.name },
    Field("unit", "the number of its unit", priority: 8) { $0.tensor.unit },
    Field("weights", "the number of weights", priority: 5) { $0.count },
    Field("qp", title: "QP", "the quantization parameter of the stream", priority: 4) { $0.qp },
    Field("bits", "its bits in the stream", priority: 1) { $0.bits },
    Field(
      "snr", title: "SNR", "signal to noise against the original in the stream, dB", priority: 2
    ) {
      finite(snr($0, $0.squaredError))
    },
    Field(
      "error_per_bit", title: "error/bit",
      "the squared error that a bit removes with the next finer step: where a bit buys most",
      priority: 0
    ) { $0.errorForABit },
    Field(
      "finer", title: "bits finer", "bits with the next finer step, nearest integers", priority: 3
    ) { near($0, finer: true)?.bits },
    Field("finer_snr", title: "SNR finer", "its SNR, dB", priority: 5) { curve in
      near(curve, finer: true).flatMap { finite(snr(curve, $0.squaredError)) }
    },
    Field(
      "coarser", title: "bits coarser", "bits with the next coarser step, nearest integers",
      priority: 3
    ) { near($0, finer: false)?.bits },
    Field("coarser_snr", title: "SNR coarser", "its SNR, dB", priority: 5) { curve in
      near(curve, finer: false).flatMap { finite(snr(curve, $0.squaredError)) }
    },
    Field(
      "trellis", title: "trellis %",
      "how many percent more bits the trellis takes at equal error; less than 0 saves", priority: 1
    ) { curve in
      (try? RateErrorTotal([curve]).trellisAtEqualError.get())?.ratePercent
    },
    Field("error", kind: .message, "why there is no estimate", priority: 2) { $0.refusal },
  ]

  static func snr(_ curve: RateErrorCurve, _ squaredError: Double) -> Double {
    RateErrorTotal([curve]).snr(squaredError)
  }

  private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

  private static func near(_ curve: RateErrorCurve, finer: Bool) -> RateErrorPoint? {
    let points = curve.points(.nearest)
    return finer ? points.last { $0.change < 0 } : points.first { $0.change > 0 }
  }
}

/// A step of a tensor as a row.
public struct RateErrorStep: Sendable {
  let curve: RateErrorCurve
  let point: RateErrorPoint

  /// The steps of tensors, in order.
  public static func rows(_ curves: [RateErrorCurve]) -> [RateErrorStep] {
    curves.flatMap { curve in curve.points.map { RateErrorStep(curve: curve, point: $0) } }
  }
}

/// `whatif --against --qp --tensor` as a table: one row for each step and quantizer.
public enum RateErrorStepTable {
  /// The columns.
  public static let fields: [Field<RateErrorStep>] = [
    Field("name", kind: .name, "the name of the tensor", priority: 5) { $0.curve.tensor.name },
    Field(
      "qp_change", title: "QP ±", "how far the quantization parameter is from the stream's",
      priority: 1
    ) {
      $0.point.change
    },
    Field("qp", title: "QP", "the quantization parameter", priority: 2) { $0.point.qp },
    Field(
      "quantizer", "how integers are found: each by itself, or along the trellis", priority: 0,
      values: RateErrorPoint.Quantizer.allCases.map(\.rawValue)
    ) { $0.point.quantizer.rawValue },
    Field("bits", "bits, as predicted, start states the best", priority: 0) { $0.point.bits },
    Field("saving", title: "saves", "bits less than in the stream", priority: 2) {
      $0.curve.bits - $0.point.bits
    },
    TensorTable.bitsPerWeight("bits for each weight", priority: 3) {
      $0.curve.count > 0 ? Double($0.point.bits) / Double($0.curve.count) : nil
    },
    Field("rmse", title: "RMSE", "root of the mean squared error against the original", priority: 1)
    {
      $0.curve.count > 0 ? ($0.point.squaredError / Double($0.curve.count)).squareRoot() : nil
    },
    Field("snr", title: "SNR", "signal to noise, dB", priority: 0) { step in
      let snr = RateErrorTable.snr(step.curve, step.point.squaredError)
      return snr.isFinite ? snr : nil
    },
  ]
}
