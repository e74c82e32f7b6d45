import DeepCABAC
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport

/// A stream of one tensor whose payload is coded otherwise than its header may say.
struct EncodedStream {
  /// How the payload is coded.
  var parameters = CodedTensorParameters(dimensions: [24, 17], unaryLength: 11)
  /// What the payload holds.
  var encoding: TensorEncoding
  /// general_profile_idc.
  var profile = 1
  /// Bits of qp_delta.
  var deltaBits = 8
  /// Changes the plan of the data unit.
  var change: (UnitPlan) -> UnitPlan = { $0 }

  /// Random levels with many zeros, the same for the same seed.
  init(seed: UInt64 = 1) {
    var random = SeededGenerator(seed: seed)
    encoding = TensorEncoding(
      levels: (0..<24 * 17).map { _ in
        Int.random(in: 0..<3, using: &random) == 0 ? Int.random(in: -14...14, using: &random) : 0
      })
  }

  /// The payload.
  func payload() throws -> (bytes: [UInt8], entries: [EntryPoint]) {
    let encoder = PayloadEncoder()
    encoder.encodeQuantizationDelta(-8, bits: deltaBits)
    _ = try encoder.encode(parameters, encoding)
    return encoder.finish()
  }

  /// The bytes of the stream: start, parameter set, topology, and the tensor as unit 3.
  func bytes(name: String = "w") throws -> [UInt8] {
    var writer = StreamWriter(.start(profile: profile), .modelParameters, .emptyTopology)
    writer.append(change(.tensor(name, 24, 17, payload: try payload().bytes)))
    return writer.bytes
  }

  /// A session of the stream alone.
  func session() throws -> Session { Session([(MemorySource(try bytes()), "coded")]) }
}
