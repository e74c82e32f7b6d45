/// What each integer of a tensor paid: found bin by bin.
private struct WeightBitsObserver: BinObserver {
  let width: Int
  var bits: [Float]
  var isOpen = false

  mutating func observe(_ event: BinEvent) {
    guard isOpen, let row = event.row, let column = event.column else { return }
    let place = row * width + column
    if bits.indices.contains(place) { bits[place] += Float(event.cost) }
  }
}

extension TensorSpread {
  /// The bits of the bins of each integer, in C order, of the last of `tensors` that `bytes` code as one payload.
  ///
  /// `shouldContinue` is asked after every row of a block; `cancelled` is thrown if it says no.
  public static func weightBits(
    of tensors: [BinWalker.Tensor], in bytes: [UInt8], shouldContinue: () -> Bool = { true }
  ) throws(DecodingError) -> [Float] {
    guard let last = tensors.last else { return [] }
    let geometry = try TensorGeometry(last.parameters)
    var decoder = SteppingDecoder(
      bytes: bytes,
      observer: WeightBitsObserver(
        width: max(1, geometry.width), bits: [Float](repeating: 0, count: max(0, geometry.count))))
    for (place, tensor) in tensors.enumerated() {
      decoder.observer.isOpen = place == tensors.count - 1
      if let bits = tensor.quantizationDeltaBits {
        _ = decoder.readQuantizationDelta(bits: bits)
      }
      _ = try decoder.decode(
        tensor.parameters, base: tensor.base, history: tensor.history,
        shouldContinue: shouldContinue)
    }
    return decoder.observer.bits
  }
}
