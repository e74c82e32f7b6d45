import NNRModel
import NNRSyntax

/// What coding a unit anew with the same integers gives, as a search found it.
public struct UnitSaving: Sendable {
  /// The number of the unit.
  public let unit: Int
  /// Its bytes in the stream.
  public let size: Int
  /// The bytes of the shortest that was found.
  public let best: Int
  /// What is chosen otherwise there; not safe to print.
  public let change: String

  /// What was found for a unit.
  public init(unit: Int, size: Int, best: Int, change: String) {
    self.unit = unit
    self.size = size
    self.best = best
    self.change = change
  }
}

/// Units that hold their integers in more bytes than they need: P14.
enum WasteRule {
  /// The share of a unit's bytes from which on it is worth a word.
  private static let share = 0.02

  /// Notes the units that waste much.
  static func note(_ savings: [UnitSaving], _ stream: NNRStream, _ list: inout BreachList) {
    for saving in savings where stream.index.entries.indices.contains(saving.unit) {
      let wasted = saving.size - saving.best
      guard Double(wasted) > share * Double(saving.size) else { continue }
      list.note(
        .p14, unit: saving.unit, CheckedUnit(stream, saving.unit).payloadRange,
        "\(saving.best) of \(saving.size) bytes hold the same integers: \(saving.change)")
    }
  }
}
