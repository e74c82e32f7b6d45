/// Dimensions as text.
public enum Shape {
  /// Text such as `32×16×3×3`.
  public static func text(_ dimensions: [Int]) -> String {
    dimensions.map { "\($0)" }.joined(separator: "×")
  }

  /// The dimensions that text such as `32×16×3×3` or `32x16x3x3` spells; nil if it spells none.
  public static func dimensions(_ text: String) -> [Int]? {
    guard !text.isEmpty else { return [] }
    let sides = text.split(omittingEmptySubsequences: false) { "×xX".contains($0) }.map { Int($0) }
    return sides.allSatisfy { $0 != nil } ? sides.compactMap { $0 } : nil
  }

  /// The same with the letter that keyboards have: `32x16x3x3`.
  static func typed(_ dimensions: [Int]) -> String { typed(text(dimensions)) }

  /// A piece of such text, in the way it is typed.
  static func typed(_ piece: String) -> String { piece.replacing("×", with: "x") }

  /// The indices of a place in C order; 0 in dimensions of 0.
  public static func indices(of element: Int, in dimensions: [Int]) -> [Int] {
    var rest = element
    var found: [Int] = []
    for side in dimensions.reversed() {
      found.append(side > 0 ? rest % side : 0)
      rest = side > 0 ? rest / side : 0
    }
    return found.reversed()
  }
}
