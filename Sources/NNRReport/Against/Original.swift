import NNRAnalysis
import NNRModel
import WeightFiles

/// The tensors that a model was made from, and which of them is which of the model.
struct Original: Sendable {
  /// What became of a comparison.
  enum Outcome: Sendable {
    /// There is no such tensor.
    case missing
    /// The tensors cannot be compared, and why: safe to print.
    case refused(String)
    /// How far the weights are apart.
    case compared(ValueComparison)
  }

  /// The tensors.
  let references: WeightFile
  /// Which of them is which.
  let mapping: NameMapping

  /// Tensors whose names `mapping` tells.
  init(_ references: WeightFile, mapping: NameMapping) {
    self.references = references
    self.mapping = mapping
  }

  /// Compares a parameter with the tensor `name`; keeps the `worst` weights, and errors for a histogram of `bins`.
  func compare(_ parameter: ModelParameter, as name: String, worst: Int, bins: Int = 41) -> Outcome
  {
    guard let tensor = references[name].map(mapping.arranged) else { return .missing }
    do throws(TensorFileError) {
      if let problem = tensor.problem { throw problem }
      guard Self.isSame(tensor.shape, parameter.dimensions), tensor.count == parameter.count else {
        let shapes = (Shape.text(parameter.dimensions), Shape.text(tensor.shape))
        return .refused("shape \(shapes.0), reference \(shapes.1)")
      }
      var comparison = ValueComparison(worst: worst, bins: bins)
      try Self.compare(parameter, with: tensor.reader(), &comparison)
      return .compared(comparison)
    } catch {
      return .refused("\(error)")
    }
  }

  /// Compares block by block: beside the parameter there is a block of each in memory.
  private static func compare(
    _ parameter: ModelParameter, with reader: WeightReader, _ comparison: inout ValueComparison
  ) throws(TensorFileError) {
    var (block, wanted): ([Double], [Double]) = ([], [])
    while true {
      try reader.next(ValueComparison.blockLength, into: &wanted)
      let first = comparison.count
      let end = min(first + wanted.count, parameter.count)
      guard first < end else { return }
      parameter.doubles(first..<end, into: &block)
      comparison.add(block, reference: wanted)
    }
  }

  /// Sides of 1 around a scalar do not count.
  static func isSame(_ left: [Int], _ right: [Int]) -> Bool {
    left == right || (left.allSatisfy { $0 == 1 } && right.allSatisfy { $0 == 1 })
  }
}
