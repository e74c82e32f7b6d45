/// How an element is written (format reference 1.3).
public indirect enum Descriptor: Sendable {
  /// u(n): n bits, most significant first. More than 64 bits are kept as bytes.
  case u(Int)
  /// i(n): two's complement of n bits.
  case i(Int)
  /// ue(k): exp-Golomb code whose order is an expression (mostly a constant).
  case ue(Expression)
  /// ie(k): ue(k) folded to signed numbers.
  case ie(Expression)
  /// flt(32): a binary32, least significant byte first.
  case flt32
  /// st(v): UTF-8 up to a zero byte.
  case st
  /// bs(v): the bytes to the end of the unit, of which one last zero byte is a terminator.
  case bs
  /// u(1) as often as the expression says, kept as bytes.
  case bits(Expression)
  /// byte_alignment(): one bit 1, then zeros to the next byte; at least one bit.
  case alignment
  /// flt(32) as often as the expression says, byte aligned: a tensor of raw floats.
  case flt32Tensor(Expression)
  /// ae(v): the arithmetic codeword to the end of the unit.
  case ae
  /// f(1): one bit whose value is fixed.
  case f(Int)
  /// f(1) as often as it takes to the next byte, each 0.
  case zeros
  /// u(v): as many bits as the expression says, kept as bytes.
  case uv(Expression)
  /// u(v): the bits in front of the last 1 bit of an SEI payload, kept as bytes.
  case extensionData
  /// b(8) to the end of an SEI payload: bytes that are looked at elsewhere.
  case payloadBytes

  /// ue(k) with a constant order.
  public static func ue(_ order: Int) -> Descriptor { .ue(.constant(order)) }
  /// ie(k) with a constant order.
  public static func ie(_ order: Int) -> Descriptor { .ie(.constant(order)) }
}

extension Descriptor: CustomStringConvertible {
  /// The spelling of the syntax tables.
  public var description: String {
    switch self {
    case .u(let count): "u(\(count))"
    case .i(let count): "i(\(count))"
    case .ue(let order): "ue(\(order))"
    case .ie(let order): "ie(\(order))"
    case .flt32: "flt(32)"
    case .st: "st(v)"
    case .bs: "bs(v)"
    case .bits(let count): "u(1) × \(count)"
    case .alignment: "1+0*"
    case .flt32Tensor(let count): "flt(32) × \(count)"
    case .ae: "ae(v)"
    case .f: "f(1)"
    case .zeros: "f(1)*"
    case .uv, .extensionData: "u(v)"
    case .payloadBytes: "b(8)"
    }
  }
}

extension Descriptor {
  /// The spelling of the syntax tables of video, for a value that took `length` bits: ue(v) is their ue(0).
  public func videoSpelling(length: Int) -> String {
    switch self {
    case .ue: "ue(v)"
    case .ie: "se(v)"
    case .zeros: "f(1)*\(length)"
    case .uv: "u(\(length))"
    default: description
    }
  }
}
