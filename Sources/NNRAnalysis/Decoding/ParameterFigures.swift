import NNRModel

/// The figures of a model parameter, after local scaling and G · H.
public struct ParameterFigures: Sendable {
  /// The name.
  public let name: String
  /// The dimensions.
  public let dimensions: [Int]
  /// The type of the weights.
  public let valueType: Dequantizer.ValueType
  /// Figures of the weights.
  public let values: ValueStatistics
  /// SHA-256 of the weights as little-endian float32; nil unless asked for.
  public let hash: String?

  /// The figures of `parameter`.
  public init(_ parameter: ModelParameter, hashes: Bool) {
    name = parameter.name
    dimensions = parameter.dimensions
    valueType = parameter.valueType
    var figures = ValueStatistics()
    switch parameter.values {
    case .float32(let weights): figures.add(weights)
    case .float64(let weights): figures.add(weights)
    case .int32(let weights): figures.add(weights.map { Double($0) })
    }
    values = figures
    var content = ContentHash()
    if hashes { content.update(parameter.floats) }
    hash = hashes ? content.hex() : nil
  }
}
