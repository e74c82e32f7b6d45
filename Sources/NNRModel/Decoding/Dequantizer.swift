/// From integers to weights (format reference 5.1 to 5.5).
public struct Dequantizer: Sendable {
  /// The type of the weights as the reference returns them.
  public enum ValueType: String, Sendable {
    case float32
    case float64
    case int32
  }

  /// How integers become weights.
  public let quantizer: CodedTensor.Quantizer
  /// The quantization parameter in force; nil where there is none.
  public let qp: Int?
  /// The density of quantization parameters.
  public let density: Int?
  private let step: Float
  private let entries: [Double]
  private let zeroOffset: Int

  /// The dequantizer of a tensor whose quantization parameter is `qp`.
  public init(_ tensor: CodedTensor, qp: Int?, density: Int?) {
    quantizer = tensor.quantizer
    self.qp = qp
    self.density = density
    let size = qp.map { Self.stepSize(qp: $0, density: density ?? 0) } ?? 1
    step = Float(size)
    entries = tensor.codebook.map { $0.values.map { Double($0) * size } } ?? []
    zeroOffset = tensor.codebook?.zeroOffset ?? 0
  }

  /// (2^d + (QP mod 2^d)) · 2^((QP >> d) − d).
  public static func stepSize(qp: Int, density: Int) -> Double {
    let density = min(max(density, 0), 7)
    let one = 1 << density
    return Double(
      sign: .plus, exponent: max(-2000, min(2000, (qp >> density) - density)),
      significand: Double(one + (qp & (one - 1))))
  }

  /// The step size; nil where there is none.
  public var stepSize: Double? {
    qp.map { Self.stepSize(qp: $0, density: density ?? 0) }
  }

  /// The type of the weights.
  public var valueType: ValueType {
    switch quantizer {
    case .uniform, .raw: .float32
    case .codebook: .float64
    case .skip: .int32
    }
  }

  /// The weight of a level; nil for a level outside the codebook.
  public func value(_ level: Int32) -> Double? {
    switch quantizer {
    case .uniform: return Double(step * Float(level))
    case .skip: return Double(level)
    case .codebook: return entry(level)
    case .raw: return Double(Float(bitPattern: UInt32(bitPattern: level)))
    }
  }

  /// Writes the weights of `levels` as 32-bit floats, whatever their own type; NaN outside the codebook.
  ///
  /// For raw floats the levels are the bit patterns.
  public func floats(_ levels: some Collection<Int32>, into floats: inout [Float]) {
    floats.removeAll(keepingCapacity: true)
    // Called with concrete buffers, so that the compiler specialises all that follows.
    let done: Void? = levels.withContiguousStorageIfAvailable { add($0, to: &floats) }
    if done == nil { Array(levels).withUnsafeBufferPointer { add($0, to: &floats) } }
  }

  private func add(_ levels: UnsafeBufferPointer<Int32>, to floats: inout [Float]) {
    floats.reserveCapacity(levels.count)
    switch quantizer {
    case .uniform: for level in levels { floats.append(step * Float(level)) }
    case .skip: for level in levels { floats.append(Float(level)) }
    case .raw:
      for level in levels { floats.append(Float(bitPattern: UInt32(bitPattern: level))) }
    case .codebook: for level in levels { floats.append(Float(entry(level) ?? .nan)) }
    }
  }

  /// Writes the weights of `levels` in their full precision; NaN outside the codebook, and how many are.
  public func doubles(_ levels: ArraySlice<Int32>, into doubles: inout [Double]) -> Int {
    doubles.removeAll(keepingCapacity: true)
    doubles.reserveCapacity(levels.count)
    var outside = 0
    for level in levels {
      let value = value(level)
      if value == nil { outside += 1 }
      doubles.append(value ?? .nan)
    }
    return outside
  }

  private func entry(_ level: Int32) -> Double? {
    let index = Int(level) &+ zeroOffset
    return entries.indices.contains(index) ? entries[index] : nil
  }

  /// The least and the greatest level that the codebook has an entry for; nil without one.
  public var codebookLevels: ClosedRange<Int>? {
    quantizer == .codebook && !entries.isEmpty
      ? -zeroOffset...entries.count - 1 - zeroOffset : nil
  }
}
