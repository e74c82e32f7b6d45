import NNRBits

/// A NAL unit, as it lies in a file.
public struct NALUnit: Hashable, Sendable {
  /// The bytes, without start code or length field.
  public let bytes: Range<Int>
  /// nal_unit_type.
  public let type: Int
  /// The number of the NAL unit in the file or the track.
  public let index: Int
  /// The access unit (byte streams) or sample (ISOBMFF) that it is in, from 0 or 1; nil in a configuration record.
  public let accessUnit: Int?
  /// Where it lies.
  public let place: Place

  /// What a NAL unit lies in.
  public enum Place: String, Sendable {
    case byteStream = "stream"
    case sample
    case configuration
  }
}

/// What is behind the header of a NAL unit, with emulation prevention removed (format reference 13.2).
struct RawPayload {
  /// The most pieces: a NAL unit in which every third byte is removed has not more.
  static let pieceLimit = 1 << 20

  /// The bytes.
  let source: MappedSource
  /// The places in the file of the bytes that were removed.
  let removed: [Int]
  /// The places in the file of bytes that must not stand there, at most 100.
  let forbidden: [Int]
  /// Whether there were too many pieces and the rest is missing.
  let isCut: Bool

  /// Reads the bytes `range` of `file`.
  init(_ file: any ByteSource, _ range: Range<Int>) throws(SourceError) {
    var pieces: [Range<Int>] = []
    var removed: [Int] = []
    var forbidden: [Int] = []
    var isCut = false
    var start = range.lowerBound
    var zeros = 0
    var isAfterRemoved = false
    var place = range.lowerBound
    blocks: while place < range.upperBound {
      let block = try file.read(place..<min(place + StartCodes.blockSize, range.upperBound))
      guard !block.isEmpty else { break }
      for byte in block {
        if isAfterRemoved {
          isAfterRemoved = false
          if byte > 3, forbidden.count < 100 { forbidden.append(place - 1) }
        }
        if zeros >= 2, byte == 3 {
          guard pieces.count < Self.pieceLimit else {
            isCut = true
            break blocks
          }
          pieces.append(start..<place)
          removed.append(place)
          start = place + 1
          zeros = 0
          isAfterRemoved = true
        } else {
          if zeros == 2, byte < 3, forbidden.count < 100 { forbidden.append(place) }
          zeros = byte == 0 ? zeros + 1 : 0
        }
        place += 1
      }
    }
    if !isCut { pieces.append(start..<range.upperBound) }
    source = MappedSource(file, pieces: pieces)
    self.removed = removed
    self.forbidden = forbidden
    self.isCut = isCut
  }
}
