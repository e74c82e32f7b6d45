import PlainText
import TerminalScreen

/// The screen of a terminal as xterm would show it: enough of it to test programs in a pty.
public struct VTScreen: Sendable {
  /// Rows and columns.
  public private(set) var size: Size
  /// Cursor position.
  public internal(set) var cursor = Point(0, 0)
  /// Private modes that are set, such as 1049 (alternate screen) or 25 (cursor shown).
  public internal(set) var modes: Set<Int> = [25, 7]
  /// Bytes that are control codes nobody should have sent, for security tests.
  public internal(set) var strays: [UInt8] = []

  /// The screen that is shown.
  var cells: [[Mark]]
  /// The main screen while the alternate one is up.
  var main: [[Mark]] = []
  /// Whether text is written in reverse.
  var reversed = false
  /// Rows that scroll.
  var region: Range<Int>
  /// Cursor saved by the program.
  var saved = Point(0, 0)
  /// The character that a repeat repeats.
  var lastText = " "
  /// Sequences that are half read.
  var parser = VTParser()

  /// A cell: its text (empty behind a wide character) and whether it is reversed.
  struct Mark: Sendable, Equatable {
    /// Character with its marks.
    var text = " "
    /// Whether it is shown in reverse.
    var reversed = false
  }

  /// An empty screen.
  public init(_ size: Size) {
    self.size = size
    region = 0..<size.height
    cells = Self.blank(size)
  }

  /// Empty rows.
  static func blank(_ size: Size) -> [[Mark]] {
    Array(repeating: Array(repeating: Mark(), count: size.width), count: size.height)
  }

  /// The rows without trailing blanks.
  public var lines: [String] {
    cells.map { row in
      var text = Substring(row.map(\.text).joined())
      while text.last == " " { text.removeLast() }
      return String(text)
    }
  }

  /// The rows joined by newlines.
  public var text: String { lines.joined(separator: "\n") }

  /// The parts of each row shown in reverse, for selections.
  public var reversedTexts: [String] {
    cells.compactMap { row in
      let text = row.filter(\.reversed).map(\.text).joined()
      return text.isEmpty ? nil : text
    }
  }

  /// Whether the alternate screen is up.
  public var isAlternate: Bool { modes.contains(1049) }

  /// Changes the size; keeps what fits.
  public mutating func resize(_ size: Size) {
    func fit(_ old: [[Mark]]) -> [[Mark]] {
      var new = Self.blank(size)
      for y in 0..<min(size.height, old.count) {
        for x in 0..<min(size.width, old[y].count) { new[y][x] = old[y][x] }
      }
      return new
    }
    cells = fit(cells)
    if !main.isEmpty { main = fit(main) }
    self.size = size
    region = 0..<size.height
    move(cursor.x, cursor.y)
  }

  /// Takes output of the program.
  public mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      if let action = parser.feed(byte) { perform(action) }
    }
  }

  /// Moves the cursor, clamped onto the screen.
  mutating func move(_ x: Int, _ y: Int) {
    cursor = Point(min(max(0, x), size.width - 1), min(max(0, y), size.height - 1))
  }

  /// Writes a character at the cursor.
  mutating func show(_ text: String) {
    let width = CellText.width(text)
    if cursor.x + width > size.width { newline(carriage: true) }
    guard cursor.y < size.height, cursor.x + width <= size.width else { return }
    cells[cursor.y][cursor.x] = Mark(text: text, reversed: reversed)
    if width == 2 { cells[cursor.y][cursor.x + 1] = Mark(text: "", reversed: reversed) }
    lastText = text
    // Past the last column the cursor waits; the next character wraps.
    cursor.x += width
  }

  /// Goes to the next row, scrolling at the end of the region.
  mutating func newline(carriage: Bool) {
    if carriage { cursor.x = 0 }
    if cursor.y == region.upperBound - 1 {
      scroll(1)
    } else {
      cursor.y = min(cursor.y + 1, size.height - 1)
    }
  }

  /// Moves the rows of the scroll region up (or down if negative).
  mutating func scroll(_ count: Int) { shift(region, by: count) }

  /// Moves rows up (or down if negative) and blanks those that come free.
  mutating func shift(_ rows: Range<Int>, by count: Int) {
    guard !rows.isEmpty, rows.upperBound <= size.height else { return }
    let empty = Array(repeating: Mark(), count: size.width)
    for _ in 0..<min(abs(count), rows.count) {
      if count > 0 {
        cells.remove(at: rows.lowerBound)
        cells.insert(empty, at: rows.upperBound - 1)
      } else {
        cells.remove(at: rows.upperBound - 1)
        cells.insert(empty, at: rows.lowerBound)
      }
    }
  }
}
