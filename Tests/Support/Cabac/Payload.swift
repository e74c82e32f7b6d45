import DeepCABAC

/// A tensor of a payload that is to be coded.
public struct PayloadTensor: Sendable {
  /// What the headers say.
  public var parameters: CodedTensorParameters
  /// What is coded.
  public var encoding: TensorEncoding
  /// qp_delta; nil for integers.
  public var quantizationDelta: Int?

  /// A tensor of levels that go round from −2 to 2, quantized with a delta of −8.
  public init(_ dimensions: Int..., levels: [Int]? = nil, unaryLength: Int = 11) {
    parameters = CodedTensorParameters(dimensions: dimensions, unaryLength: unaryLength)
    let count = dimensions.reduce(1, *)
    encoding = TensorEncoding(levels: levels ?? (0..<count).map { $0 * 3 % 5 - 2 })
    quantizationDelta = -8
  }

  /// The same with another property.
  public func with<Value>(_ path: WritableKeyPath<PayloadTensor, Value>, _ value: Value)
    -> PayloadTensor
  {
    var tensor = self
    tensor[keyPath: path] = value
    return tensor
  }
}

/// The payload of `tensors` in coded order, and their entry points.
public func codedPayload(
  _ tensors: PayloadTensor..., density: Int = 2, terminateBin: Bool = true
) throws -> (bytes: [UInt8], entries: [EntryPoint]) {
  let encoder = PayloadEncoder()
  for tensor in tensors {
    if let delta = tensor.quantizationDelta {
      encoder.encodeQuantizationDelta(delta, bits: 6 + density)
    }
    _ = try encoder.encode(tensor.parameters, tensor.encoding)
  }
  return encoder.finish(terminateBin: terminateBin)
}
