import PlainText
import TerminalScreen

extension VTScreen {
  /// Carries out what the parser found.
  mutating func perform(_ action: VTParser.Action) {
    switch action {
    case .text(let text):
      let marks = CellText.width(text) == 0
      // A combining mark joins the character before the cursor.
      if marks || isMark(text), cursor.x > 0 {
        cells[cursor.y][cursor.x - 1].text += text
      } else {
        show(text)
      }
    case .control(let byte): control(byte)
    case .escape(let byte): escape(byte)
    case .sequence(let marker, let numbers, let final):
      if marker == UInt8(ascii: "?") {
        mode(numbers, set: final == UInt8(ascii: "h"))
      } else if marker == 0 {
        sequence(final, numbers)
      }
    }
  }

  private func isMark(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      [.nonspacingMark, .enclosingMark].contains($0.properties.generalCategory)
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 8: move(min(cursor.x, size.width - 1) - 1, cursor.y)
    case 9: move((cursor.x / 8 + 1) * 8, cursor.y)
    case 10, 11, 12: newline(carriage: false)
    case 13: cursor.x = 0
    case 7, 14, 15: break
    default: strays.append(byte)
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): move(saved.x, saved.y)
    case UInt8(ascii: "D"): newline(carriage: false)
    case UInt8(ascii: "E"): newline(carriage: true)
    case UInt8(ascii: "M"):
      if cursor.y == region.lowerBound { scroll(-1) } else { move(cursor.x, cursor.y - 1) }
    case UInt8(ascii: "c"): self = VTScreen(size)
    default: break
    }
  }

  private mutating func mode(_ numbers: [Int], set: Bool) {
    for number in numbers {
      let was = modes.contains(number)
      if set { modes.insert(number) } else { modes.remove(number) }
      guard number == 1049, was != set else { continue }
      if set {
        main = cells
        saved = cursor
        cells = Self.blank(size)
      } else {
        cells = main
        main = []
        move(saved.x, saved.y)
      }
    }
  }

  private mutating func sequence(_ final: UInt8, _ numbers: [Int]) {
    let count = max(1, numbers.first ?? 1)
    let y = min(cursor.y, size.height - 1)
    switch Character(UnicodeScalar(final)) {
    case "A": move(cursor.x, cursor.y - count)
    case "B", "e": move(cursor.x, cursor.y + count)
    case "C", "a": move(cursor.x + count, cursor.y)
    case "D": move(min(cursor.x, size.width - 1) - count, cursor.y)
    case "E": move(0, cursor.y + count)
    case "F": move(0, cursor.y - count)
    case "G", "`": move(count - 1, cursor.y)
    case "d": move(cursor.x, count - 1)
    case "H", "f": move(max(1, numbers.dropFirst().first ?? 1) - 1, count - 1)
    case "J": eraseDisplay(numbers.first ?? 0)
    case "K": eraseLine(numbers.first ?? 0)
    case "X": erase(row: y, cursor.x..<cursor.x + count)
    case "P": removeCells(count)
    case "@": insertCells(count)
    case "L": if region.contains(y) { shift(y..<region.upperBound, by: -count) }
    case "M": if region.contains(y) { shift(y..<region.upperBound, by: count) }
    case "S": scroll(count)
    case "T": scroll(-count)
    case "b": for _ in 0..<min(count, size.width) { show(lastText) }
    case "r": setRegion(numbers)
    case "m": setLook(numbers)
    default: break
    }
  }

  private mutating func setRegion(_ numbers: [Int]) {
    let top = max(1, numbers.first ?? 1) - 1
    let last = numbers.dropFirst().first ?? 0
    let bottom = last == 0 ? size.height : min(last, size.height)
    region = top < bottom ? top..<bottom : 0..<size.height
    cursor = Point(0, 0)
  }

  private mutating func setLook(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let number = rest.popFirst() {
      switch number {
      case 0, 27: reversed = false
      case 7: reversed = true
      case 38, 48: rest = rest.dropFirst(rest.first == 5 ? 2 : 4)
      default: break
      }
    }
  }

  private mutating func eraseDisplay(_ kind: Int) {
    if kind != 1 {
      eraseLine(kind == 0 ? 0 : 2)
      for y in (kind == 0 ? cursor.y + 1 : 0)..<max(size.height, cursor.y + 1) {
        erase(row: y, 0..<size.width)
      }
    } else {
      eraseLine(1)
      for y in 0..<cursor.y { erase(row: y, 0..<size.width) }
    }
  }

  private mutating func eraseLine(_ kind: Int) {
    let x = min(cursor.x, max(0, size.width - 1))
    switch kind {
    case 0: erase(row: cursor.y, x..<size.width)
    case 1: erase(row: cursor.y, 0..<x + 1)
    default: erase(row: cursor.y, 0..<size.width)
    }
  }

  private mutating func erase(row: Int, _ columns: Range<Int>) {
    guard cells.indices.contains(row) else { return }
    for x in columns.clamped(to: 0..<size.width) { cells[row][x] = Mark() }
  }

  private mutating func removeCells(_ count: Int) {
    guard cells.indices.contains(cursor.y), cursor.x < size.width else { return }
    let count = min(count, size.width - cursor.x)
    cells[cursor.y].removeSubrange(cursor.x..<cursor.x + count)
    cells[cursor.y] += Array(repeating: Mark(), count: count)
  }

  private mutating func insertCells(_ count: Int) {
    guard cells.indices.contains(cursor.y), cursor.x < size.width else { return }
    let count = min(count, size.width - cursor.x)
    cells[cursor.y].insert(contentsOf: Array(repeating: Mark(), count: count), at: cursor.x)
    cells[cursor.y].removeLast(count)
  }
}
