import DeepCABAC

/// Keeps the integers of the tensors in which the states of quantizer and coder part, and of no other.
final class SuspectSink: TensorSink {
  /// The suspects by their places in the unit, with their names.
  private(set) var suspects: [(place: Int, name: String, tensor: SuspectTensor)] = []
  private let decoding: UnitDecoding
  private let shouldStop: @Sendable () -> Bool
  private var current: (start: TensorStart, parameters: CodedTensorParameters)?
  private var levels: [Int32] = []

  init(_ decoding: UnitDecoding, _ shouldStop: @escaping @Sendable () -> Bool) {
    self.decoding = decoding
    self.shouldStop = shouldStop
  }

  func begin(_ start: TensorStart) {
    levels = []
    let parameters = start.tensor.payloadParameters(decoding)
    let mayPart = PartingWatch(parameters, rowMask: start.rowMask) != nil
    let fits = start.tensor.count ?? .max <= decoding.keptWeights
    current = mayPart && fits ? (start, parameters) : nil
  }

  func take(_ run: ArraySlice<Int32>, first: Int) {
    if current != nil { levels.append(contentsOf: run) }
  }

  func end(_ end: TensorEnd) {
    guard let (start, parameters) = current,
      let suspect = SuspectTensor(parameters, rowMask: start.rowMask, levels: levels)
    else { return }
    suspects.append((start.tensor.place, start.tensor.name, suspect))
  }

  var wantsMore: Bool { !shouldStop() }
}
