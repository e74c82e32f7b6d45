/// `data` as a zlib stream (RFC 1950) of stored blocks.
public func deflated(_ data: [UInt8]) -> [UInt8] {
  var out: [UInt8] = [0x78, 0x01]
  var rest = data[...]
  repeat {
    let block = rest.prefix(0xffff)
    rest = rest.dropFirst(block.count)
    let (low, high) = (UInt8(block.count & 0xff), UInt8(block.count >> 8))
    out += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high] + block
  } while !rest.isEmpty
  var (a, b) = (1, 0)
  for byte in data {
    a = (a + Int(byte)) % 65_521
    b = (b + a) % 65_521
  }
  return out + [b >> 8, b & 0xff, a >> 8, a & 0xff].map { UInt8($0) }
}

/// A raw deflate stream (RFC 1951) of about `size` zeros: one literal and repetitions of it, 13 bits for each 258.
public func deflateBomb(size: Int) -> [UInt8] {
  var bytes: [UInt8] = []
  var count = 0
  func put(_ bits: [UInt8]) {
    for bit in bits {
      if count % 8 == 0 { bytes.append(0) }
      bytes[bytes.count - 1] |= bit << UInt8(count % 8)
      count += 1
    }
  }
  // The last block, fixed codes; literal 0.
  put([1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0])
  // Length 258, distance 1.
  for _ in 0..<size / 258 { put([1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]) }
  put([0, 0, 0, 0, 0, 0, 0])
  return bytes
}
