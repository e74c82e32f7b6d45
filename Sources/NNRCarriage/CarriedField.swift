import NNRBits
import NNRSyntax

/// An element of a post-filter message, as tables and JSON list it.
public struct CarriedField: Sendable {
  /// The value of a field.
  public enum Value: Hashable, Sendable {
    case number(Int)
    /// Text as it was coded, bits as 0 and 1, or how many bytes are carried; not safe to print.
    case text(String)
  }

  /// The name with its indices.
  public let name: String
  /// The value.
  public let value: Value
  /// What the value is called; nil if it has no name.
  public let meaning: String?
  /// The bits of the payload, emulation prevention removed.
  public let bits: BitRange
  /// The descriptor, as the syntax tables of video spell it.
  public let descriptor: String
}

extension CarriedMessage {
  /// The elements, in the order of the bits; none for messages that are not about post-filters.
  public var fields: [CarriedField] {
    guard let tree else { return [] }
    return tree.elements.compactMap { place in
      let node = tree.nodes[place]
      guard let element = node.element, let descriptor = node.descriptor else { return nil }
      let isPayload = element == .nnpfcPayloadByte
      let value: CarriedField.Value =
        switch node.value {
        case .number(let number): .number(number)
        case .text(let bytes, _): .text(String(decoding: bytes, as: UTF8.self))
        case .bytes(let bytes, _): .text(Self.bits(bytes, node.range.length))
        case .none where isPayload: .text("\(node.range.length / 8) bytes")
        case .none, .float: .text("")
        }
      return CarriedField(
        name: isPayload ? element.name + "[]" : node.name, value: value, meaning: node.valueName,
        bits: node.range, descriptor: descriptor.videoSpelling(length: node.range.length))
    }
  }

  private static func bits(_ bytes: [UInt8], _ count: Int) -> String {
    let all = bytes.map { byte in
      let digits = String(byte, radix: 2)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }
    return String(all.joined().prefix(count))
  }
}
