extension SafeText {
  /// `text` as a field of a CSV file (RFC 4180): printable, quoted where needed, and never a formula of a spreadsheet.
  ///
  /// Text that begins with `= + - @`, behind blanks too (a tab and a return are escaped before), gets an apostrophe in front,
  /// as spreadsheets write text that looks like a formula; numbers are not text and pass through `csvNumber` of their own.
  public static func csvField(_ text: some StringProtocol) -> String {
    var field = line(text)
    let shown = field.unicodeScalars.drop { $0 == " " }
    if let first = shown.first, "=+-@＝＋－＠".unicodeScalars.contains(first) {
      field = "'" + field
    }
    return csvQuoted(field)
  }

  /// `field` in quotation marks if RFC 4180 asks for it.
  static func csvQuoted(_ field: String) -> String {
    // Compared as bytes: a mark after a comma must not hide the comma.
    let needsQuotes = field.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
    }
    let edge = field.utf8.first == 0x20 || field.utf8.last == 0x20
    guard needsQuotes || edge else { return field }
    var result = "\""
    for scalar in field.unicodeScalars {
      if scalar == "\"" { result.unicodeScalars.append(scalar) }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// `text` for the content or a quoted attribute of an HTML or SVG document: printable, and no markup.
  public static func html(_ text: some StringProtocol, limit: Int = .max) -> String {
    var result = ""
    for scalar in line(text, limit: limit).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
