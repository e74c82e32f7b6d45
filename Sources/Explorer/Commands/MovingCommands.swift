import TerminalScreen

extension Command {
  private static func motion(
    _ name: String, _ keys: [String], _ motion: Motion, _ help: String
  ) -> Command {
    Command(name, keys, .move, help) { model, _ in
      model.focused.move(motion, &model)
      return model.decodeSelection()
    }
  }

  /// Movements within a pane.
  static let moving: [Command] = [
    motion("up", ["k", "Up"], .up, "one row up"),
    motion("down", ["j", "Down"], .down, "one row down"),
    motion("page-up", ["PgUp", "C-b"], .pageUp, "one page up"),
    motion("page-down", ["PgDn", "C-f"], .pageDown, "one page down"),
    motion("half-page-up", ["C-u"], .halfPageUp, "half a page up"),
    motion("half-page-down", ["C-d"], .halfPageDown, "half a page down"),
    motion(
      "home", ["g", "Home"], .home, "to the first row; in Bits, to the first bit of the unit"),
    motion("end", ["G", "End"], .end, "to the last row; in Bits, to the last bit of the unit"),
    Command(
      "right", ["l", "Right"], .move,
      "open, or into; in Bits, one bit on; in Decode and tables, one column on; in Updates, one round on"
    ) { model, _ in model.focused.move(sideways: 1, &model) },
    Command(
      "left", ["h", "Left"], .move,
      "close, or to the parent; in Bits, one bit back; in Decode and tables, one column, in Updates one round back"
    ) { model, _ in model.focused.move(sideways: -1, &model) },
    Command(
      "open", ["Enter"], .move, "open or close; from lists, go to the place", aliases: ["enter"]
    ) { model, _ in model.focused.enter(&model) },
    Command(
      "toggle", ["Space"], .move, "open or close the row", panes: [.outline],
      hint: ("open/close", 5)
    ) { model, _ in
      if !model.setOpen(true) { _ = model.setOpen(false) }
      return []
    },
    Command("open-all", ["*"], .move, "open everything in the unit", panes: [.outline]) {
      model, _ in
      if case .node(let unit, _, _)? = model.document.outline[model.document.outlineList.selection],
        let tree = model.document.stream.tree(unit), model.document.projection == .bitstream
      {
        model.document.outline.open(unit, tree, whole: true)
        model.follow()
      } else {
        _ = model.setOpen(true, whole: true)
      }
      return []
    },
    Command("close-unit", ["-"], .move, "close the unit", panes: [.outline]) { model, _ in
      model.document.outline.close(model.location.unit)
      model.select(Location(unit: model.location.unit))
      return []
    },
  ]
}
