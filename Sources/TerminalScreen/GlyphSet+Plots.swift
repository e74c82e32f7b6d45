extension GlyphSet {
  private static let leftEighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let lowerEighths = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A horizontal bar of `fraction` (0…1) of `width` columns, without padding.
  ///
  /// Any fraction above zero shows something; NaN shows nothing.
  public func bar(_ fraction: Double, width: Int) -> String {
    guard width > 0, fraction > 0 else { return "" }
    let share = min(1, fraction)
    if isASCII {
      let columns = Int((share * Double(width)).rounded())
      return columns == 0 ? "|" : String(repeating: "#", count: columns)
    }
    let eighths = max(1, Int((share * Double(width) * 8).rounded()))
    return String(repeating: "█", count: eighths / 8) + Self.leftEighths[eighths % 8]
  }

  /// One cell of a column plot filled from below to `fraction` (0…1).
  public func column(_ fraction: Double) -> String {
    let share = fraction.isNaN ? 0 : max(0, min(1, fraction))
    if isASCII {
      let steps: [String] = [" ", ".", ":", "|", "#"]
      return steps[Int((share * 4).rounded())]
    }
    return Self.lowerEighths[Int((share * 8).rounded())]
  }

  /// The shade of a heat-map cell for a value in 0…1, so that the map reads without colour.
  public func shade(_ value: Double) -> String {
    let steps: [String] =
      isASCII
      ? [" ", ".", ":", "-", "=", "+", "*", "#", "@"]
      : [" ", "░", "░", "▒", "▒", "▓", "▓", "█", "█"]
    let share = value.isNaN ? 0 : max(0, min(1, value))
    return steps[Int((share * 8).rounded())]
  }

  /// The fill of series `index` in stacked bars, told apart by letter in ASCII.
  public func seriesFill(_ index: Int) -> String {
    let slot = ((index % 8) + 8) % 8
    let blocks = ["█", "▓", "▒", "░", "▚", "▞", "▤", "▥"]
    let letters = ["#", "=", "+", "-", ":", "*", "%", "."]
    return isASCII ? letters[slot] : blocks[slot]
  }
}

extension GlyphSet {
  /// One cell of a braille column plot: the left and the right column, filled from below.
  func brailleColumns(_ left: Double, _ right: Double) -> String {
    // Dots from the bottom up (Unicode braille bit order).
    let leftDots: [UInt32] = [0, 0x40, 0x44, 0x46, 0x47]
    let rightDots: [UInt32] = [0, 0x80, 0xA0, 0xB0, 0xB8]
    func level(_ share: Double) -> Int { Int((max(0, min(1, share)) * 4).rounded()) }
    let dots = leftDots[level(left)] | rightDots[level(right)]
    guard dots > 0, let scalar = Unicode.Scalar(0x2800 + dots) else { return " " }
    return String(scalar)
  }
}
