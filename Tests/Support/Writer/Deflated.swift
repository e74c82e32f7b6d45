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
