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
  // Length 258, distance 1: after eight of them the bits stand in their bytes as before.
  for _ in 0..<16 { put([1, 1, 0, 0, 0, 1, 0, 1] + [0, 0, 0, 0, 0]) }
  let cycle = Array(bytes[2..<15])
  let turns = size / 258 / 8
  var bomb = Array(bytes.prefix(2))
  bomb.reserveCapacity(turns * cycle.count + 4)
  for _ in 0..<turns { bomb += cycle }
  // What is left of the last code, and the end of the block: zeros.
  return bomb + [cycle[0] & 7, 0]
}
