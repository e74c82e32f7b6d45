/// Cubic polynomials side by side.
struct PiecewiseCubic: Sendable, Hashable {
  /// Coefficients from the constant on, over the distance from the left end.
  private struct Piece: Sendable, Hashable {
    let (left, right): (Double, Double)
    let coefficients: [Double]

    /// The integral from the left end on.
    func integral(to x: Double) -> Double {
      let t = x - left
      return coefficients.enumerated().reversed().reduce(0) { sum, term in
        sum * t + term.element / Double(term.offset + 1)
      } * t
    }

    func value(at x: Double) -> Double {
      coefficients.reversed().reduce(0) { $0 * (x - left) + $1 }
    }
  }

  private let pieces: [Piece]

  /// The curve through points, ascending in `x`, that has `slopes` there.
  init(_ x: [Double], _ y: [Double], slopes: [Double]) {
    pieces = x.indices.dropLast().map { place in
      let width = x[place + 1] - x[place]
      let ascent = (y[place + 1] - y[place]) / width
      let (a, b) = (slopes[place], slopes[place + 1])
      return Piece(
        left: x[place], right: x[place + 1],
        coefficients: [
          y[place], a, (3 * ascent - 2 * a - b) / width, (a + b - 2 * ascent) / (width * width),
        ])
    }
  }

  /// The one polynomial that is nearest to at least four points in the sense of least squares.
  init(fit x: [Double], _ y: [Double]) {
    let (left, right) = (x.first ?? 0, x.last ?? 0)
    // Within 0 to 1 the powers are of like size.
    let width = right > left ? right - left : 1
    let powers = x.map { x in
      let t = (x - left) / width
      return [1, t, t * t, t * t * t]
    }
    var rows = (0..<4).map { row -> [Double] in
      (0..<4).map { column in powers.reduce(0) { $0 + $1[row] * $1[column] } }
        + [zip(powers, y).reduce(0) { $0 + $1.0[row] * $1.1 }]
    }
    for step in 0..<4 {
      let pivot = (step..<4).max { rows[$0][step].magnitude < rows[$1][step].magnitude } ?? step
      rows.swapAt(step, pivot)
      for row in 0..<4 where row != step && rows[step][step] != 0 {
        let factor = rows[row][step] / rows[step][step]
        for column in step..<5 { rows[row][column] -= factor * rows[step][column] }
      }
    }
    var scale = 1.0
    let coefficients = (0..<4).map { row -> Double in
      defer { scale *= width }
      return rows[row][row] == 0 ? 0 : rows[row][4] / rows[row][row] / scale
    }
    pieces = [Piece(left: left, right: right, coefficients: coefficients)]
  }

  /// The integral over what of `range` lies on the curve.
  func integral(over range: ClosedRange<Double>) -> Double {
    pieces.reduce(0) { sum, piece in
      let (low, high) = (max(piece.left, range.lowerBound), min(piece.right, range.upperBound))
      return low < high ? sum + piece.integral(to: high) - piece.integral(to: low) : sum
    }
  }

  /// The value at a place, or at the end that is nearest to it.
  func value(at x: Double) -> Double {
    guard let first = pieces.first, let last = pieces.last else { return .nan }
    let x = min(max(x, first.left), last.right)
    return (pieces.first { x <= $0.right } ?? last).value(at: x)
  }
}
