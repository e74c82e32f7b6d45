import NNRAnalysis
import NNRRecode

extension StreamRecoding {
  /// What was found for each unit that could be shorter, as `check` takes it.
  public var savings: [UnitSaving] {
    units.filter { $0.bestSize < $0.size }.map {
      UnitSaving(
        unit: $0.unit, size: $0.size, best: $0.bestSize, change: RecodeText.changes($0.tensors))
    }
  }
}
