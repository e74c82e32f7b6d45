import NNRAnalysis
import NNRModel
import NNRSyntax

/// A run of a comparison: what its tensors cost and how far its weights are from their original.
///
/// Numbers only: the stream is closed again, so that hundreds of runs fit into memory.
public struct RunFigures: Sendable {
  /// What the stream is called; not safe to print.
  public let file: String
  /// Bytes of the stream.
  public let size: Int
  /// The tensors in decoding order.
  public internal(set) var tensors: [RunTensor]
  /// Bits of the whole file by class.
  public let costs: ClassCosts
  /// The errors of all parameters that were compared with an original; nil if none was.
  public internal(set) var errors: ErrorSums?
  /// Tensors that could not be compared with their original, and why.
  public internal(set) var refused: [AgainstReport.Refused] = []
  /// Parameters that the original does not have; not safe to print.
  public internal(set) var missing: [String] = []
  /// Why all of it is not compared with the original, as a sentence; nil if it is.
  ///
  /// Not safe to print.
  public internal(set) var uncompared: String?
  /// How names were matched with those of the original; nil if they agree as they are.
  ///
  /// Not safe to print.
  public internal(set) var rule: String?
  /// The units that could not be decoded to their end, and why.
  public let failures: [(unit: Int, failure: DecodeFailure)]

  /// Why the file could not be read to its end; nil if it could.
  public internal(set) var readFault: String?

  /// Bits of the whole file.
  public var bits: Double { Double(size) * 8 }
  /// The number of weights, saturated.
  public var weights: Int { tensors.reduce(0) { $0.saturatingAdd($1.cell.weights) } }
  /// Whether some unit is wrong, or there is no unit that codes a tensor.
  public var isBroken: Bool {
    tensors.isEmpty || failures.contains { $0.failure.rule.severity == .error }
  }

  /// The point of the whole run; nil without errors.
  public var point: RatePoint? { errors?.snr.map { RatePoint(bits: bits, snr: $0) } }
}

/// A tensor of a run.
public struct RunTensor: Sendable {
  /// The name; not safe to print.
  public let name: String
  /// Which of the tensors of that name it is, from 0.
  public let turn: Int
  /// Its dimensions; nil if they are not known.
  public let shape: [Int]?
  /// What it is within its block.
  public let role: CodedTensor.Role
  /// What there is to say of it.
  public internal(set) var cell: RunCell
}

/// What a row of a comparison is in one run: a tensor, or several of them together.
public struct RunCell: Sendable {
  /// Payload bits; nil where some could not be decoded.
  public internal(set) var bits: Double?
  /// The number of weights, saturated.
  public internal(set) var weights: Int
  /// The number of weights that are 0; nil where some could not be decoded.
  public internal(set) var zeros: Int?
  /// The quantization parameter; nil where there is none, or several.
  public internal(set) var qp: Int?
  /// Payload bits by class.
  public internal(set) var costs: ClassCosts
  /// The errors against an original; nil if not compared.
  public internal(set) var errors: ErrorSums?
  /// The number of tensors.
  public internal(set) var tensors = 1

  /// Bits for each weight; nil if not known.
  public var bitsPerWeight: Double? {
    bits.flatMap { weights > 0 ? $0 / Double(weights) : nil }
  }

  /// The share of weights that are 0; nil if not known.
  public var zeroFraction: Double? {
    zeros.flatMap { weights > 0 ? Double($0) / Double(weights) : nil }
  }

  /// Both together.
  public mutating func add(_ other: RunCell) {
    bits = bits.flatMap { mine in other.bits.map { mine + $0 } }
    weights = weights.saturatingAdd(other.weights)
    zeros = zeros.flatMap { mine in other.zeros.map { mine.saturatingAdd($0) } }
    if qp != other.qp { qp = nil }
    costs.add(other.costs)
    tensors += other.tensors
    guard let more = other.errors else { return }
    errors =
      errors.map {
        var sum = $0
        sum.add(more)
        return sum
      } ?? more
  }
}
