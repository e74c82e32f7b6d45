import TerminalScreen

extension Command {
  private static let weights: Set<Pane> = [.heat, .values, .decode]

  /// Heat map and values of a tensor.
  static let heat: [Command] = [
    Command(
      "heat", ["H"], .look, "the tensor as shaded cells: level, signed, zeros, bits",
      argument: .text("MODE"),
      complete: { _, text in HeatMode.allCases.map(\.rawValue).filter { $0.hasPrefix(text) } }
    ) { model, text in
      if !text.isEmpty {
        guard let mode = HeatMode(rawValue: text) else {
          let all = HeatMode.allCases.map(\.rawValue).joined(separator: ", ")
          model.tell("no map \(text), but: \(all)", failed: true)
          return []
        }
        model.document.cell.mode = mode
      } else if model.shows(.heat) {
        let all = HeatMode.allCases
        let place = all.firstIndex(of: model.document.cell.mode) ?? 0
        model.document.cell.mode = all[(place + 1) % all.count]
      }
      return model.showWeights(.heat)
    },
    Command(
      "values", ["V"], .look, "the tensor as numbers, with the way from level to weight"
    ) { model, _ in model.showWeights(.values) },
    Command(
      "levels", ["w"], .look, "levels or weights", panes: weights, hint: ("levels/weights", 6)
    ) { model, _ in
      model.document.cell.showsLevels.toggle()
      model.tell(model.document.cell.showsLevels ? "levels" : "weights")
      return []
    },
    Command("codebook", ["c"], .look, "the codebook, or the numbers", panes: [.values, .decode]) {
      model, _ in
      model.document.cell.showsCodebook.toggle()
      return model.shows(.values) ? [] : model.showWeights(.values)
    },
    Command(
      "next-member", ["."], .look, "next tensor of the block", panes: weights,
      hint: ("next of block", 3)
    ) { model, _ in model.showMember(1) },
    Command("previous-member", [","], .look, "previous tensor of the block", panes: weights) {
      model, _ in model.showMember(-1)
    },
    Command("finer", ["+"], .look, "fewer weights in a cell", panes: [.heat]) { model, _ in
      if let window = model.document.heatImage?.window, window.tall > 1 || window.wide > 1 {
        model.document.cell.zoom += 1
      }
      return model.refreshHeat()
    },
    Command("coarser", ["-"], .look, "more weights in a cell", panes: [.heat]) { model, _ in
      model.document.cell.zoom = max(0, model.document.cell.zoom - 1)
      return model.refreshHeat()
    },
    Command(
      "scale", ["a"], .look, "shades by the greatest level of the tensor or of the stream",
      panes: [.heat], hint: ("scale", 4)
    ) { model, _ in
      model.document.cell.scalesToStream.toggle()
      model.tell("scaled to the \(model.document.cell.scalesToStream ? "stream" : "tensor")")
      return model.document.cell.scalesToStream ? model.beginFigures() : []
    },
    Command(
      "range", ["%"], .look,
      "shades from the 2nd to the 98th percentile, or from least to greatest",
      panes: [.heat], hint: ("range", 4)
    ) { model, _ in
      model.document.cell.scalesToEnds.toggle()
      model.tell(
        model.document.cell.scalesToEnds
          ? "from the least to the greatest cell"
          : "from the 2nd to the 98th percentile of the cells")
      return []
    },
  ]
}

extension ExplorerModel {
  /// Shows the selected tensor as shaded cells or as numbers.
  mutating func showWeights(_ wanted: Pane) -> [Effect] {
    enter(wanted)
    let effects = decodeSelection()
    moveCell(row: document.cell.row, column: document.cell.column)
    return effects + refreshHeat()
  }
}
