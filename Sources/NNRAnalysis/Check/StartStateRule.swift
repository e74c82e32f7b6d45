import DeepCABAC

/// Start states of contexts that no level can have used (P10).
///
/// Told from the range of the levels alone, so that it costs nothing: it may miss a wasted state, and never blames a
/// context that was used.
struct StartStateRule {
  /// The contexts with a start state that was of no use, as the names of their bins.
  static func wasted(_ tensor: TensorObservation) -> [String] {
    let sets = tensor.start.startStates
    guard tensor.count == tensor.start.tensor.count, sets.contains(where: { (1...8).contains($0) })
    else { return [] }
    let layout = ContextLayout(unaryLength: tensor.start.tensor.unaryLength)
    let isDoubled = tensor.start.tensor.dqFlag && tensor.start.tensor.quantizer != .skip
    func magnitude(_ level: Int32) -> Int {
      let size = Int(level.magnitude)
      return isDoubled ? (size + 1) / 2 : size
    }
    let positive = tensor.count > 0 && tensor.greatest > 0 ? magnitude(tensor.greatest) : 0
    let negative = tensor.count > 0 && tensor.least < 0 ? magnitude(tensor.least) : 0
    var found: [String] = []
    for (context, set) in sets.enumerated() where (1...8).contains(set) {
      if isUnused(context, layout, positive: positive, negative: negative) {
        found.append(layout.name(of: context))
      }
    }
    return found
  }

  private static func isUnused(
    _ context: Int, _ layout: ContextLayout, positive: Int, negative: Int
  ) -> Bool {
    let largest = max(positive, negative)
    switch context {
    case ContextLayout.sig..<ContextLayout.sigTemporal:
      // The neighbour decides: none is less or greater than zero.
      let side = context % 3
      return side == 1 && negative == 0 || side == 2 && positive == 0
    case ContextLayout.sign..<ContextLayout.signTemporal + 2:
      let side = context - ContextLayout.sign
      return largest == 0 || side == 1 && negative == 0 || side == 2 && positive == 0
    case ContextLayout.greater..<layout.greaterTemporal:
      let place = context - ContextLayout.greater
      return (place % 2 == 1 ? negative : positive) < place / 2 + 1
    case layout.greaterTemporal..<layout.remainder:
      return largest < (context - layout.greaterTemporal) / 2 + 1
    case layout.remainder..<layout.shift:
      let rest = largest - 1 - layout.unaryLength
      let prefix = context - layout.remainder
      return rest < 0 || prefix < 63 && rest < (1 << prefix) - 1
    default: return false
    }
  }
}
