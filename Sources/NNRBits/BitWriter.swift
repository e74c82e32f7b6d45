/// Writes bits, most significant first, by every descriptor of the syntax tables (format reference 1.3 and 1.4).
///
/// It shares no code with the reader, so that each is a check of the other.
public struct BitWriter: Sendable, Hashable {
  /// The bytes written so far; the bits behind `position` in the last one are zero.
  public private(set) var bytes: [UInt8] = []
  /// The number of bits written.
  public private(set) var position = 0

  /// A writer that has written nothing.
  public init() {}

  /// One bit.
  public mutating func bit(_ value: Bool) {
    if position % 8 == 0 { bytes.append(0) }
    if value { bytes[bytes.count - 1] |= 0x80 >> UInt8(position % 8) }
    position += 1
  }

  /// u(n): the lowest `count` bits of `value` (0…64).
  public mutating func u(_ value: UInt64, _ count: Int) {
    for place in stride(from: count - 1, through: 0, by: -1) {
      bit(value >> UInt64(place) & 1 == 1)
    }
  }

  /// i(n): `value` in two's complement of `count` bits (1…64).
  public mutating func i(_ value: Int64, _ count: Int) { u(UInt64(bitPattern: value), count) }

  /// ue(k): the order-k exp-Golomb code of `value`.
  public mutating func ue(_ value: UInt64, _ order: Int) {
    var rest = value
    var order = order
    while order < 64, rest >= 1 << UInt64(order) {
      bit(false)
      rest -= 1 << UInt64(order)
      order += 1
    }
    bit(true)
    u(rest, order)
  }

  /// ie(k): the code of ue(k), folded to 0, 1, −1, 2, −2 and so on.
  public mutating func ie(_ value: Int64, _ order: Int) {
    ue(value > 0 ? value.magnitude * 2 - 1 : value.magnitude * 2, order)
  }

  /// flt(32): the bit pattern of a binary32, its least significant byte first, at any bit position.
  public mutating func flt32(_ pattern: UInt32) {
    for byte in 0..<4 { u(UInt64(pattern >> UInt32(byte * 8)) & 0xff, 8) }
  }

  /// st(v): `text` and a zero byte; without the zero if it is to be broken.
  public mutating func st(_ text: [UInt8], terminated: Bool = true) {
    raw(text)
    if terminated { u(0, 8) }
  }

  /// byte_alignment(): a one and zeros to the end of the byte; a whole byte when already aligned.
  ///
  /// `pattern` replaces these bits, right justified, where they are to be broken.
  public mutating func byteAlignment(_ pattern: UInt64? = nil) {
    let count = 8 - position % 8
    u(pattern ?? 1 << UInt64(count - 1), count)
  }

  /// The first `count` bits of `source`; zeros where it is too short.
  public mutating func bits(_ source: [UInt8], _ count: Int) {
    for place in 0..<max(count, 0) {
      bit(place / 8 < source.count && source[place / 8] >> UInt8(7 - place % 8) & 1 == 1)
    }
  }

  /// Whole bytes, at any bit position.
  public mutating func raw(_ source: [UInt8]) {
    guard position % 8 == 0 else { return bits(source, source.count * 8) }
    bytes += source
    position += source.count * 8
  }

  /// The bits of `range` of `source`, at any bit position; zeros where it is too short.
  public mutating func copy(_ source: [UInt8], _ range: BitRange) {
    if position % 8 == 0, range.start % 8 == 0, range.end <= source.count * 8 {
      let whole = range.length / 8
      bytes += source[range.start / 8..<range.start / 8 + whole]
      position += whole * 8
      return copyBits(source, range.start + whole * 8..<range.end)
    }
    copyBits(source, range.start..<range.end)
  }

  private mutating func copyBits(_ source: [UInt8], _ places: Range<Int>) {
    for place in places {
      bit(place / 8 < source.count && source[place / 8] >> UInt8(7 - place % 8) & 1 == 1)
    }
  }

  /// Puts the lowest `count` bits of `value` in the place of bits written before, from `start` on.
  public mutating func overwrite(at start: Int, _ value: UInt64, _ count: Int) {
    for place in 0..<count where start + place < position {
      let mask: UInt8 = 0x80 >> UInt8((start + place) % 8)
      let isSet = value >> UInt64(count - 1 - place) & 1 == 1
      bytes[(start + place) / 8] &= ~mask
      if isSet { bytes[(start + place) / 8] |= mask }
    }
  }

  /// Moves all from byte `place` on by `count` bytes, and puts zeros there.
  public mutating func makeRoom(at place: Int, _ count: Int) {
    bytes.insert(contentsOf: [UInt8](repeating: 0, count: count), at: place)
    position += count * 8
  }
}
