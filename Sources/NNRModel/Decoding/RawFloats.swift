import NNRBits
import NNRSyntax

/// Raw floats: they are read by windows, as a stream may hold more of them than fit into memory.
extension UnitDecoder {
  /// The bytes of a window.
  private static let window = runLength * 4 * 8

  /// Takes the raw floats of a unit from its source into a sink; nil if that ended well.
  static func decodeRaw(
    _ decoding: UnitDecoding, from source: any ByteSource, into sink: any TensorSink
  ) -> DecodeFailure? {
    let start = decoding.unit.payload.lowerBound
    do throws(DecodeFailure) {
      try check(decoding)
      try decodeRaw(decoding, sink) { range throws(DecodeFailure) in
        do {
          return try source.read(start + range.lowerBound..<start + range.upperBound)[...]
        } catch {
          throw DecodeFailure(.p04, "\(error)")
        }
      }
      return nil
    } catch {
      return error
    }
  }

  /// Takes the raw floats of a unit into a sink; `read` gives the bytes of a range of the payload.
  static func decodeRaw(
    _ decoding: UnitDecoding, _ sink: any TensorSink,
    read: (Range<Int>) throws(DecodeFailure) -> ArraySlice<UInt8>
  ) throws(DecodeFailure) {
    let tensor = decoding.unit.codedTensors[0]
    let count = tensor.count ?? 0
    let size = decoding.unit.payload.count
    guard size == count.saturatingMultiply(4) else {
      throw DecodeFailure(.n26, "\(size) bytes for \(count) weights of 4 bytes")
    }
    sink.begin(
      TensorStart(
        tensor: tensor, dequantizer: Dequantizer(tensor, qp: nil, density: nil), historyFlag: nil,
        rowSkipEnabledFlag: nil, rowMask: [], temporalContext: false, startStates: [], bit: 0))
    var run: [Int32] = []
    var first = 0
    while first < size {
      let bytes = try read(first..<min(first + window, size))
      guard bytes.count == min(window, size - first) else {
        throw DecodeFailure(.p04, "the stream ends within the floats")
      }
      var place = bytes.startIndex
      while place < bytes.endIndex {
        let end = min(place + runLength * 4, bytes.endIndex)
        run.removeAll(keepingCapacity: true)
        let from = (first + place - bytes.startIndex) / 4
        while place < end {
          let pattern =
            UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
            | UInt32(bytes[place + 3]) << 24
          run.append(Int32(bitPattern: pattern))
          place += 4
        }
        sink.take(run[...], first: from)
        guard sink.wantsMore else { throw .stopped }
      }
      first += bytes.count
    }
    sink.end(TensorEnd(bit: size * 8, ledger: nil, rowBits: [], entryPointsAgree: nil))
  }
}
