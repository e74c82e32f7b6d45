import NNRAnalysis
import NNRModel
import PlainText
import WeightFiles

/// A tensor on its way to a file.
public struct ExportTensor: Sendable {
  /// The elements in C order.
  public enum Values: Sendable {
    /// Weights of uniform quantization, raw floats.
    case float32([Float])
    /// Entries of codebooks.
    case float64([Double])
    /// Integers.
    case int32([Int32])

    /// Their type in a file.
    public var element: ElementType {
      switch self {
      case .float32: .float32
      case .float64: .float64
      case .int32: .int32
      }
    }

    /// Their number.
    public var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      case .int32(let values): values.count
      }
    }
  }

  /// The name; not safe to print.
  public let name: String
  /// The sides.
  public let shape: [Int]
  /// The elements.
  public let values: Values
  /// Where it comes from, for people: quantizer, qp, step size, source file, what was done to it.
  public let notes: [(key: String, text: String)]

  /// A parameter of the model that `file` gives.
  init(_ parameter: ModelParameter, file: String) {
    name = parameter.name
    shape = parameter.dimensions
    values =
      switch parameter.values {
      case .float32(let values): .float32(values)
      case .float64(let values): .float64(values)
      case .int32(let values): .int32(values)
      }
    let done = parameter.steps.isEmpty ? [] : [("steps", parameter.steps.joined(separator: "; "))]
    notes = Self.notes(parameter.dequantizer, file) + done
  }

  /// The integers of a coded tensor, or its weights before local scaling.
  init(_ start: TensorStart, levels: [Int32], asLevels: Bool, file: String) {
    name = start.tensor.name
    shape = start.tensor.dimensions ?? [levels.count]
    let dequantizer = start.dequantizer
    if asLevels || dequantizer.valueType == .int32 {
      values = .int32(levels)
    } else if dequantizer.valueType == .float64 {
      values = .float64(levels.map { dequantizer.value($0) ?? .nan })
    } else {
      var floats: [Float] = []
      dequantizer.floats(levels, into: &floats)
      values = .float32(floats)
    }
    notes = Self.notes(dequantizer, file) + [("content", asLevels ? "levels" : "coded tensor")]
  }

  private static func notes(_ dequantizer: Dequantizer, _ file: String) -> [(String, String)] {
    var notes = [("source", file), ("quantizer", dequantizer.quantizer.rawValue)]
    if let qp = dequantizer.qp { notes.append(("qp", "\(qp)")) }
    if let step = dequantizer.stepSize {
      notes.append(("step_size", NumberFormat.shortest(step)))
    }
    return notes
  }
}
