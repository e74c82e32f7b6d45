import DeepCABAC

/// Where a payload runs out.
///
/// The fast decoder looks for the end of its bytes once in thousands of weights. Once it has met it, the tensor is decoded
/// again to the run in doubt, and that run weight by weight.
struct PayloadShortage {
  /// The tensor.
  private let tensor: CodedTensor
  /// The weights that begin within the payload and do not end there; more than one in a block scan.
  private let elements: Range<Int>?

  /// Looks for the end of `payload` in a tensor in which the decoder met it, in the run that starts at `element`.
  init(_ decoding: UnitDecoding, _ payload: [UInt8], in tensor: CodedTensor, run element: Int) {
    self.tensor = tensor
    var found: Range<Int>?
    do throws(DecodingError) {
      found = try UnitDecoder.started(decoding, payload, at: tensor.place).flatMap {
        Self.elements($0.decoder, $0.facts.geometry, run: element)
      }
    } catch {
      // Not even the flags before the weights are whole.
    }
    elements = found
  }

  private static func elements(
    _ decoder: PayloadDecoder, _ geometry: TensorGeometry, run element: Int
  ) -> Range<Int>? {
    var buffer: [Int32] = []
    do throws(DecodingError) {
      while true {
        let left = element - decoder.decodedElements
        let length = left > 0 ? min(left, UnitDecoder.runLength) : 1
        guard try decoder.nextRun(into: &buffer, atMost: length) != nil else { return nil }
      }
    } catch {
      guard case .payloadExhausted(let first) = error, geometry.width > 0 else { return nil }
      guard geometry.scanOrder > 0 else { return first..<first + 1 }
      // A block row is decoded whole; its bytes are counted after each row of a block.
      let column = first % geometry.width
      return first..<first + min(geometry.blockWidth, geometry.width - column)
    }
  }

  /// The failure, with the weight, row and column where they are known.
  var failure: DecodeFailure {
    guard let elements else {
      return DecodeFailure(
        .p04, "the payload ends too early, before the first weight of \(tensor.name)", element: 0)
    }
    let first = elements.lowerBound
    let last = elements.upperBound - 1
    let plural = elements.count > 1
    var place = plural ? "weights \(first) to \(last)" : "weight \(first)"
    if let dimensions = tensor.dimensions, dimensions.count > 1, let rows = dimensions.first,
      rows > 0, let count = tensor.count
    {
      let width = max(1, count / rows)
      let columns =
        plural ? "columns \(first % width) to \(last % width)" : "column \(first % width)"
      place += " (row \(first / width), \(columns))"
    }
    return DecodeFailure(
      .p04, "the payload ends too early, in \(place) of \(tensor.name)", element: first)
  }
}
