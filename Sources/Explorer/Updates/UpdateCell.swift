import NNRModel
import TerminalScreen

/// A parameter in one round of updates: who codes it, on what it builds, what it costs.
public struct UpdateCell: Sendable, Hashable {
  /// The stream's number among the open ones.
  let document: Int
  /// The unit.
  let unit: Int
  /// The name; not safe to print.
  let name: String
  /// The node of the update tree; nil if the unit names none.
  let node: UpdateNode?
  /// The parent as the unit names it; nil if it names none.
  let parent: UpdateParent?
  /// The unit that codes the parent; nil if it is not among the open files.
  let parentPlace: Bookmark?
  /// The rule that a missing or wrong parent breaks, and why; nil if all is well.
  let missing: String?
  /// temporal_context_modeling_flag.
  let usesTemporalContexts: Bool
  /// What decoding told; nil where the payload could not be decoded.
  var facts: UpdateFacts?
  /// Why the payload could not be decoded.
  var failure: String?
  /// The bytes of the whole unit.
  let unitBytes: Int
}

/// What decoding tells of a parameter in a round.
struct UpdateFacts: Sendable, Hashable {
  /// Payload bits.
  var bits = 0
  /// The number of integers.
  var count = 0
  /// How many of them are 0.
  var zeros = 0
  /// The rows.
  var rows = 0
  /// Rows that are skipped.
  var skippedRows = 0
  /// hist_dep_sig_prob_enabled_flag; nil if it is not coded.
  var history: Bool?
}

/// The parameters of all rounds.
struct UpdatesState: Sendable {
  /// A parameter: its name and its cell in every open stream.
  struct Row: Sendable, Hashable {
    /// The name; not safe to print.
    var name: String
    /// Its cells by the number of the stream.
    var cells: [Int: UpdateCell]
  }

  /// The rounds: files of the chain that was opened first, not those opened to compare with.
  private(set) var rounds = 1
  /// The rows in the order in which the names first appear.
  private(set) var rows: [Row] = []
  private var places: [String: Int] = [:]
  /// Selection and scroll position; row 0 is the sum.
  var list = ListState()
  /// The selected round.
  var column = 0
  /// Whether the rows were asked for.
  var isLoaded = false
  /// The share that is read.
  var fraction = 0.0

  /// Nothing read yet of some rounds.
  init(rounds: Int = 1) { self.rounds = max(1, rounds) }

  /// Takes cells over.
  mutating func add(_ cells: [UpdateCell], fraction: Double) {
    self.fraction = fraction
    for cell in cells {
      let place = places[cell.name] ?? rows.count
      if place == rows.count {
        places[cell.name] = place
        rows.append(Row(name: cell.name, cells: [:]))
      }
      rows[place].cells[cell.document] = cell
    }
  }

  /// The selected cell; nil for the sum and for a parameter that the round does not code.
  var selected: UpdateCell? {
    rows.indices.contains(list.selection - 1) ? rows[list.selection - 1].cells[column] : nil
  }

  /// The cells of a round.
  func cells(_ document: Int) -> [UpdateCell] { rows.compactMap { $0.cells[document] } }
}
