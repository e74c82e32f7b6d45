import NNRAnalysis
import NNRModel
import NNRReport
import PlainText

/// From integer to weight, the formulas with their numbers filled in (format reference 5.1 to 5.3).
enum DequantizationText {
  /// QP, step size and weight of a decoded tensor at an integer.
  static func lines(_ start: TensorStart, base: Int?, integer: Int32) -> [String] {
    var lines: [String] = []
    let dequantizer = start.dequantizer
    if let qp = dequantizer.qp {
      let density = min(max(dequantizer.density ?? 0, 0), 7)
      if let base {
        lines.append("QP = base + qp_delta = \(base) + \(signed(qp - base)) = \(qp)")
      }
      let one = 1 << density
      let (rest, whole) = (qp & (one - 1), qp >> density)
      lines.append("step = (2^d + (QP mod 2^d)) · 2^((QP >> d) − d), d = \(density)")
      lines.append(
        "= (\(one) + \(rest)) · 2^(\(whole) − \(density)) = \(real(dequantizer.stepSize))")
    }
    return lines + LevelChain(start: start).steps(integer)
  }

  private static func signed(_ number: Int) -> String { number < 0 ? "(\(number))" : "\(number)" }

  private static func real(_ value: Double?) -> String {
    value.map { NumberFormat.significant($0, digits: 7) } ?? "?"
  }
}
