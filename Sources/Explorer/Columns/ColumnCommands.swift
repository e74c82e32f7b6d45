import TerminalScreen

extension Command {
  /// What is done with the column under the cursor, in the panes of tables.
  static func columns(of tables: Set<Pane>) -> [Command] {
    func command(
      _ name: String, _ keys: [String], _ group: Group, _ help: String,
      run: @escaping @Sendable (inout ExplorerModel) -> [Effect]
    ) -> Command {
      Command(name, keys, group, help, panes: tables, unavailable: { $0.columnProblem }) {
        model, _ in run(&model)
      }
    }
    return [
      command("hide-column", ["-"], .look, "without the column under the cursor") { model in
        model.hideColumn()
        return []
      },
      command(
        "filter-by-value", ["="], .find,
        "only rows that have the selected row's value in the column under the cursor"
      ) { $0.filterByValue() },
      command(
        "distribution", ["#"], .look,
        "how the values of the column under the cursor are distributed"
      ) { model in
        model.showDistribution()
        return []
      },
    ]
  }
}
