import TerminalScreen

extension Command {
  private static func motion(
    _ name: String, _ keys: [String], _ motion: Motion, _ help: String
  ) -> Command {
    Command(name, keys, .move, help) { model, _ in
      model.move(motion)
      return model.decodeSelection() + model.refreshHeat()
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
      "open, or into; in Bits, one bit on; in Decode, one column on; in Updates, one round on"
    ) { model, _ in
      if model.focus == .costs { return model.rightInCosts() }
      if model.focus == .heat || model.focus == .values {
        model.moveCell(sideways: 1)
        return model.refreshHeat()
      }
      model.goRight()
      return model.decodeSelection()
    },
    Command(
      "left", ["h", "Left"], .move,
      "close, or to the parent; in Bits, one bit back; in Decode, one column, in Updates one round back"
    ) {
      model, _ in
      if model.focus == .costs { return model.leftInCosts() }
      if model.focus == .heat || model.focus == .values {
        model.moveCell(sideways: -1)
        return model.refreshHeat()
      }
      model.goLeft()
      return model.decodeSelection()
    },
    Command(
      "open", ["Enter"], .move, "open or close; from lists, go to the place", aliases: ["enter"]
    ) {
      model, _ in model.enter()
    },
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

extension ExplorerModel {
  /// What Enter does in the focused pane.
  mutating func enter() -> [Effect] {
    switch focus {
    case .outline: if !setOpen(true) { _ = setOpen(false) }
    case .syntax: focusPane(.bits)
    case .bits:
      reveal(location)
      pane = .outline
    case .diagnostics:
      guard let finding = selectedFinding else { break }
      let place = place(of: finding)
      view = .explorer
      jump(to: place)
      reveal(place)
    case .tensors:
      guard let place = document.tensors.selected else { break }
      view = .explorer
      jump(to: Location(unit: document.figures.lines[place].unit))
    case .costs: return enterCost()
    case .decode: return showWeights(.values)
    case .heat: return showWeights(.values)
    case .bins where bins.showsContexts: openContext()
    case .bins: showBinInSyntax()
    case .updates: openUpdate()
    case .diagnosis: return openDiagnosis()
    case .diff: return openDifference()
    case .notes: openNote()
    case .lesson: return enterLesson()
    case .detail, .values: break
    }
    return decodeSelection()
  }
}
