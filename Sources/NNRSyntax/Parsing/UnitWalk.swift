import NNRBits

/// A unit's place in a file, as its size field gives it.
public struct UnitHead: Sendable, Hashable {
  /// The bytes of the unit.
  public let bytes: Range<Int>
  /// nnr_unit_type.
  public let type: Int
}

/// Steps from unit to unit by their sizes (format reference 1.2), without parsing them.
public enum UnitWalk {
  /// Why no unit starts at a place.
  public enum Failure: Error, Sendable {
    /// Fewer bytes are left than a size field and a header byte take.
    case tooShort(left: Int)
    /// The size is below the minimum.
    case sizeTooSmall(size: Int)
    /// The size goes beyond the end.
    case sizeTooLarge(size: Int, left: Int)
    /// The bytes could not be had.
    case source(SourceError)
  }

  /// The unit that starts at byte `start` and must end at or before `limit`.
  public static func unit(in window: inout ByteWindow, at start: Int, limit: Int) throws(Failure)
    -> UnitHead
  {
    let left = limit - start
    guard left >= 3 else { throw .tooShort(left: left) }
    let head: [UInt8]
    do {
      head = try window.bytes(start..<min(start + 5, limit))
    } catch { throw .source(error) }
    guard head.count >= 3 else { throw .tooShort(left: head.count) }
    guard let claim = claim(of: head) else { throw .tooShort(left: left) }
    let size = claim.size
    guard size > claim.sizeBytes else { throw .sizeTooSmall(size: size) }
    guard size <= left else { throw .sizeTooLarge(size: size, left: left) }
    return UnitHead(bytes: start..<start + size, type: claim.type)
  }

  /// What the first bytes of a unit say, whether or not it can be true: the number of bytes of the size field, the size
  /// of the unit in bytes, and nnr_unit_type; nil for too few bytes.
  public static func claim(of head: [UInt8]) -> (sizeBytes: Int, size: Int, type: Int)? {
    guard let first = head.first else { return nil }
    let isLong = first & 0x80 != 0
    let sizeBytes = isLong ? 4 : 2
    guard head.count > sizeBytes else { return nil }
    let size = head[0..<sizeBytes].reduce(0) { $0 << 8 | Int($1) } & (isLong ? 0x7fff_ffff : 0x7fff)
    return (sizeBytes, size, Int(head[sizeBytes] >> 2))
  }

  /// The units that fill `range` exactly, if plausible ones do: types with a syntax only.
  static func chain(in source: any ByteSource, _ range: Range<Int>) -> [Range<Int>]? {
    guard !range.isEmpty else { return nil }
    var window = ByteWindow(source)
    var found: [Range<Int>] = []
    var place = range.lowerBound
    while place < range.upperBound {
      guard let unit = try? unit(in: &window, at: place, limit: range.upperBound),
        UnitType(rawValue: unit.type)?.isKnown == true
      else { return nil }
      found.append(unit.bytes)
      place = unit.bytes.upperBound
    }
    return found
  }
}

/// A small window over a source, so that steps through it cost few reads.
public struct ByteWindow: Sendable {
  private let source: any ByteSource
  private let size: Int
  private var start = 0
  private var window: [UInt8] = []

  /// A window of `size` bytes over `source`.
  public init(_ source: any ByteSource, size: Int = 4096) {
    self.source = source
    self.size = size
  }

  /// The bytes of `range`, which is at most as long as the window; fewer at the end of the source.
  public mutating func bytes(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    let range = range.clamped(to: 0..<source.count)
    if range.lowerBound < start || range.upperBound > start + window.count {
      window = try source.read(
        range.lowerBound..<max(range.upperBound, min(range.lowerBound + size, source.count)))
      start = range.lowerBound
    }
    return Array(window[range.lowerBound - start..<range.upperBound - start])
  }
}
