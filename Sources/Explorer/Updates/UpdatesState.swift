import NNRAnalysis
import TerminalScreen

/// The parameters of all rounds, and where among them the cursor stands.
struct UpdatesState: Sendable {
  /// What is read of the rounds: files of the chain that was opened first, not those opened to compare with.
  private(set) var tree: UpdateTree
  /// Selection and scroll position; row 0 is the sum.
  var list = ListState()
  /// The selected round.
  var column = 0
  /// Whether the rows were asked for.
  var isLoaded = false
  /// The share that is read.
  var fraction = 0.0

  /// Nothing read yet of some rounds.
  init(rounds: Int = 1) { tree = UpdateTree(rounds: rounds) }

  /// The number of rounds.
  var rounds: Int { tree.rounds }

  /// The parameters.
  var rows: [UpdateTree.Row] { tree.rows }

  /// Takes over what was read since.
  mutating func add(_ updates: [ParameterUpdate], fraction: Double) {
    self.fraction = fraction
    for update in updates { tree.add(update) }
  }

  /// What is selected; nil for the sum and for a parameter that the round does not code.
  var selected: ParameterUpdate? {
    rows.indices.contains(list.selection - 1) ? rows[list.selection - 1].updates[column] : nil
  }
}
