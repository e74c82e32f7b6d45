import NNRSyntax
import PlainText

/// How the bits of a descriptor become its number, in words and with the numbers filled in (format reference 1.3, 1.4).
enum CodeWord {
  /// The steps from `bits` (characters 0 and 1) to the number; none where there is nothing to explain.
  ///
  /// `order` is the order of an exp-Golomb code.
  static func steps(_ descriptor: Descriptor, bits: String, order: Int) -> [String] {
    switch descriptor {
    case .u(let count):
      guard count > 1, count <= 64, let number = UInt64(bits, radix: 2) else { return [] }
      return ["\(bits) in binary = \(number)"]
    case .i(let count): return twosComplement(bits, count)
    case .ue: return exponentialGolomb(bits, order: order).steps
    case .ie:
      let code = exponentialGolomb(bits, order: order)
      guard let number = code.number else { return code.steps }
      return code.steps + [folded(number)]
    case .flt32: return float(bits)
    case .flt32Tensor: return float(String(bits.prefix(32)), label: "the first one: ")
    case .alignment:
      return ["one bit 1, then zeros to the next byte: \(bits)"]
    case .st, .bs, .bits, .ae, .f, .zeros, .uv, .extensionData, .payloadBytes: return []
    }
  }

  private static func twosComplement(_ bits: String, _ count: Int) -> [String] {
    guard count > 0, count < 63, let number = Int(bits, radix: 2) else { return [] }
    let plain = "\(bits) in binary = \(number)"
    guard bits.hasPrefix("1") else { return [plain, "sign bit 0: it is \(number)"] }
    return [
      plain,
      "sign bit 1: \(number) − 2^\(count) = \(number) − \(1 << count) = \(number - (1 << count))",
    ]
  }

  /// The number of an exp-Golomb code and the way to it; nil where the bits are no whole code.
  static func exponentialGolomb(_ bits: String, order: Int) -> (number: Int?, steps: [String]) {
    let zeros = bits.prefix { $0 == "0" }.count
    let length = order + zeros
    let suffix = String(bits.dropFirst(zeros + 1))
    guard order >= 0, length < 62, suffix.count == length else { return (nil, []) }
    let parts = (0..<zeros).map { 1 << (order + $0) }
    let base = parts.reduce(0, +)
    let rest = Int(suffix, radix: 2) ?? 0
    var steps = [
      "prefix \(String(repeating: "0", count: zeros))1: \(zeros) zero\(zeros == 1 ? "" : "s")"
        + (parts.isEmpty ? "" : " = " + sum(parts, order: order, zeros: zeros))
    ]
    steps.append(
      length == 0
        ? "no suffix: k = \(order), no zeros"
        : "suffix \(suffix) = \(rest) (k + zeros = \(length) bit\(length == 1 ? "" : "s"))")
    steps.append("\(base) + \(rest) = \(base + rest)")
    return (base + rest, steps)
  }

  private static func sum(_ parts: [Int], order: Int, zeros: Int) -> String {
    guard parts.count > 1 else { return "2^\(order) = \(parts[0])" }
    let total = parts.reduce(0, +)
    guard parts.count <= 4 else { return "2^\(order) + … + 2^\(order + zeros - 1) = \(total)" }
    let powers = (0..<zeros).map { "2^\(order + $0)" }
    return powers.joined(separator: " + ") + " = \(total)"
  }

  private static func folded(_ number: Int) -> String {
    if number == 0 { return "ie: 0 stays 0" }
    return number % 2 == 1
      ? "ie: \(number) is odd: (\(number) + 1) / 2 = \((number + 1) / 2)"
      : "ie: \(number) is even: −\(number) / 2 = \(-number / 2)"
  }

  private static func float(_ bits: String, label: String = "") -> [String] {
    guard bits.count == 32 else { return [] }
    var rest = Substring(bits)
    var bytes: [UInt32] = []
    while !rest.isEmpty {
      bytes.append(UInt32(rest.prefix(8), radix: 2) ?? 0)
      rest = rest.dropFirst(8)
    }
    let pattern = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | $1 }
    let exponent = Int(pattern >> 23 & 0xff)
    let fraction = pattern & 0x7f_ffff
    let value = Float(bitPattern: pattern)
    let spelled = HexText.bytes(bytes.map { UInt8($0) }, separator: " ")
    let word = String(pattern, radix: 16)
    let padded = String(repeating: "0", count: 8 - word.count) + word
    let sign = pattern >> 31 == 1 ? "−" : "+"
    let parts: String
    switch (exponent, fraction) {
    case (255, 0): parts = "exponent 255, fraction 0: infinity"
    case (255, _): parts = "exponent 255, fraction not 0: not a number"
    case (0, 0): parts = "exponent 0, fraction 0: \(sign)0"
    case (0, _): parts = "exponent 0: \(sign)\(fraction) · 2^−149 = \(value)"
    default:
      parts =
        "\(sign)(1 + \(fraction) / 2^23) · 2^(\(exponent) − 127) = \(value)"
    }
    return ["\(label)bytes \(spelled), the least significant first = 0x\(padded)", parts]
  }
}
