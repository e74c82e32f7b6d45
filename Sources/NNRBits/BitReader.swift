/// Reads bits, most significant first, from one unit of a source.
///
/// Positions count from the first bit of the unit. Nothing is read beyond the unit's end. Bytes are fetched by small
/// windows, so that a unit of a gigabyte costs no more than the elements that are read from it.
public struct BitReader: Sendable {
  /// The window's size in bytes for sources that are not in memory.
  public static let windowSize = 4096

  private let source: any ByteSource
  private let base: Int
  private var window: [UInt8] = []
  private var windowStart = 0

  /// The next bit to read.
  public private(set) var position = 0
  /// The first bit behind the unit.
  public private(set) var end: Int

  /// A reader over the bytes `range` of `source`.
  public init(source: any ByteSource, range: Range<Int>) {
    let range = range.clamped(to: 0..<source.count)
    self.source = source
    base = range.lowerBound
    end = range.count * 8
  }

  /// The bits that are left.
  public var remaining: Int { end - position }

  /// Whether the next bit is the first of a byte.
  public var isAligned: Bool { position % 8 == 0 }

  /// Goes to a bit of the unit; places outside are moved to its ends.
  public mutating func seek(to bit: Int) { position = min(max(0, bit), end) }

  /// Throws unless `count` more bits are there.
  func require(_ count: Int) throws(BitError) {
    guard count <= remaining else {
      throw .endOfUnit(position: position, wanted: count, available: remaining)
    }
  }

  /// The byte at `index` of the unit, fetched when it is not in the window.
  mutating func byte(_ index: Int) throws(BitError) -> UInt8 {
    let offset = index - windowStart
    if offset >= 0, offset < window.count { return window[offset] }
    do {
      let start = base + index
      window = try source.read(start..<min(start + Self.windowSize, base + (end + 7) / 8))
    } catch { throw .source(error) }
    windowStart = index
    guard let first = window.first else {
      throw .endOfUnit(position: index * 8, wanted: 8, available: 0)
    }
    return first
  }

  /// Up to 64 bits as an unsigned number, without a check of the unit's end.
  mutating func take(_ count: Int) throws(BitError) -> UInt64 {
    var value: UInt64 = 0
    var left = count
    while left > 0 {
      let used = position % 8
      let step = min(8 - used, left)
      let byte = UInt64(try byte(position / 8))
      value = value << UInt64(step) | (byte >> UInt64(8 - used - step)) & (1 << UInt64(step) - 1)
      position += step
      left -= step
    }
    return value
  }
}
