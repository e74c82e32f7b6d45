import NNRBits
import NNRModel
import NNRSyntax

/// Quantization parameters that an encoder raised beyond the 6 + qp_density bits they are coded in (P11).
///
/// NNCodec raises the parameter of a tensor whose greatest weight would become a level of more than 31 bits; what it writes of
/// the raised one is its low bits. So the greatest level is near 2^31, and the parameter is lower than those of the tensors
/// around.
struct WrappedParameterRule {
  /// A tensor whose parameter may have been wrapped.
  private struct Suspect {
    let unit: Int
    let range: BitRange
    let name: String
    let level: Int32
    let step: Double
    let qp: Int
    /// The bits in which parameters are coded.
    let bits: Int
  }

  /// Levels from here on are near 2^31: a parameter one lower would not have been enough, whatever the density.
  private static let nearTheEnd: UInt32 = 1 << 30

  private var suspects: [Suspect] = []
  private var least: Int?

  /// Looks at the tensors of a unit that was decoded.
  mutating func look(at tensors: [TensorObservation], _ unit: CheckedUnit) {
    for tensor in tensors where tensor.start.tensor.quantizer == .uniform && tensor.count > 0 {
      guard let qp = tensor.start.dequantizer.qp, let step = tensor.start.dequantizer.stepSize
      else { continue }
      let level =
        tensor.greatest.magnitude >= tensor.least.magnitude ? tensor.greatest : tensor.least
      if level.magnitude >= Self.nearTheEnd {
        suspects.append(
          Suspect(
            unit: unit.number, range: unit.payloadRange, name: tensor.start.tensor.name,
            level: level, step: step, qp: qp,
            bits: 6 + min(max(tensor.start.dequantizer.density ?? 0, 0), 7)))
      } else {
        least = min(least ?? qp, qp)
      }
    }
  }

  /// Notes the tensors that were found, once all parameters of the stream are known.
  func finish(_ list: inout BreachList) {
    for suspect in suspects where least.map({ suspect.qp < $0 }) ?? true {
      let candidates = Self.candidates(suspect)
      guard !candidates.isEmpty else { continue }
      let texts = candidates.map { "\($0.qp) (weights up to \(Float($0.weight)))" }
      list.note(
        .p11, unit: suspect.unit, suspect.range,
        "QP \(suspect.qp) with a level of \(suspect.level) in \(suspect.name) is what a QP of \(texts.joined(separator: " or ")) looks like in \(suspect.bits) bits"
      )
    }
  }

  /// The parameters that look like the coded one and whose weights a 32-bit float holds, the greatest first.
  private static func candidates(_ suspect: Suspect) -> [(qp: Int, weight: Double)] {
    let turn = 1 << suspect.bits
    // A turn is 64 doublings of the step.
    var found: [(qp: Int, weight: Double)] = []
    var weight = Double(suspect.level.magnitude) * suspect.step * 0x1p64
    var qp = suspect.qp + turn
    while weight <= Double(Float.greatestFiniteMagnitude) {
      found.append((qp, weight))
      weight *= 0x1p64
      qp += turn
    }
    return found.reversed()
  }
}
