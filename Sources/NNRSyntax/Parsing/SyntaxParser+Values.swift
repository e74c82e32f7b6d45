import NNRBits

/// How the descriptors are read, and how values are checked.
extension SyntaxParser {
  /// Reads one value by its descriptor.
  mutating func readValue(_ descriptor: Descriptor, of element: Element) throws(BitError)
    -> ElementValue
  {
    switch descriptor {
    case .u(let count) where count > 64: return try readBytes(count)
    case .u(let count): return .number(Int(clamping: try reader.u(count)))
    case .i(let count): return .number(Int(try reader.i(count)))
    case .ue(let order): return .number(Int(clamping: try reader.ue(order.evaluate(in: self))))
    case .ie(let order): return .number(Int(try reader.ie(order.evaluate(in: self))))
    case .flt32: return .float(try reader.flt32())
    case .st:
      let (bytes, total) = try reader.st(keeping: ElementValue.keptBytes)
      return .text(bytes, total: total)
    case .bs: return try readRest()
    case .bits(let count): return try readBytes(count.evaluate(in: self))
    case .alignment:
      let start = reader.position
      if !(try reader.byteAlignment()) {
        let length = reader.position - start
        reader.seek(to: start)
        let bits = String(Int(clamping: try reader.u(length)), radix: 2)
        let found = String(repeating: "0", count: length - bits.count) + bits
        note(
          .h04, BitRange(start: start, length: length),
          "the alignment bits are \(found), not a 1 and zeros")
      }
      return .none
    case .flt32Tensor(let count):
      let wanted = count.evaluate(in: self).saturatingMultiply(32)
      if wanted != reader.remaining {
        note(
          .n26, BitRange(start: reader.position, length: reader.remaining),
          "\(reader.remaining / 8) bytes for \(count.evaluate(in: self)) weights of 4 bytes")
      }
      try reader.skip(reader.remaining)
      return .none
    case .ae, .payloadBytes:
      try reader.skip(reader.remaining)
      return .none
    case .f(let bit):
      let found = Int(clamping: try reader.u(1))
      if found != bit {
        note(
          .c07, BitRange(start: reader.position - 1, length: 1),
          "\(element.name) is \(found), not \(bit)")
      }
      return .number(found)
    case .zeros:
      let length = (8 - reader.position % 8) % 8
      let found = Int(clamping: try reader.u(length))
      if found != 0 {
        note(
          .c07, BitRange(start: reader.position - length, length: length),
          "the bits of \(element.name) are not all 0")
      }
      return .number(found)
    case .uv(let count): return try readBytes(max(0, count.evaluate(in: self)))
    case .extensionData:
      return try readBytes(max(0, (context.payload?.lastOneBit ?? 0) - reader.position))
    }
  }

  private mutating func readBytes(_ count: Int) throws(BitError) -> ElementValue {
    let kept = min(count, ElementValue.keptBytes * 8)
    let start = reader.position
    guard count <= reader.remaining else {
      throw .endOfUnit(position: start, wanted: count, available: reader.remaining)
    }
    let bytes = try reader.bits(kept)
    reader.seek(to: start + count)
    return .bytes(bytes, total: (count + 7) / 8)
  }

  /// The bytes to the end of the unit, without one terminating zero; text if they look like it.
  private mutating func readRest() throws(BitError) -> ElementValue {
    let total = reader.remaining / 8
    let start = reader.position
    var bytes = try reader.bits(min(total, ElementValue.keptBytes) * 8)
    reader.seek(to: start + total * 8)
    let terminated = bytes.count == total && bytes.last == 0
    if terminated { bytes.removeLast() }
    let length = terminated ? total - 1 : total
    let isText = String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
    return isText ? .text(bytes, total: length) : .bytes(bytes, total: length)
  }

  /// Notes what is wrong with a value by itself.
  mutating func check(_ element: Element, _ value: ElementValue, _ range: BitRange) {
    switch (element.allowed, value) {
    case (.ratio, .float(let bits)):
      let number = Float(bitPattern: bits)
      if !(number >= 0 && number <= 1), let rule = element.rule {
        note(rule, range, "\(element.name) is \(number)")
      }
    case (.identifier, .text(let bytes, let total)):
      checkIdentifier(element, bytes, isCut: bytes.count < total, range)
    case (_, .number(let number)):
      if !element.allowed.allows(number), let rule = element.rule {
        note(rule, range, "\(element.name) is \(number); allowed: \(element.allowed.text)")
      }
    default: break
    }
  }

  private mutating func checkIdentifier(
    _ element: Element, _ bytes: [UInt8], isCut: Bool, _ range: BitRange
  ) {
    if element === Element.baseModelId, bytes.isEmpty {
      note(.m06, range, "\(element.name) is empty")
    }
    // A text that is not kept whole may end within a character.
    let wholes = (0...(isCut ? 3 : 0)).lazy.map { bytes.dropLast($0) }
    guard let text = wholes.compactMap({ String(validating: $0, as: UTF8.self) }).first else {
      let valid = String(decoding: bytes, as: UTF8.self).utf8
      let place = zip(bytes, valid).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      return note(
        .n07, range, "\(element.name) is not valid UTF-8 from byte \(place ?? bytes.count) on")
    }
    let categories = Set(text.unicodeScalars.lazy.map(\.properties.generalCategory))
    if categories.contains(.control) {
      note(.n07, range, "\(element.name) holds control characters", severity: .warning)
    } else if categories.contains(.format) {
      note(.n07, range, "\(element.name) holds invisible characters", severity: .warning)
    }
  }
}
