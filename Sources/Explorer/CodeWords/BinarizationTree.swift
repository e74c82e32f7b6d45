import TerminalScreen

/// The tree of decisions by which a level is coded, with the way taken.
///
/// The trunk goes down where a bin is 1; to the right stands what a 0 means. Marks tell the way without colour: `●` was
/// asked, `○` was not, `▶` leads to the end.
enum BinarizationTree {
  /// Flags that were not asked and are drawn before the others are only counted.
  private static let shownRest = 1

  /// The lines at a width.
  static func lines(_ binarization: Binarization, width: Int) -> [StyledText] {
    let steps = binarization.steps
    guard !steps.isEmpty else {
      return StyledText.wrap("nothing is coded: the codebook has one entry", width: width)
    }
    let isNarrow = width < 44
    let bins = steps.map { "\($0.bin)" }.joined(separator: " ")
    var lines = StyledText.wrap(
      "level \(binarization.level): bins \(bins)", width: width, style: .heading)
    for (place, step) in steps.enumerated() {
      lines += node(step, isLast: place + 1 == steps.count, isNarrow)
    }
    return lines + rest(binarization, isNarrow)
  }

  private static func node(_ step: Binarization.Step, isLast: Bool, _ isNarrow: Bool)
    -> [StyledText]
  {
    let bold = Style.coded.adding(.bold)
    switch step.question {
    case .sign:
      let isNegative = step.bin == 1
      return [
        StyledText("● ", bold) + StyledText(pad("sign_flag", isNarrow), bold)
          + StyledText(isNegative ? "0 + " : "0▶+ ", isNegative ? .dim : bold)
          + StyledText(isNegative ? "1▶−" : "1 −", isNegative ? bold : .dim),
        StyledText("│", isLast ? .dim : bold),
      ]
    case .suffix(let place):
      return [
        StyledText("● ", bold)
          + StyledText(
            pad(isNarrow ? "suffix \(place)" : "abs_remainder suffix \(place)", isNarrow), bold)
          + StyledText("\(step.bin)", .number)
      ]
    default:
      let isZero = step.bin == 0
      let (name, leaf) = words(step.question, isNarrow)
      return [
        StyledText("● ", bold) + StyledText(pad(name, isNarrow), bold)
          + StyledText(isZero ? "─0▶ " : "─0─ ", isZero ? bold : .dim)
          + StyledText(leaf, isZero ? .number.adding(.bold) : .dim),
        StyledText("│1", isZero ? .dim : bold),
      ]
    }
  }

  /// What was not asked any more.
  private static func rest(_ binarization: Binarization, _ isNarrow: Bool) -> [StyledText] {
    guard let last = binarization.steps.last else { return [] }
    var next: Int
    switch last.question {
    case .significance: next = 1
    case .sign: next = 1
    case .greater(let than) where last.bin == 0: next = than + 1
    default: return []
    }
    var lines: [StyledText] = []
    if case .significance = last.question {
      lines.append(StyledText("○ " + pad("sign_flag", isNarrow) + "0 + 1 −", .dim))
      lines.append(StyledText("│", .dim))
    }
    let open = binarization.unaryLength - (next - 1)
    for _ in 0..<min(open, shownRest) {
      let (name, leaf) = words(.greater(than: next), isNarrow)
      lines.append(StyledText("○ " + pad(name, isNarrow) + "─0─ " + leaf, .dim))
      next += 1
    }
    if open > shownRest {
      lines.append(StyledText("│ … \(open - shownRest) more flags", .dim))
    }
    lines.append(
      StyledText("○ " + (isNarrow ? "remainder" : "abs_remainder: exp-Golomb, ue(0)"), .dim))
    return lines
  }

  /// The name of the bin, and what a 0 means.
  private static func words(_ question: Binarization.Question, _ isNarrow: Bool)
    -> (name: String, leaf: String)
  {
    switch question {
    case .significance: ("sig_flag", "0")
    case .sign: ("sign_flag", "+")
    case .greater(let than):
      ((isNarrow ? "greater" : "abs_level_greater") + "[\(than - 1)]", "|level| = \(than)")
    case .prefix(let least):
      // The prefix bin j asks for 2^(j + 1) - 1.
      (
        (isNarrow ? "prefix" : "abs_remainder prefix") + "[\(prefixPlace(least))]",
        "remainder < \(least)"
      )
    case .suffix(let place): ("suffix \(place)", "")
    }
  }

  private static func prefixPlace(_ least: Int) -> Int {
    max(0, Int.bitWidth - (least + 1).leadingZeroBitCount - 2)
  }

  private static func pad(_ name: String, _ isNarrow: Bool) -> String {
    name + String(repeating: " ", count: max(1, (isNarrow ? 12 : 25) - name.count))
  }
}
