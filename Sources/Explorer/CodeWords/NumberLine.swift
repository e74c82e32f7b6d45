import TerminalScreen

/// The entries of a codebook on a line.
enum NumberLine {
  /// The line with a mark below the entry in use; more entries than columns share them.
  static func lines(_ entries: [Int], zero: Int, selected: Int?, width: Int) -> [StyledText] {
    guard let low = entries.min(), let high = entries.max() else {
      return [StyledText("no entries", .dim)]
    }
    let room = max(2, width)
    func place(_ value: Int) -> Int {
      guard high > low else { return 0 }
      return Int((Double(value) - Double(low)) / (Double(high) - Double(low)) * Double(room - 1))
    }
    var counts = [Int](repeating: 0, count: room)
    for entry in entries { counts[place(entry)] += 1 }
    var axis = StyledText()
    let origin = entries.indices.contains(zero) ? place(entries[zero]) : nil
    for (column, count) in counts.enumerated() {
      switch count {
      case 0: axis.append("─", .dim)
      case 1: axis.append(column == origin ? "0" : "┼", column == origin ? .title : .number)
      default: axis.append(column == origin ? "0" : "#", column == origin ? .title : .number)
      }
    }
    var lines = [axis]
    if let selected, entries.indices.contains(selected) {
      let column = place(entries[selected])
      let label = "entry \(selected) = \(entries[selected])"
      let before = min(column, max(0, room - label.count - 2))
      // The label stands right of the mark, or left of it at the end of the line.
      let text =
        before == column
        ? String(repeating: " ", count: column) + "▲ " + label
        : String(repeating: " ", count: max(0, column - label.count - 1)) + label + " ▲"
      lines.append(StyledText(text, .derived))
    }
    let (first, last) = ("\(low)", "\(high)")
    let gap = String(repeating: " ", count: max(1, room - first.count - last.count))
    lines.append(StyledText(first + gap + last, .dim))
    if counts.contains(where: { $0 > 1 }) {
      lines.append(StyledText("# several entries", .dim))
    }
    return lines
  }
}
