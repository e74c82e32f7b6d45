/// The order of names in which numbers count by their value: `layer2` comes before `layer10`.
public enum NaturalOrder {
  /// True if `left` comes before `right`.
  ///
  /// A total order: names are compared by their UTF-8 bytes, except that runs of digits compare by value; names that
  /// differ in leading zeros only are ordered by the first such difference, fewer zeros first. Linear time.
  public static func precedes(_ left: String, _ right: String) -> Bool {
    compare(left, right) < 0
  }

  /// Less than 0 if `left` comes first, greater if `right` does, 0 if the two have the same bytes.
  public static func compare(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var leftIndex = 0
    var rightIndex = 0
    var tie = 0
    while leftIndex < left.count && rightIndex < right.count {
      if isDigit(left[leftIndex]) && isDigit(right[rightIndex]) {
        let a = Number(left, at: &leftIndex)
        let b = Number(right, at: &rightIndex)
        if a.digits.count != b.digits.count { return a.digits.count - b.digits.count }
        for (x, y) in zip(a.digits, b.digits) where x != y { return x < y ? -1 : 1 }
        if tie == 0 { tie = a.zeros - b.zeros }
      } else {
        let (a, b) = (left[leftIndex], right[rightIndex])
        if a != b { return a < b ? -1 : 1 }
        leftIndex += 1
        rightIndex += 1
      }
    }
    let rest = (left.count - leftIndex) - (right.count - rightIndex)
    return rest != 0 ? rest : tie
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  /// A run of digits, its leading zeros counted apart.
  private struct Number {
    var zeros = 0
    var digits: ArraySlice<UInt8>

    init(_ bytes: [UInt8], at index: inout Int) {
      let start = index
      while index < bytes.count && bytes[index] == 0x30 { index += 1 }
      zeros = index - start
      let firstDigit = index
      while index < bytes.count && isDigit(bytes[index]) { index += 1 }
      digits = bytes[firstDigit..<index]
    }
  }
}
