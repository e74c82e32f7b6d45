/// A word or sign of a filter expression, with its place.
struct FilterToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word(String)
    case quoted(String)
    case comparison(FilterComparison)
    case open
    case close
    case unclosedQuote(String)
    case stray(String)
    case end
  }

  var kind: Kind
  var range: Range<Int>

  /// The word in lower case, if it is one; long words are no keywords.
  var keyword: String? {
    guard case .word(let word) = kind, word.utf8.count <= 5 else { return nil }
    return word.lowercased()
  }

  /// How the token is shown in an error: cut, for it may be long.
  var shown: String {
    switch kind {
    case .word(let word), .quoted(let word), .unclosedQuote(let word), .stray(let word):
      word.count > 40 ? word.prefix(40) + "…" : word
    case .comparison(let comparison): comparison.rawValue
    case .open: "("
    case .close: ")"
    case .end: ""
    }
  }
}

/// How two values are compared.
enum FilterComparison: String, Hashable, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains = "~"
  case containsNot = "!~"

  /// Whether it asks for a piece of text.
  var isPiecewise: Bool { self == .contains || self == .containsNot }

  /// Whether it holds between two values of which the first stands before (less than 0), with or behind the second.
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    case .contains, .containsNot: false
    }
  }
}

/// Cuts a filter expression into tokens; any bytes give some tokens, the last is always `end`.
struct FilterLexer {
  private let bytes: [UInt8]
  private var index = 0

  static func tokens(_ text: String) -> [FilterToken] {
    var lexer = FilterLexer(bytes: Array(text.utf8))
    var result: [FilterToken] = []
    while true {
      let token = lexer.next()
      result.append(token)
      if token.kind == .end { return result }
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private mutating func next() -> FilterToken {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    let start = index
    guard index < bytes.count else { return FilterToken(kind: .end, range: start..<start) }
    let kind = sign() ?? quoted() ?? word() ?? stray()
    return FilterToken(kind: kind, range: start..<index)
  }

  private mutating func sign() -> FilterToken.Kind? {
    let byte = bytes[index]
    let following = index + 1 < bytes.count ? bytes[index + 1] : 0
    let equals = UInt8(ascii: "=")
    let tilde = UInt8(ascii: "~")
    switch byte {
    case UInt8(ascii: "("): return take(1, .open)
    case UInt8(ascii: ")"): return take(1, .close)
    case tilde: return take(1, .comparison(.contains))
    case equals: return take(following == equals ? 2 : 1, .comparison(.equal))
    case UInt8(ascii: "!") where following == equals: return take(2, .comparison(.notEqual))
    case UInt8(ascii: "!") where following == tilde: return take(2, .comparison(.containsNot))
    case UInt8(ascii: "<") where following == equals: return take(2, .comparison(.lessOrEqual))
    case UInt8(ascii: "<") where following == UInt8(ascii: ">"):
      return take(2, .comparison(.notEqual))
    case UInt8(ascii: "<"): return take(1, .comparison(.less))
    case UInt8(ascii: ">") where following == equals: return take(2, .comparison(.greaterOrEqual))
    case UInt8(ascii: ">"): return take(1, .comparison(.greater))
    default: return nil
    }
  }

  private mutating func take(_ count: Int, _ kind: FilterToken.Kind) -> FilterToken.Kind {
    index += count
    return kind
  }

  /// Text in single or double quotation marks; a backslash keeps the next character as it is.
  private mutating func quoted() -> FilterToken.Kind? {
    let mark = bytes[index]
    guard mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else { return nil }
    index += 1
    var text: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == mark { return .quoted(String(decoding: text, as: UTF8.self)) }
      if byte == UInt8(ascii: "\\") && index < bytes.count {
        text.append(bytes[index])
        index += 1
      } else {
        text.append(byte)
      }
    }
    return .unclosedQuote(String(decoding: text, as: UTF8.self))
  }

  private mutating func word() -> FilterToken.Kind? {
    let start = index
    while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
    return index > start ? .word(String(decoding: bytes[start..<index], as: UTF8.self)) : nil
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
      true
    default: "_./:+-%*#[]@$".utf8.contains(byte)
    }
  }

  private mutating func stray() -> FilterToken.Kind {
    index += 1
    return .stray(String(decoding: bytes[index - 1..<index], as: UTF8.self))
  }
}
