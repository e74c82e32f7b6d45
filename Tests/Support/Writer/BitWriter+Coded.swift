import NNRBits
import NNRSyntax

/// Writes coded values by the descriptors of the description.
extension BitWriter {
  /// Writes `coded` (nil: 0, or nothing) and returns the value that a reader must find.
  mutating func write(_ coded: UnitPlan.Coded?, _ descriptor: Descriptor, in scope: UnitWriter)
    -> ElementValue
  {
    let number = coded?.number ?? 0
    let given = coded?.bytes ?? []
    switch descriptor {
    case .u(let count) where count > 64: return writeBits(given, count)
    case .u(let count):
      u(UInt64(bitPattern: Int64(number)), count)
      return .number(count == 64 ? number : number & (1 << count - 1))
    case .i(let count):
      i(Int64(number), count)
      return .number((number << (64 - count)) >> (64 - count))
    case .ue(let order):
      ue(UInt64(max(number, 0)), Self.order(order.evaluate(in: scope)))
      return .number(max(number, 0))
    case .ie(let order):
      ie(Int64(number), Self.order(order.evaluate(in: scope)))
      return .number(number)
    case .flt32:
      flt32(UInt32(truncatingIfNeeded: number))
      return .float(UInt32(truncatingIfNeeded: number))
    case .st:
      if case .unterminated? = coded {
        st(given, terminated: false)
      } else {
        st(given)
      }
      return .text(given, total: given.count)
    case .bs: return writeRest(given)
    case .bits(let count): return writeBits(given, count.evaluate(in: scope))
    case .alignment:
      byteAlignment(coded?.number.map { UInt64(bitPattern: Int64($0)) })
      return .none
    case .flt32Tensor(let count):
      let wanted = min(count.evaluate(in: scope), scope.plan.loopLimit) * 4
      raw(coded == nil ? [UInt8](repeating: 0, count: wanted) : given)
      return .none
    case .ae, .payloadBytes:
      raw(given)
      return .none
    case .f(let bit):
      u(UInt64(coded?.number ?? bit) & 1, 1)
      return .number((coded?.number ?? bit) & 1)
    case .zeros:
      let length = (8 - position % 8) % 8
      u(0, length)
      return .number(0)
    case .uv(let count): return writeBits(given, count.evaluate(in: scope))
    case .extensionData: return writeBits(given, given.count * 8)
    }
  }

  /// Orders above 31 have no code that a reader accepts.
  private static func order(_ order: Int) -> Int { min(max(order, 0), 31) }

  private mutating func writeBits(_ source: [UInt8], _ count: Int) -> ElementValue {
    let count = min(max(count, 0), 1 << 16)
    let total = (count + 7) / 8
    bits(source, count)
    var kept = source + [UInt8](repeating: 0, count: max(0, total - source.count))
    kept.removeLast(kept.count - total)
    if count % 8 != 0 { kept[total - 1] &= 0xff << UInt8(8 - count % 8) }
    return .bytes(kept, total: total)
  }

  /// Data to the end of the unit: a last zero is a terminator, and what can be text is text.
  private mutating func writeRest(_ data: [UInt8]) -> ElementValue {
    raw(data)
    let kept = data.last == 0 ? Array(data.dropLast()) : data
    let isText = !kept.contains(0) && String(validating: kept, as: UTF8.self) != nil
    return isText ? .text(kept, total: kept.count) : .bytes(kept, total: kept.count)
  }
}

extension UnitPlan.Coded {
  /// The number.
  var number: Int? {
    if case .number(let number) = self { return number }
    return nil
  }

  /// The bytes.
  var bytes: [UInt8]? {
    switch self {
    case .bytes(let bytes), .unterminated(let bytes): bytes
    case .number: nil
    }
  }
}
