import NNRBits
import NNRSyntax

/// Walks the NAL units of a byte stream (format reference 13.1).
struct ByteStreamWalk {
  /// The NAL units that tell the codec.
  static let tellingUnits = 64

  /// The codec of a file that is a byte stream; nil if it is none.
  ///
  /// Only zeros may stand before the first start code, and parameter sets must be among the first NAL units.
  static func codec(of file: any ByteSource) -> VideoCodec? {
    var codes = StartCodes(file, to: min(file.count, 1 << 16))
    guard let first = try? codes.next(), let zeros = try? file.read(0..<first.place),
      zeros.allSatisfy({ $0 == 0 })
    else { return nil }
    codes = StartCodes(file, from: first.place, to: min(file.count, 8 << 20))
    var heads: [[UInt8]] = []
    while heads.count < tellingUnits, let code = try? codes.next() { heads.append(code.head) }
    return VideoCodec.told(by: heads)
  }

  /// Calls `take` for every NAL unit with its first bytes; ends where `take` is false.
  ///
  /// The bytes of a NAL unit end in front of zeros that trail it; they are looked for where `isWanted` says so.
  static func walk(
    _ file: any ByteSource, codec: VideoCodec, isWanted: (Int) -> Bool,
    _ take: (NALUnit, _ head: [UInt8]) throws(SourceError) -> Bool
  ) throws(SourceError) {
    var codes = StartCodes(file)
    var next = try codes.next()
    var index = 0
    var accessUnit = 0
    var hasSlice = false
    while let code = next {
      let start = code.place + 3
      next = try codes.next()
      var end = next?.place ?? file.count
      let head = Array(code.head.prefix(max(0, end - start)))
      let type = codec.header(head)?.type
      if let type {
        if hasSlice, codec.beginsAccessUnit(type, head) {
          accessUnit += 1
          hasSlice = false
        }
        if codec.isSlice(type) { hasSlice = true }
        if isWanted(type) { end = try trimmed(file, start..<end) }
      }
      let unit = NALUnit(
        bytes: start..<max(start, end), type: type ?? -1, index: index, accessUnit: accessUnit,
        place: .byteStream)
      index += 1
      guard try take(unit, head) else { return }
    }
  }

  /// The place behind the last byte that is not 0.
  private static func trimmed(_ file: any ByteSource, _ range: Range<Int>) throws(SourceError)
    -> Int
  {
    var end = range.upperBound
    while end > range.lowerBound {
      let start = max(range.lowerBound, end - 4096)
      let bytes = try file.read(start..<end)
      if let last = bytes.lastIndex(where: { $0 != 0 }) { return start + last + 1 }
      end = start
    }
    return end
  }
}
