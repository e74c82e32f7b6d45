import CNcurses
import CTerminal
import TerminalScreen

/// Writes grids to ncurses, only what changed since the last one.
struct Painter {
  /// Looks of the styles.
  private(set) var theme: Theme
  private var last: Grid?
  private var pairs: [PairKey: Int16] = [:]
  private var looks: [Style: (attributes: attr_t, pair: Int16)] = [:]
  private var trusted: [String: Bool] = [:]
  private let pairLimit: Int

  private struct PairKey: Hashable {
    var foreground: Int16
    var background: Int16
  }

  /// A painter that has painted nothing; needs an open ncurses screen.
  init(theme: Theme) {
    self.theme = theme
    pairLimit = min(Int(nc_pairs()) - 1, 32_000)
  }

  /// Makes the next grid be painted whole.
  mutating func forget() { last = nil }

  /// Paints the next grid whole, in other colours.
  mutating func use(_ theme: Theme) {
    self.theme = theme
    looks = [:]
    forget()
  }

  /// Paints a grid into the ncurses screen.
  ///
  /// - Returns: whether anything changed.
  mutating func paint(_ grid: Grid) -> Bool {
    let previous = last?.size == grid.size ? last : nil
    if let previous, previous == grid { return false }
    let height = min(grid.size.height, Int(nc_lines()))
    let width = min(grid.size.width, Int(nc_columns()))
    if previous == nil { werase(nc_screen()) }
    for y in 0..<height {
      let row = grid.row(y)
      let old = previous?.row(y)
      if let old, old == row { continue }
      paint(Array(row.prefix(width)), over: old.map { Array($0.prefix(width)) }, y: y)
    }
    last = grid
    return true
  }

  /// Paints the part of a row between the first and the last change.
  private mutating func paint(_ row: [Cell], over old: [Cell]?, y: Int) {
    var first = 0
    var end = row.count
    if let old, old.count == row.count {
      while first < end, row[first] == old[first] { first += 1 }
      while end > first, row[end - 1] == old[end - 1] { end -= 1 }
      // A wide character is written from its first half on, and so is one that is overwritten.
      while first > 0, row[first].width == 0 || old[first].width == 0 { first -= 1 }
      while end < row.count, row[end].width == 0 || old[end].width == 0 { end += 1 }
    }
    var x = first
    while x < end {
      let style = row[x].style
      var text: [wchar_t] = []
      let start = x
      while x < end, row[x].style == style {
        append(row[x], to: &text)
        x += 1
      }
      let look = look(of: style)
      _ = nc_set_look(look.attributes, look.pair)
      text.withUnsafeBufferPointer { buffer in
        // Writing the last cell of the screen reports an error although it is drawn.
        _ = nc_write(Int32(y), Int32(start), buffer.baseAddress, Int32(buffer.count))
      }
    }
  }

  private mutating func append(_ cell: Cell, to text: inout [wchar_t]) {
    guard cell.width > 0 else { return }
    if cell.text.utf8.count == 1 || isTrusted(cell) {
      for scalar in cell.text.unicodeScalars { text.append(wchar_t(bitPattern: scalar.value)) }
    } else {
      // The C library is older than the character: its columns would not be ours.
      for _ in 0..<cell.width { text.append(63) }
    }
  }

  /// Whether the C library gives the cell the width that the grid does.
  private mutating func isTrusted(_ cell: Cell) -> Bool {
    if let known = trusted[cell.text] { return known }
    var expected = Int32(cell.width)
    var agrees = true
    for scalar in cell.text.unicodeScalars {
      if ct_character_width(scalar.value) != expected { agrees = false }
      expected = 0
    }
    if trusted.count > 10_000 { trusted = [:] }
    trusted[cell.text] = agrees
    return agrees
  }

  private mutating func look(of style: Style) -> (attributes: attr_t, pair: Int16) {
    if let known = looks[style] { return known }
    let appearance = theme.appearance(style)
    var attributes: attr_t = 0
    if appearance.attributes.contains(.bold) { attributes |= nc_bold() }
    if appearance.attributes.contains(.underline) { attributes |= nc_underline() }
    if appearance.attributes.contains(.reverse) { attributes |= nc_reverse() }
    if appearance.attributes.contains(.dim) { attributes |= nc_dim() }
    let look = (attributes, pair(appearance))
    looks[style] = look
    return look
  }

  private mutating func pair(_ appearance: Appearance) -> Int16 {
    let key = PairKey(
      foreground: appearance.foreground.map { Int16($0.index) } ?? -1,
      background: appearance.background.map { Int16($0.index) } ?? -1)
    guard theme.depth != .monochrome, key != PairKey(foreground: -1, background: -1) else {
      return 0
    }
    if let known = pairs[key] { return known }
    guard pairs.count < pairLimit else { return 0 }
    let number = Int16(pairs.count + 1)
    guard init_pair(number, key.foreground, key.background) != ERR else { return 0 }
    pairs[key] = number
    return number
  }
}

extension wchar_t {
  /// The C character of a code point.
  fileprivate init(bitPattern value: UInt32) { self = wchar_t(truncatingIfNeeded: value) }
}
