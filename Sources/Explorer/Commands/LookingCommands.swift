import TerminalScreen

extension Command {
  private static func pane(_ name: String, _ pane: Pane) -> Command {
    Command(name, [], .look, "give the keyboard to \(pane.title)") { model, _ in
      model.focusPane(pane)
      return []
    }
  }

  /// Views, panes and how they look; `sorted` are the panes whose lines have orders.
  static func looking(sorted: Set<Pane>) -> [Command] {
    [
      Command("next-pane", ["Tab"], .look, "next pane", hint: ("pane", 6)) { model, _ in
        model.cyclePane(1)
        return []
      },
      Command("previous-pane", ["S-Tab"], .look, "previous pane") { model, _ in
        model.cyclePane(-1)
        return []
      },
      Command(
        "zoom", ["z"], .look, "one pane, or all", hint: ("zoom", 3),
        unavailable: { $0.shows(.explorer) ? nil : "\($0.shown.pane.title) has the whole screen" }
      ) { model, _ in
        model.isZoomed.toggle()
        model.follow()
        return []
      },
      Command(
        "projection", ["t"], .look, "bitstream order, or the model by names", panes: [.outline],
        hint: ("model/stream", 7)
      ) { model, _ in
        model.document.projection = model.document.projection == .bitstream ? .model : .bitstream
        if model.document.projection == .model {
          model.document.modelOutline.update(model.document.survey)
        }
        model.document.modelOutline.group = nil
        model.follow()
        return []
      },
      Command(
        "sort", ["s"], .look,
        "next order of the model or of the table; by the column under the cursor, or a named one: -bits",
        argument: .text("ORDER"), panes: sorted,
        complete: { model, text in
          let orders = model.focused.orders
          return (orders + orders.map { "-" + $0 }).filter { $0.hasPrefix(text) }
        },
        unavailable: {
          $0.hasKeyboard(.outline) && $0.document.projection == .bitstream
            ? "the bitstream has one order; \($0.shownKey(of: "projection")) shows the model" : nil
        }
      ) { model, text in
        let orders = model.focused.orders
        if let order = NamedOrder(text, among: orders) {
          model.focused.sort(order, &model)
        } else if !text.isEmpty {
          model.tell(NamedOrder.problem(text, among: orders), failed: true)
        } else if let list = model.columnList, let place = model.cursorColumn {
          model.focused.sort(by: list.columns[place].key, &model)
        } else {
          model.focused.sort(next: true, &model)
        }
        return []
      },
      Command(
        "reverse", ["S"], .look, "turn the order round", panes: sorted,
        unavailable: {
          $0.hasKeyboard(.outline) && $0.document.projection == .bitstream
            ? "the bitstream has one order; \($0.shownKey(of: "projection")) shows the model" : nil
        }
      ) { model, _ in
        model.focused.sort(next: false, &model)
        return []
      },
      pane("outline", .outline), pane("syntax", .syntax), pane("bits", .bits),
      pane("detail", .detail), pane("decode", .decode),
    ]
  }
}

extension ExplorerModel {
  /// Gives the keyboard to a pane.
  mutating func focusPane(_ pane: Pane) {
    enter(.explorer)
    self.pane = pane
    lesson?.hasFocus = false
    if pane == .bits || pane == .decode { strip = pane }
    follow()
  }

  /// Gives the keyboard to the next or the previous pane.
  mutating func cyclePane(_ step: Int) {
    if lesson != nil, cyclesLesson(step) { return follow() }
    let panes = Pane.parts
    guard shows(.explorer), let place = panes.firstIndex(of: pane) else {
      enter(.explorer)
      return follow()
    }
    focusPane(panes[(place + step + panes.count) % panes.count])
  }

  /// Takes the lesson as the pane behind the last; whether it was its turn.
  private mutating func cyclesLesson(_ step: Int) -> Bool {
    if hasKeyboard(.lesson) {
      lesson?.hasFocus = false
      if shows(.explorer), let pane = step > 0 ? Pane.parts.first : Pane.parts.last {
        focusPane(pane)
      }
      return true
    }
    guard !shows(.explorer) || pane == (step > 0 ? Pane.parts.last : Pane.parts.first) else {
      return false
    }
    lesson?.hasFocus = true
    return true
  }
}
