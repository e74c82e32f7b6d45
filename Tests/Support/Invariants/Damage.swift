/// A way to damage a stream.
public enum Damage: Sendable, CustomStringConvertible {
  /// Only so many bytes are left.
  case cut(Int)
  /// A bit of the file is turned.
  case flip(bit: Int)
  /// Bytes are changed, taken out, put in or copied elsewhere, as a seed says.
  case mutation(UInt64)

  /// What was done.
  public var description: String {
    switch self {
    case .cut(let count): "cut at \(count)"
    case .flip(let bit): "bit \(bit) turned"
    case .mutation(let seed): "mutation \(seed)"
    }
  }

  /// The damaged bytes, and which of the old ones were touched or moved.
  public func apply(to bytes: [UInt8]) -> (bytes: [UInt8], touched: Range<Int>) {
    switch self {
    case .cut(let count): return (Array(bytes.prefix(count)), min(count, bytes.count)..<bytes.count)
    case .flip(let bit):
      var bytes = bytes
      bytes[bit / 8] ^= 0x80 >> UInt8(bit % 8)
      return (bytes, bit / 8..<bit / 8 + 1)
    case .mutation(let seed):
      var random = SeededGenerator(seed: seed)
      return Self.mutated(bytes, &random)
    }
  }

  private static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> (
    [UInt8], Range<Int>
  ) {
    var bytes = bytes
    let start = random.pick(0...bytes.count - 1)
    let count = random.pick(1...min(8, bytes.count - start))
    let all = start..<bytes.count
    switch random.pick(0...5) {
    case 0:
      for place in start..<start + count { bytes[place] = UInt8(random.pick(0...255)) }
      return (bytes, start..<start + count)
    case 1:
      let ends: [UInt8] = [0, 0xff, 0x80, 0x7f]
      for place in start..<start + count { bytes[place] = ends[random.pick(0...3)] }
      return (bytes, start..<start + count)
    case 2: bytes[start] ^= 1 << UInt8(random.pick(0...7))
    case 3:
      bytes.removeSubrange(start..<start + count)
      return (bytes, all)
    case 4:
      bytes.insert(contentsOf: random.bytes(count), at: start)
      return (bytes, all)
    default:
      bytes.insert(contentsOf: bytes[start..<start + count], at: random.pick(0...start))
      return (bytes, 0..<bytes.count)
    }
    return (bytes, start..<start + 1)
  }
}
