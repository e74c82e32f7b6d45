extension Element {
  /// The values that are allowed, as a person reads them: said of the element, or what its descriptor can write.
  public var range: String {
    if case .any = allowed { return descriptor.range }
    return allowed.text
  }
}

extension Descriptor {
  /// What can be written.
  public var range: String {
    switch self {
    case .u(1): "0…1"
    case .u(let bits) where bits < 63: "0…\((1 << bits) - 1)"
    case .u(let bits): "any \(bits) bits"
    case .i(let bits) where bits > 0 && bits < 63: "-\(1 << (bits - 1))…\((1 << (bits - 1)) - 1)"
    case .i(let bits): "any signed number of \(bits) bits"
    case .ue: "0 or more"
    case .ie: "any whole number"
    case .flt32, .flt32Tensor: "any 32-bit float"
    case .st: "any text without a zero byte"
    case .bs: "any bytes"
    case .bits: "any bits"
    case .alignment: "a 1, then zeros up to the byte"
    case .ae: "any codeword that ends well"
    case .f(let bit): "\(bit)"
    case .zeros: "zeros up to the byte"
    case .uv, .extensionData: "any bits"
    case .payloadBytes: "any bytes"
    }
  }
}
