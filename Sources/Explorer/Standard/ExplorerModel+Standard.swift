import NNRSyntax
import TerminalScreen

extension Command {
  /// The syntax tables.
  static let standard: [Command] = [
    Command(
      "standard", ["v"], .look, "the syntax tables of the unit with its values, or its elements",
      panes: [.syntax], hint: ("standard", 7)
    ) { model, _ in
      model.document.standard.isShown.toggle()
      model.follow()
      return []
    }
  ]
}

/// The tables of the standard in the syntax pane.
extension ExplorerModel {
  /// Makes rows and selection agree with the place.
  mutating func followStandard() {
    guard document.standard.isShown else { return }
    if document.standard.unit != location.unit {
      let context = document.stream.parameters(before: location.unit).context
      document.standard.load(document.tree, unit: location.unit, context: context)
    }
    let count = document.standard.rows.count
    guard document.standard.anchor != location else {
      return document.standard.list.settle(count: count, page: page(.syntax))
    }
    document.standard.anchor = nil
    let row = document.standard.row(of: location.node ?? 0)
    document.standard.list.select(row ?? 0, count: count, page: page(.syntax))
  }

  /// Moves within the tables; the other panes follow where the row has a node.
  mutating func moveStandard(_ motion: Motion) {
    var list = document.standard.list
    list.move(motion, count: document.standard.rows.count, page: page(.syntax))
    document.standard.list = list
    selectStandard(list.selection)
  }

  /// Goes to a row.
  mutating func selectStandard(_ row: Int) {
    guard document.standard.rows.indices.contains(row) else { return }
    document.standard.list.selection = row
    if let node = document.standard.rows[row].node { select(node: node, of: location.unit) }
    // A row without a node, or one of several rows at a node, keeps the selection until the place changes.
    document.standard.anchor = location
    document.standard.list.select(
      row, count: document.standard.rows.count, page: page(.syntax))
  }
}
