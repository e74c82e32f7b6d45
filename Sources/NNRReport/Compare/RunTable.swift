import NNRAnalysis
import NNRModel
import PlainText

/// A run as a row.
public struct RunRow: Sendable {
  /// Its number, from 1.
  let number: Int
  /// The run.
  let run: RunFigures
  /// The bits of the first run.
  let firstBits: Double
  /// The tensor with the worst weight; nil if none is compared.
  let worst: RunTensor?

  /// The runs of a comparison.
  public static func rows(_ comparison: RunComparison) -> [RunRow] {
    comparison.runs.enumerated().map { place, run in
      RunRow(
        number: place + 1, run: run, firstBits: comparison.runs.first?.bits ?? 0,
        worst: run.tensors.max { left, right in
          (left.cell.errors?.worst?.error ?? -1) < (right.cell.errors?.worst?.error ?? -1)
        }.flatMap { $0.cell.errors?.worst == nil ? nil : $0 })
    }
  }

  /// The change as a part of the first run; nil where that has no bits.
  var changeShare: Double? { firstBits > 0 ? (run.bits - firstBits) / firstBits : nil }

  /// Bits of the file for each weight; nil without weights.
  var bitsPerWeight: Double? { run.weights > 0 ? run.bits / Double(run.weights) : nil }

  /// The tensor and the indices of the worst weight; nil if none is compared.
  var worstPlace: String? {
    guard let worst, let found = worst.cell.errors?.worst else { return nil }
    return worst.name + "\(Shape.indices(of: found.element, in: worst.shape ?? []))"
  }

  /// What could not be decoded; nil if all could.
  var error: String? { Self.error(of: run) }

  /// What of a run could not be decoded, as a sentence; nil if all could.
  ///
  /// Not safe to print.
  public static func error(of run: RunFigures) -> String? {
    guard let first = run.failures.first else {
      return run.tensors.isEmpty ? "no unit codes a tensor" : nil
    }
    let more = run.failures.count - 1
    return "unit \(first.unit): \(first.failure)" + (more > 0 ? ", and \(more) more" : "")
  }
}

/// `compare --by run`: a row for each file.
public enum RunTable {
  /// The columns; with those of errors where weights were compared with an original.
  public static func fields(against: Bool) -> [Field<RunRow>] {
    costs + (against ? errors : []) + [
      Field("error", kind: .message, "what could not be decoded", priority: 2) { $0.error }
    ]
  }

  private static let costs: [Field<RunRow>] = [
    Field("run", "its number in the columns of the other tables", width: 4, priority: 0) {
      $0.number
    },
    Field("file", kind: .name, "the file", priority: 0) { $0.run.file },
    Field("size", kind: .size, "bytes of the file", priority: 3) { $0.run.size },
    Field("bits", "bits of the file", width: 10, priority: 1) { CostAmount.cell($0.run.bits) },
    Field("change", title: "Δ bits", "bits more than the first run", width: 10, priority: 2) {
      CostAmount.cell($0.run.bits - $0.firstBits)
    },
    Field(
      "change_share", title: "Δ", kind: .percent, "the change as a part of the first run",
      priority: 2
    ) { $0.changeShare },
    Field("tensors", "the number of tensors", priority: 8) { $0.run.tensors.count },
    Field("weights", "the number of weights", width: 10, priority: 7) { $0.run.weights },
    TensorTable.bitsPerWeight("bits of the file for each weight", priority: 4) {
      $0.bitsPerWeight
    },
  ]

  private static let errors: [Field<RunRow>] = [
    Field(
      "snr", aliases: ["snr_db"], title: "SNR dB", "original over error in decibel", priority: 1
    ) { $0.run.errors?.snr },
    Field("rmse", title: "RMSE", "the root of the mean squared error", priority: 2) {
      $0.run.errors?.rmse
    },
    Field("max_error", title: "max err", "the error of the worst weight", priority: 4) {
      $0.run.errors?.greatest
    },
    Field("worst", kind: .name, "where the worst weight is", priority: 6) { $0.worstPlace },
    Field(
      "nonfinite", title: "not finite", "pairs of weights that no error counts", priority: 4
    ) { $0.run.errors?.nonfinite },
    Field("compared", "the weights that were compared", priority: 8) { $0.run.errors?.count },
  ]
}

/// A tensor, group or class in one run.
public struct CompareCell: Sendable {
  /// The file of the run.
  let file: String
  /// The number of the run, from 0.
  let run: Int
  /// The row.
  let row: CompareRow

  /// The rows of a comparison, each in all runs that have it, run by run.
  public static func cells(_ rows: [CompareRow], _ runs: [RunFigures]) -> [CompareCell] {
    runs.enumerated().flatMap { number, run in
      rows.filter { $0.cells[number] != nil }.map {
        CompareCell(file: run.file, run: number, row: $0)
      }
    }
  }

  /// The name of the row; not safe to print.
  public var name: String { row.name }

  /// What it is there.
  var cell: RunCell? { row.cells[run] }
}

/// `compare --by cell`: a row for each tensor in each run, for programs that make their own tables.
public enum CompareCellTable {
  /// The columns; with those of errors where weights were compared with an original.
  public static func fields(against: Bool) -> [Field<CompareCell>] {
    [
      Field("run", "the number of the run", width: 4, priority: 1) { $0.run + 1 },
      Field("file", kind: .name, "the file of the run", priority: 0) { $0.file },
      Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.row.name },
      Field("shape", "its dimensions, where all runs agree", priority: 8) { $0.row.shape },
      Field("weights", "the number of weights", priority: 7) { $0.cell?.weights },
    ]
      + CellFigure.all(against: against).map { figure in
        Field(
          figure.key, aliases: figure.aliases, title: figure.title, kind: figure.kind,
          figure.summary, priority: figure.priority
        ) { figure.value($0.row, $0.run) }
      } + [
        Field(
          "why", kind: .message, "the classes that make up most of the change", width: 44,
          priority: 3
        ) { CompareRow.why($0.row.changes(of: $0.run)) }
      ]
      + CostClass.allCases.map { costClass in
        Field("\(costClass.name)_bits", "bits of the class \(costClass.name)", priority: 9) {
          cell in
          cell.cell.flatMap { $0.bits == nil ? nil : CostAmount.cell($0.costs[costClass]) }
        }
      }
  }

  /// The columns that are shown unless others are asked for.
  public static func usual(against: Bool) -> [String] {
    let classes = Set(CostClass.allCases.map { "\($0.name)_bits" })
    return fields(against: against).columns().map(\.key).filter { !classes.contains($0) }
  }
}
