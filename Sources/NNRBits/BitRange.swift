/// A run of bits, counted from the first bit (the MSB of the first byte) of a unit or of the file.
public struct BitRange: Hashable, Sendable {
  /// The first bit.
  public var start: Int
  /// The number of bits; never negative.
  public var length: Int

  /// A range of `length` bits from `start` on; a negative length counts as none.
  public init(start: Int, length: Int) {
    self.start = start
    self.length = max(0, length)
  }

  /// The first bit behind the range.
  public var end: Int { start + length }

  /// Whether the range holds no bit.
  public var isEmpty: Bool { length == 0 }

  /// Whether `bit` lies inside.
  public func contains(_ bit: Int) -> Bool { bit >= start && bit < end }

  /// Whether the two ranges share a bit.
  public func overlaps(_ other: BitRange) -> Bool {
    max(start, other.start) < min(end, other.end)
  }

  /// The same run counted from a place that lies `bits` earlier.
  public func shifted(by bits: Int) -> BitRange {
    BitRange(start: start + bits, length: length)
  }

  /// The bytes that hold at least one bit of the range.
  public var bytes: Range<Int> {
    isEmpty ? start / 8..<start / 8 : start / 8..<(end + 7) / 8
  }
}

extension BitRange: CustomStringConvertible {
  /// `byte.bit+length`, the notation used in messages.
  public var description: String { "\(start / 8).\(start % 8)+\(length)" }
}
