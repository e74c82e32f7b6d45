extension ElementType {
  /// Adds the `count` first elements of `bytes` to `values`, as far as they go; integers beyond 2^53 are rounded.
  func append(
    _ count: Int, of bytes: [UInt8], isBigEndian: Bool = false, to values: inout [Double]
  ) {
    bytes.withUnsafeBytes { buffer in
      let count = min(count, buffer.count * 8 / bits)
      guard count > 0 else { return }
      if let codes = codeValues { return append(count, of: buffer, codes, to: &values) }
      let read = Elements(buffer: buffer, count: count, isBigEndian: isBigEndian)
      switch self {
      case .int16: read.append(UInt16.self, to: &values) { Double(Int16(bitPattern: $0)) }
      case .uint16: read.append(UInt16.self, to: &values) { Double($0) }
      case .int32: read.append(UInt32.self, to: &values) { Double(Int32(bitPattern: $0)) }
      case .uint32: read.append(UInt32.self, to: &values) { Double($0) }
      case .int64: read.append(UInt64.self, to: &values) { Double(Int64(bitPattern: $0)) }
      case .uint64: read.append(UInt64.self, to: &values) { Double($0) }
      case .float16: read.append(UInt16.self, to: &values) { Double(Self.half($0)) }
      case .bfloat16:
        read.append(UInt16.self, to: &values) { Double(Float(bitPattern: UInt32($0) << 16)) }
      case .float32: read.append(UInt32.self, to: &values) { Double(Float(bitPattern: $0)) }
      case .float64: read.append(UInt64.self, to: &values) { Double(bitPattern: $0) }
      default: break
      }
    }
  }

  /// Codes of at most eight bits; those that share bytes begin with the lowest bits.
  private func append(
    _ count: Int, of buffer: UnsafeRawBufferPointer, _ codes: [Double], to values: inout [Double]
  ) {
    guard isPacked else {
      for byte in buffer.prefix(count) { values.append(codes[Int(byte)]) }
      return
    }
    let mask = 1 << bits - 1
    var pending = 0
    var pendingBits = 0
    var place = 0
    for _ in 0..<count {
      if pendingBits < bits {
        pending |= Int(buffer[place]) << pendingBits
        pendingBits += 8
        place += 1
      }
      values.append(codes[pending & mask])
      pending >>= bits
      pendingBits -= bits
    }
  }

  /// A binary16, by hand: not every machine has the type.
  static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let size = Float(fraction) * 0x1p-24
      return sign == 0 ? size : -size
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}

/// The first elements of bytes.
private struct Elements {
  let buffer: UnsafeRawBufferPointer
  /// At most as many as the buffer holds.
  let count: Int
  let isBigEndian: Bool

  @inline(__always)
  func append<Bits: FixedWidthInteger>(
    _ type: Bits.Type, to values: inout [Double], _ value: (Bits) -> Double
  ) {
    let size = MemoryLayout<Bits>.size
    values.reserveCapacity(values.count + count)
    for place in 0..<count {
      let bits = buffer.loadUnaligned(fromByteOffset: place * size, as: type)
      values.append(value(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)))
    }
  }
}
