import CZlib

/// The CRC-32 of bytes that come in portions.
struct Checksum {
  /// The sum of what came so far.
  private(set) var value: UInt32 = 0

  /// Adds bytes.
  mutating func add(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while !rest.isEmpty {
      let part = rest.prefix(1 << 30)
      let sum = part.withUnsafeBufferPointer {
        crc32(UInt(value), $0.baseAddress, UInt32($0.count))
      }
      value = UInt32(truncatingIfNeeded: sum)
      rest = rest.dropFirst(1 << 30)
    }
  }
}
