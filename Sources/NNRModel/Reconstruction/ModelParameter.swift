import NNRSyntax

/// A parameter of the model: a tensor after local scaling, or the product of a decomposition (format reference 5.6).
public struct ModelParameter: Sendable {
  /// The weights, in the type in which the reference returns them.
  public enum Values: Sendable {
    case float32([Float])
    case float64([Double])
    case int32([Int32])
  }

  /// The name.
  public let name: String
  /// The dimensions.
  public let dimensions: [Int]
  /// The weights in C order.
  public internal(set) var values: Values
  /// How its integers became weights; of G for a product.
  public let dequantizer: Dequantizer
  /// What was done to the coded tensors, in words; empty if nothing.
  public internal(set) var steps: [String]

  /// The number of weights.
  public var count: Int {
    switch values {
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .int32(let values): values.count
    }
  }

  /// The weights as 32-bit floats.
  public var floats: [Float] {
    switch values {
    case .float32(let values): values
    case .float64(let values): values.map { Float($0) }
    case .int32(let values): values.map { Float($0) }
    }
  }

  /// The type of the weights.
  public var valueType: Dequantizer.ValueType {
    switch values {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    }
  }

  /// The parameter that a decoded tensor is by itself.
  init(_ start: TensorStart, _ levels: [Int32]) {
    name = start.tensor.name
    dimensions = start.tensor.dimensions ?? [levels.count]
    steps = []
    dequantizer = start.dequantizer
    switch start.dequantizer.valueType {
    case .int32: values = .int32(levels)
    case .float64: values = .float64(levels.map { start.dequantizer.value($0) ?? .nan })
    case .float32:
      var floats: [Float] = []
      start.dequantizer.floats(levels, into: &floats)
      values = .float32(floats)
    }
  }

  /// G · H in the shape of the weight; nil if they cannot be multiplied.
  init?(g: ModelParameter, h: ModelParameter, dimensions: [Int]) {
    guard g.dimensions.count == 2, h.dimensions.count == 2, g.dimensions[1] == h.dimensions[0]
    else { return nil }
    let (rows, rank, columns) = (g.dimensions[0], g.dimensions[1], h.dimensions[1])
    let (left, right) = (g.floats, h.floats)
    let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, left.count == rows * rank, right.count == rank * columns,
      dimensions.reduce(1, { $0.saturatingMultiply($1) }) == size
    else { return nil }
    var product = [Float](repeating: 0, count: size)
    for row in 0..<rows {
      for inner in 0..<rank {
        let factor = left[row * rank + inner]
        for column in 0..<columns {
          product[row * columns + column] += factor * right[inner * columns + column]
        }
      }
    }
    name = Factor(endOf: g.name.utf8) == .g ? Factor.weight(of: g.name) ?? g.name : g.name
    self.dimensions = dimensions
    values = .float32(product)
    dequantizer = g.dequantizer
    steps = g.steps + ["G · H, \(rows)×\(rank) · \(rank)×\(columns)"]
  }

  /// Multiplies each row with its factor; nothing if there is not one factor for each row.
  mutating func scale(byRow factors: [Float], from name: String) {
    guard let rows = dimensions.first, rows == factors.count, rows > 0 else { return }
    let width = count / rows
    switch values {
    case .float32(var weights):
      values = .float32([])
      for place in weights.indices { weights[place] *= factors[place / width] }
      values = .float32(weights)
    case .float64(var weights):
      values = .float64([])
      for place in weights.indices { weights[place] *= Double(factors[place / width]) }
      values = .float64(weights)
    case .int32: return
    }
    steps.append("each row times its entry of \(name)")
  }
}
