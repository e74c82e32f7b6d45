import NNRAnalysis
import NNRReport
import TerminalScreen

extension Command {
  /// The open files as runs.
  static let comparingRuns: [Command] = [
    .opening(.compare, ["9"], "the open files as runs side by side: bits, changes, errors"),
    Command(
      "next-rows", ["t"], .look, "other rows: tensors, roles, first parts of names, classes",
      panes: [.compare], hint: ("rows", 5)
    ) { model, _ in
      model.compare.rows =
        switch model.compare.rows {
        case .tensors: .groups("role")
        case .groups("role"): .groups("depth:1")
        case .groups: .classes
        case .classes: .tensors
        }
      model.arrangeRuns()
      return []
    },
    Command(
      "next-figure", ["o"], .look, "another figure of each run: bits, change, bit/weight, QP, …",
      panes: [.compare], hint: ("figure", 5)
    ) { model, _ in
      let all = CompareState.Figure.allCases.filter {
        !$0.needsOriginal || model.compare.comparison?.isAgainst == true
      }
      let next = (all.firstIndex(of: model.compare.figure) ?? -1) + 1
      model.compare.figure = all[next % all.count]
      return []
    },
    Command(
      "plot", ["P"], .look, "the errors of all runs over their bits, or the table",
      panes: [.compare], hint: ("plot", 4),
      unavailable: {
        $0.compare.reference == nil ? ":original names what runs are compared with" : nil
      }
    ) { model, _ in
      model.compare.isPlotted.toggle()
      return []
    },
    Command(
      "group", [], .look, "rows of the comparison that are groups: role, depth:2, norm=*.bn?.* …",
      argument: .text("GROUPS"),
      complete: { _, text in ["role", "depth:1", "depth:2"].filter { $0.hasPrefix(text) } }
    ) { model, text in
      guard text.isEmpty || CompareState.groups(text) != nil else {
        model.tell("group wants role, depth:2 or NAME=PATTERN …", failed: true)
        return []
      }
      model.compare.rows = text.isEmpty ? .tensors : .groups(text)
      model.enter(.compare)
      model.arrangeRuns()
      return model.followRuns()
    },
    Command(
      "original", [], .look, "compares the weights of all open files with their original",
      argument: .text("PATH"), complete: { _, text in PathCompletion.paths(text) }
    ) { model, path in
      guard !path.isEmpty else {
        model.tell("original needs the file of the original weights", failed: true)
        return []
      }
      model.compare.reference = path
      model.compare.forget()
      model.enter(.compare)
      return model.followRuns()
    },
  ]
}

extension ExplorerModel {
  /// Begins to decode the open files, if they are not those that were decoded.
  mutating func followRuns() -> [Effect] {
    let files = documents.map(\.stream.name)
    guard files != compare.files else { return [] }
    compare.column = min(current, files.count - 1)
    compare.begin(files)
    return start(.compare(documents.map(\.source), against: compare.reference))
  }

  /// Makes the rows anew; the cursor stays on its row if that is still there.
  mutating func arrangeRuns() {
    let name = compare.selected?.name
    compare.arrange()
    if let line = compare.lines.firstIndex(where: { $0.name == name }) {
      compare.list.select(line, count: compare.lines.count, page: page(.compare))
    }
    compare.list.settle(count: compare.lines.count, page: page(.compare))
  }
}
