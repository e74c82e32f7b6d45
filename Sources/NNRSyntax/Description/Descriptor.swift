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
    }
  }
}
