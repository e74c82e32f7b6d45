/// The bins of a level, worked out from its value (format reference 4.8).
struct Binarization: Sendable, Hashable {
  /// What a bin asks.
  enum Question: Sendable, Hashable {
    /// sig_flag: is the level other than 0?
    case significance
    /// sign_flag: is it negative?
    case sign
    /// abs_level_greater: is the magnitude greater than this?
    case greater(than: Int)
    /// A bin of the remainder's prefix: is the remainder at least this?
    case prefix(atLeast: Int)
    /// A bit of the remainder's suffix, by its place from the most significant.
    case suffix(Int)
  }

  /// A bin of the level.
  struct Step: Sendable, Hashable {
    /// What it asks.
    let question: Question
    /// The answer.
    let bin: Int
  }

  /// The level.
  let level: Int
  /// How many abs_level_greater flags a level may have.
  let unaryLength: Int
  /// The bins in their order; none where a codebook of one entry leaves nothing to say.
  let steps: [Step]

  /// The bins of a level; `codebook` bounds it where bins know of the codebook.
  init(_ level: Int, unaryLength: Int, codebook: (size: Int, zero: Int)? = nil) {
    self.level = level
    self.unaryLength = unaryLength
    steps = Self.steps(level, unaryLength, codebook)
  }

  private static func steps(_ level: Int, _ unary: Int, _ codebook: (size: Int, zero: Int)?)
    -> [Step]
  {
    if codebook?.size == 1 { return [] }
    var steps = [Step(question: .significance, bin: level == 0 ? 0 : 1)]
    guard level != 0 else { return steps }
    let isNegative = level < 0
    // With zero at one end of the codebook there is one sign only.
    let hasOneSign = codebook.map { $0.zero == 0 || $0.zero == $0.size - 1 } ?? false
    if !hasOneSign { steps.append(Step(question: .sign, bin: isNegative ? 1 : 0)) }
    let limit = codebook.map { isNegative ? $0.zero : $0.size - 1 - $0.zero }
    func isOpen(_ magnitude: Int) -> Bool { limit.map { $0 > magnitude } ?? true }
    let wanted = Int(clamping: level.magnitude)
    var magnitude = 1
    guard isOpen(magnitude) else { return steps }
    var flag = 1
    var place = 0
    while flag == 1, place < unary, isOpen(magnitude) {
      flag = wanted > magnitude ? 1 : 0
      steps.append(Step(question: .greater(than: magnitude), bin: flag))
      magnitude += flag
      place += 1
    }
    guard flag == 1, isOpen(magnitude) else { return steps }
    return steps + remainder(wanted - magnitude, limit.map { $0 - magnitude })
  }

  /// The bins of what the flags leave: an exp-Golomb code of order 0, cut where no larger remainder is possible.
  private static func remainder(_ wanted: Int, _ limit: Int?) -> [Step] {
    var steps: [Step] = []
    var (base, order, flag, place) = (0, 0, 1, 0)
    while flag == 1, place <= 30, limit.map({ $0 >= base + (1 << order) }) ?? true || place == 0 {
      flag = wanted >= base + (1 << order) ? 1 : 0
      steps.append(Step(question: .prefix(atLeast: base + (1 << order)), bin: flag))
      if flag == 1, limit.map({ $0 > base }) ?? true {
        base += 1 << order
        order += 1
      }
      place += 1
    }
    for bit in (0..<order).reversed() {
      steps.append(Step(question: .suffix(order - 1 - bit), bin: (wanted - base) >> bit & 1))
    }
    return steps
  }
}
