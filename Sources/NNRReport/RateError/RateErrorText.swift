import NNRAnalysis
import NNRRecode
import PlainText

/// What `whatif --against --qp` says around its tables, and as JSON.
public enum RateErrorText {
  /// What the numbers are.
  public static let meaning =
    "an estimate: what an encoder without rate-distortion optimisation would give, start states the best"

  /// The lines over the table.
  public static func heading(_ estimate: RateErrorEstimate) -> String {
    let (all, found) = (estimate.curves.count, estimate.estimated.count)
    var text =
      "\(SafeText.line(estimate.file)), \(found) of \(NumberFormat.count(all, "tensor")): \(meaning)\n"
    let total = estimate.total
    switch total.trellisAtEqualError {
    case .success(let difference):
      text +=
        "trellis against nearest: \(DiffSummary.signed(difference.ratePercent, decimals: 2)) % bits at equal error"
      if let atQP = total.trellisAtEqualQP {
        text += "; at equal QP it looks like \(DiffSummary.signed(atQP, decimals: 2)) %"
      }
      text += "\n"
    case .failure(let problem):
      if found > 0 { text += "trellis against nearest: nothing to say, \(problem)\n" }
    }
    return text
  }

  /// Writes the object of a stream; `rows` are the tensors to list.
  public static func write(
    _ estimate: RateErrorEstimate, against: String, _ rows: [RateErrorCurve],
    to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("file", estimate.file)
      json.member("against", against)
      json.member("estimate", true)
      let total = estimate.total
      json.member(
        "trellis_percent_at_equal_error", (try? total.trellisAtEqualError.get())?.ratePercent)
      json.member("trellis_percent_at_equal_qp", total.trellisAtEqualQP)
      json.key("tensors")
      json.array { json in
        for curve in rows {
          json.object { json in
            json.members(of: curve, RateErrorTable.fields)
            json.key("steps")
            json.array { json in
              for step in RateErrorStep.rows([curve]) {
                json.value(step, RateErrorStepTable.fields)
              }
            }
          }
        }
      }
    }
  }
}
