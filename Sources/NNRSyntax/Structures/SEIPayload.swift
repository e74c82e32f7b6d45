// The end of an SEI payload: format reference 13.3.

extension Element {
  /// Data of later editions.
  public static let reservedPayloadExtensionData = Element(
    "reserved_payload_extension_data", .extensionData,
    "Data of later editions in front of the stop bit; readers step over it.", section: "13.3")
  /// The stop bit.
  public static let payloadBitEqualToOne = Element(
    "payload_bit_equal_to_one", .f(1), "The stop bit of the payload.", section: "13.3")
  /// Zeros up to the byte.
  public static let payloadBitEqualToZero = Element(
    "payload_bit_equal_to_zero", .zeros, "Zeros up to the end of the payload.", section: "13.3")
}

extension Variable {
  /// The bits up to the next byte; 0 where one begins.
  static let bitsToByte = Variable(
    name: "bitsToByte", meaning: "the bits up to the next byte, 0 where one begins"
  ) { (8 - $0.position % 8) % 8 }

  /// more_data_in_payload(): whether bits stand before the stop bit.
  static let moreDataInPayload = Variable(
    name: "more_data_in_payload()", meaning: "whether bits are left in front of the last 1 bit"
  ) { scope in scope.position < scope.context.payload?.lastOneBit ?? -1 ? 1 : 0 }

  /// The bits of the payload that are left.
  static let payloadBitsLeft = Variable(
    name: "payloadBitsLeft", meaning: "the bits of the payload that are left"
  ) { scope in max(0, (scope.context.payload?.bitCount ?? 0) - scope.position) }
}

extension Structure {
  /// Extension data, stop bit and zeros, if any bits are left.
  static let payloadEnd = Structure("sei_payload_end", section: "13.3") {
    when(.payloadBitsLeft > 0) {
      when(.moreDataInPayload == 1) { Element.reservedPayloadExtensionData }
      Element.payloadBitEqualToOne
      when(.bitsToByte > 0) { Element.payloadBitEqualToZero }
    }
  }
}
