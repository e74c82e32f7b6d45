import NNRModel

/// Keeps the extremes of all tensors of a unit.
final class ExtremesSink: TensorSink {
  private(set) var largest = 0
  private(set) var nonzero = 0
  private(set) var decoded = 0
  private(set) var entryPointsAgree: Bool?
  private let shouldStop: @Sendable () -> Bool

  init(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  func begin(_ start: TensorStart) {}

  func take(_ levels: ArraySlice<Int32>, first: Int) {
    for level in levels where level != 0 {
      nonzero += 1
      largest = max(largest, Int(level.magnitude))
    }
    decoded += levels.count
  }

  func end(_ end: TensorEnd) {
    guard let agree = end.entryPointsAgree else { return }
    entryPointsAgree = (entryPointsAgree ?? true) && agree
  }

  var wantsMore: Bool { !shouldStop() }
}
