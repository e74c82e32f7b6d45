import NNRAnalysis
import TerminalScreen

extension Command {
  /// The tensors table.
  static let tensorTable: [Command] = [
    .opening(.tensors, ["2"], "the tensors as a table", hint: ("tensors", 1)),
    Command(
      "columns", [], .look, "the columns of the tensors table: name,bits,…; nothing for the usual",
      argument: .text("NAMES"),
      complete: { _, text in
        let begun = text.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
        let lead = text.dropLast(begun.count)
        return TensorColumns.all.map(\.key).filter { $0.hasPrefix(begun) }.map { lead + $0 }
      }
    ) { model, text in
      model.showColumns(text)
      return model.followSavings()
    },
    Command(
      "next-columns", ["C"], .look, "other columns: usual, statistics, size, savings, errors, all",
      panes: [.tensors], hint: ("columns", 5)
    ) { model, _ in
      model.showNextColumns()
      return model.followSavings()
    },
    Command(
      "sort-by", [], .look, "sort the table by a column: bits, -bits; nothing for stream order",
      argument: .text("COLUMN"),
      complete: { _, text in
        TensorColumns.all.flatMap { [$0.key, "-" + $0.key] }.filter { $0.hasPrefix(text) }.sorted()
      }
    ) { model, text in
      model.sortTensors(by: text)
      return []
    },
    Command(
      "where", [], .find, "only tensors that fit a condition: qp > -20 and sparsity >= 0.5",
      argument: .text("CONDITION"),
      complete: { _, text in FilterCompletion.lines(text) }
    ) { model, text in
      model.filterTensors(text)
      if let problem = model.document.tensors.problem {
        model.tell("\(problem)", failed: true)
      } else {
        model.tell(model.tensorsNote)
      }
      return []
    },
  ]
}

extension FilterCompletion {
  /// Whole lines that a condition of the tensors table can be completed to.
  static func lines(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let completion = FilterCompletion(
      of: text, at: bytes.count, columns: TensorColumns.all)
    let lead = String(decoding: bytes[..<completion.range.lowerBound], as: UTF8.self)
    return completion.candidates.map { lead + $0 }
  }
}

extension ExplorerModel {
  /// Begins to decode all tensors, if that was not done yet.
  mutating func beginFigures() -> [Effect] {
    guard !document.figures.isBegun else { return [] }
    let reference = document.figures.reference
    document.figures = StreamFigures()
    document.figures.reference = reference
    document.figures.isBegun = true
    return start(.figures(document.source, document: current))
  }

  /// Begins to decode all tensors, where what is open shows their figures.
  mutating func startFigures() -> [Effect] {
    showsFigures ? beginFigures() : []
  }
}
