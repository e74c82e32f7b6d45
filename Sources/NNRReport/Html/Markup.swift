import PlainText

/// HTML in the making: every text and every attribute passes `SafeText.html`, every element is closed.
struct Markup {
  /// What was written so far.
  private(set) var text = ""

  /// An attribute: its name, which is ours, and its value.
  typealias Attribute = (name: String, value: String)

  /// Writes an element whose content `body` writes.
  mutating func element(
    _ name: String, _ attributes: [Attribute] = [], _ body: (inout Markup) -> Void
  ) {
    open(name, attributes)
    text += ">"
    body(&self)
    text += "</\(name)>"
  }

  /// Writes an element that holds text, of which at most `limit` characters are shown.
  mutating func element(
    _ name: String, _ attributes: [Attribute] = [], text content: String, limit: Int = .max
  ) {
    element(name, attributes) { $0.write(content, limit: limit) }
  }

  /// Writes an element without content.
  mutating func empty(_ name: String, _ attributes: [Attribute] = []) {
    open(name, attributes)
    text += "/>"
  }

  /// Writes text, at most `limit` characters of it.
  mutating func write(_ content: String, limit: Int = .max) {
    text += SafeText.html(content, limit: limit)
  }

  /// Ends a line of the source, for those who read it.
  mutating func newLine() { text += "\n" }

  /// Writes the document type, or the style and the script of the page, which hold nothing of a stream.
  mutating func write(trusted content: StaticString) { text += "\(content)" }

  private mutating func open(_ name: String, _ attributes: [Attribute]) {
    text += "<\(name)"
    for attribute in attributes {
      text += " \(attribute.name)=\"\(SafeText.html(attribute.value))\""
    }
  }
}

/// Lengths of a drawing.
enum Length {
  /// A length to a thousandth of a unit, without exponent; 0 if it is not finite.
  static func text(_ length: Double) -> String {
    guard length.isFinite, length.magnitude < 1e9 else { return "0" }
    let thousandths = Int((length * 1000).rounded())
    let (whole, part) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
    let sign = thousandths < 0 ? "-" : ""
    guard part > 0 else { return sign + "\(whole)" }
    var digits = "\(part)"
    while digits.count < 3 { digits = "0" + digits }
    while digits.hasSuffix("0") { digits.removeLast() }
    return sign + "\(whole).\(digits)"
  }
}
