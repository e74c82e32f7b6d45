import NNRModel
import NNRSyntax

/// Tensors that cost more than they need: P12 and P13.
enum PriceRules {
  /// Notes what a tensor's price says of it.
  static func note(_ tensor: TensorObservation, _ unit: CheckedUnit, _ list: inout BreachList) {
    guard tensor.start.tensor.quantizer != .raw, let bits = tensor.bits, tensor.count > 0,
      tensor.count == tensor.start.tensor.count
    else { return }
    noteConstant(tensor, bits, unit, &list)
    let raw = tensor.count.saturatingMultiply(32)
    guard bits > raw else { return }
    list.note(
      .p13, unit: unit.number, unit.payloadRange,
      "\(tensor.start.tensor.name) costs \(bits) bits, its \(tensor.count) weights as 32-bit floats \(raw)",
      // A counter or another single number: nobody could do much about it.
      severity: tensor.count == 1 ? .info : nil)
  }

  private static func noteConstant(
    _ tensor: TensorObservation, _ bits: Int, _ unit: CheckedUnit, _ list: inout BreachList
  ) {
    let coded = tensor.start.tensor
    guard tensor.count > 1, tensor.least == tensor.greatest else { return }
    let size = Int(tensor.least.magnitude)
    let magnitude = coded.dqFlag && coded.quantizer != .skip ? (size + 1) / 2 : size
    // The flags tell magnitudes of up to the unary length.
    guard magnitude > coded.unaryLength else { return }
    let each = Double(bits) / Double(tensor.count)
    list.note(
      .p12, unit: unit.number, unit.payloadRange,
      "all \(tensor.count) levels of \(coded.name) are \(tensor.least): each pays a remainder, \((each * 100).rounded() / 100) bits for a weight"
    )
  }
}
