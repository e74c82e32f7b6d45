import NNRSyntax
import TerminalScreen

/// The bits of a code word divided into fields that have a name.
struct BitFields {
  /// The fields, left to right.
  let fields: [(name: String, bits: String)]

  /// The fields of a code word; nil where its bits are all of one kind.
  init?(_ descriptor: Descriptor?, bits: String) {
    switch descriptor {
    case .ue, .ie:
      let zeros = bits.prefix { $0 == "0" }.count
      guard zeros < bits.count else { return nil }
      let prefix = String(bits.prefix(zeros + 1))
      let suffix = String(bits.dropFirst(zeros + 1))
      fields = suffix.isEmpty ? [("prefix", prefix)] : [("prefix", prefix), ("suffix", suffix)]
    case .i:
      guard bits.count > 1 else { return nil }
      fields = [("sign", String(bits.prefix(1))), ("rest", String(bits.dropFirst()))]
    case .flt32:
      guard bits.count == 32 else { return nil }
      fields = (0..<4).map { byte in
        (
          byte == 0 ? "low byte" : byte == 3 ? "high byte" : "",
          String(bits.dropFirst(8 * byte).prefix(8))
        )
      }
    case .alignment:
      guard bits.hasPrefix("1") else { return nil }
      fields = [("1", "1"), ("zeros", String(bits.dropFirst()))].filter { !$0.bits.isEmpty }
    default: return nil
    }
  }

  /// Bits, a brace below each field, and its name.
  var lines: [StyledText] {
    var (top, middle, bottom) = (StyledText(), StyledText(), StyledText())
    for (place, field) in fields.enumerated() {
      let width = max(field.bits.count, field.name.count) + 1
      func padded(_ text: String) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
      }
      top.append(padded(field.bits), place == 0 ? .number.adding(.bold) : .number)
      middle.append(padded("└" + String(repeating: "─", count: max(0, field.bits.count - 1))), .dim)
      bottom.append(padded(field.name), .name)
    }
    return [top, middle, bottom]
  }
}
