import DeepCABAC
import NNRAnalysis
import NNRModel
import NNRReport
import PlainText

/// The way of one coded integer to its weight.
struct LevelChain {
  /// The tensor, and what its payload says first.
  let start: TensorStart

  /// The way in a tensor.
  init(start: TensorStart) { self.start = start }

  /// The way in a decoded tensor.
  init(figures: TensorFigures) { start = figures.start }

  /// Where the scan visits a place in C order; nil if the tensor has no scan.
  func scanIndex(_ element: Int) -> Int? { geometry?.scanIndex(ofElement: element) }

  /// How the tensor is scanned.
  var geometry: TensorGeometry? {
    let tensor = start.tensor
    guard tensor.quantizer != .raw, let dimensions = tensor.dimensions else { return nil }
    return try? TensorGeometry(
      CodedTensorParameters(dimensions: dimensions, scanOrder: tensor.effectiveScanOrder))
  }

  /// The steps from the level at a place to the weight.
  func steps(_ level: Int32) -> [String] {
    let (tensor, dequantizer) = (start.tensor, start.dequantizer)
    func real(_ value: Double?) -> String {
      value.map { NumberFormat.significant($0, digits: 7) } ?? "?"
    }
    let weight = real(dequantizer.value(level))
    switch tensor.quantizer {
    case .raw:
      return ["stored as it is: 0x\(String(UInt32(bitPattern: level), radix: 16)) = \(weight)"]
    case .skip: return ["integer \(level), no step: weight \(weight)"]
    case .uniform:
      let last = "level \(level) × step \(real(dequantizer.stepSize)) = weight \(weight)"
      return (quantizer(level).map { [$0] } ?? []) + [last]
    case .codebook:
      guard let codebook = tensor.codebook else { return [] }
      let entry = Int(level) + codebook.zeroOffset
      guard codebook.values.indices.contains(entry) else {
        return ["level \(level): entry \(entry) is outside the codebook"]
      }
      let text = "level \(level) → entry \(entry) = \(codebook.values[entry])"
      return (quantizer(level).map { [$0] } ?? []) + [
        "\(text) × step \(real(dequantizer.stepSize)) = weight \(weight)"
      ]
    }
  }

  /// The level that the bins code for an integer of dependent quantization: integer = 2 · |k| − (state & 1).
  static func coded(_ integer: Int32) -> Int {
    let magnitude = Int(integer.magnitude)
    return integer < 0 ? -((magnitude + 1) / 2) : (magnitude + 1) / 2
  }

  /// What dependent quantization tells of a level: coded magnitude and parity of the state.
  private func quantizer(_ level: Int32) -> String? {
    guard start.tensor.dqFlag else { return nil }
    guard level != 0 else { return "dq: 0 is coded as 0 in every state" }
    let magnitude = Int64(level.magnitude)
    let odd = magnitude & 1
    let coded = abs(Self.coded(level))
    let sign = level < 0 ? "-" : ""
    return
      "dq: coded \(sign)\(coded), state \(odd == 1 ? "odd (Q1): 2·\(coded) − 1" : "even (Q0): 2·\(coded)") = \(magnitude)"
  }
}
