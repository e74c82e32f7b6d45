import NNRReport

/// Text out of the bitstream, on its way to the screen.
enum ShownText {
  /// One printable line; what is not plainly visible becomes an escape.
  static func line(_ text: String) -> String { SafeText.line(text, limit: SafeText.usualLimit) }

  /// Bytes as one printable line; those that are no UTF-8 become escapes.
  static func line(bytes: some Sequence<UInt8>) -> String {
    SafeText.line(bytes: bytes, limit: SafeText.usualLimit)
  }
}
