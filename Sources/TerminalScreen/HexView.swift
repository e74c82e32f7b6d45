import PlainText

/// Styled bit ranges over bytes; later marks win.
///
/// A mark that highlights nothing lends its role to the digits and underlines them, whatever highlights them.
public struct BitMark: Hashable, Sendable {
  /// First bit and the bit after the last, counted from the start of the stream.
  public var bits: Range<UInt64>
  /// What lies under the bits.
  public var highlight: Highlight
  /// The role of the digits.
  public var role: Role

  /// Makes a mark.
  public init(_ bits: Range<UInt64>, _ highlight: Highlight, role: Role = .normal) {
    self.bits = bits
    self.highlight = highlight
    self.role = role
  }
}

/// A letter at the end of the row in which something begins.
public struct BitFlag: Hashable, Sendable {
  /// The bit, counted from the start of the stream.
  public var bit: UInt64
  /// The letter.
  public var letter: Character
  /// Its role.
  public var role: Role

  /// Makes a flag.
  public init(_ bit: UInt64, _ letter: Character, _ role: Role) {
    self.bit = bit
    self.letter = letter
    self.role = role
  }
}

/// Rows of bytes in hexadecimal with characters beside them.
public struct HexView: Widget {
  /// Address of the first byte shown; a multiple of `bytesPerRow` looks best.
  public var start: UInt64
  /// Bytes from `start` on, at least as many as fit or all there are.
  public var bytes: [UInt8]
  /// Bytes in a row.
  public var bytesPerRow: Int
  /// Highlights.
  public var marks: [BitMark]
  /// Letters beside rows; the first of a row is shown, where there is room.
  public var flags: [BitFlag]
  /// The bit under the cursor.
  public var cursor: UInt64?
  /// Digits of the address.
  public var addressDigits: Int
  /// The address that is shown of a byte.
  public var address: (UInt64) -> UInt64
  /// The bytes in front of which others are left out, marked by an apostrophe.
  public var gaps: Set<UInt64>

  /// Makes a view.
  public init(
    start: UInt64, bytes: [UInt8], bytesPerRow: Int = 16, marks: [BitMark] = [],
    flags: [BitFlag] = [], cursor: UInt64? = nil, addressDigits: Int = 6,
    gaps: Set<UInt64> = [], address: @escaping (UInt64) -> UInt64 = { $0 }
  ) {
    self.gaps = gaps
    self.address = address
    self.flags = flags
    self.start = start
    self.bytes = bytes
    self.bytesPerRow = max(1, bytesPerRow)
    self.marks = marks
    self.cursor = cursor
    self.addressDigits = addressDigits
  }

  /// Bytes that fit in a row of `width` columns: 32, 16, 8, 4, 2 or 1.
  public static func bytesPerRow(width: Int, addressDigits: Int = 6) -> Int {
    [32, 16, 8, 4, 2].first { columns($0, addressDigits) <= width } ?? 1
  }

  /// Columns of a row: address, digits with a gap every eight bytes, characters.
  private static func columns(_ count: Int, _ addressDigits: Int) -> Int {
    hexColumn(count, addressDigits) + 1 + count
  }

  /// Column of the digits of byte `index`.
  private static func hexColumn(_ index: Int, _ addressDigits: Int) -> Int {
    addressDigits + 2 + 3 * index + index / 8
  }

  /// Draws the rows.
  public func draw(on grid: inout Grid, in rect: Rect) {
    grid.clear(rect)
    let limit = min(bytes.count, rect.height * bytesPerRow)
    for row in stride(from: 0, to: limit, by: bytesPerRow) {
      let line = rect.row(row / bytesPerRow)
      let address = HexText.number(
        self.address(start + UInt64(row)), digits: addressDigits)
      grid.write(address, in: line, style: .dim)
      for index in row..<min(row + bytesPerRow, limit) {
        drawByte(index, column: index - row, on: &grid, in: line)
      }
      let bits = (start + UInt64(row)) * 8..<(start + UInt64(row + bytesPerRow)) * 8
      let end = Self.columns(bytesPerRow, addressDigits)
      if end < line.width, let flag = flags.first(where: { bits.contains($0.bit) }) {
        // Without a blank between, the letter must not look like one of the characters.
        let isTight = end + 1 == line.width
        grid.write(
          String(flag.letter), at: Point(isTight ? end : end + 1, 0), in: line,
          style: Style(flag.role, on: .none, isTight ? .reverse : []))
      }
    }
  }

  private func drawByte(_ index: Int, column: Int, on grid: inout Grid, in line: Rect) {
    let byte = bytes[index]
    let first = (start + UInt64(index)) * 8
    let x = Self.hexColumn(column, addressDigits)
    for digit in 0..<2 {
      let bits = first + UInt64(digit * 4)..<first + UInt64(digit * 4 + 4)
      let value = digit == 0 ? byte >> 4 : byte & 15
      grid.write(
        String(value, radix: 16), at: Point(x + digit, 0), in: line,
        style: Self.style(of: bits, marks))
    }
    // The blank between two bytes of one mark belongs to it.
    let across = first + 7..<first + 9
    let style = Self.style(of: across, marks)
    if column + 1 < bytesPerRow,
      marks.last(where: { $0.bits.contains(first + 7) })?.bits
        .contains(first + 8) == true
    {
      grid.write(" ", at: Point(x + 2, 0), in: line, style: style)
    }
    if gaps.contains(start + UInt64(index)) {
      grid.write("'", at: Point(x - 1, 0), in: line, style: .info)
    }
    let character = byte >= 0x20 && byte < 0x7F ? String(Unicode.Scalar(byte)) : "."
    let side = Self.hexColumn(bytesPerRow, addressDigits) + 1 + column
    grid.write(
      character, at: Point(side, 0), in: line, style: Self.style(of: first..<first + 8, marks))
    if let cursor, cursor >= first, cursor < first + 8 {
      grid.placeCursor(Point(x + (cursor - first < 4 ? 0 : 1), 0), in: line)
    }
  }

  /// The bit at a screen position, for the mouse (a hex digit is its first bit).
  public func bit(at point: Point, in rect: Rect) -> UInt64? {
    guard rect.contains(point) else { return nil }
    let row = point.y - rect.y
    let x = point.x - rect.x
    for column in 0..<bytesPerRow {
      let index = row * bytesPerRow + column
      guard index < bytes.count else { return nil }
      let digits = Self.hexColumn(column, addressDigits)
      let side = Self.hexColumn(bytesPerRow, addressDigits) + 1 + column
      let first = (start + UInt64(index)) * 8
      if x == side || x == digits { return first }
      if x == digits + 1 { return first + 4 }
    }
    return nil
  }

  /// The style of some bits: that of the last mark that touches them.
  static func style(of bits: Range<UInt64>, _ marks: [BitMark]) -> Style {
    var style = Style.normal
    for mark in marks where mark.bits.overlaps(bits) {
      if mark.highlight == .none {
        style.role = mark.role
        style.attributes = .underline
      } else {
        style = Style(
          style.attributes.isEmpty ? mark.role : style.role, on: mark.highlight, style.attributes)
      }
    }
    return style
  }
}
