import NNRAnalysis
import NNRModel

/// `compare` as a table: one row for each tensor, group or class, with columns for each run.
public enum CompareTable {
  /// The columns for `runs` runs: those of a row, then bits of all runs, their changes and so on.
  ///
  /// Columns of a run end in its number, from 1: `bits_2`.
  public static func fields(runs: Int, against: Bool) -> [Field<CompareRow>] {
    let first: [Field<CompareRow>] = [
      Field("name", kind: .name, "the name of the tensor, group or class", priority: 0) { $0.name },
      Field("shape", "its dimensions, where all runs agree", priority: 8) { $0.shape },
      Field("weights", "the number of weights in the first run that has it", priority: 7) {
        $0.cells.lazy.compactMap(\.self).first?.weights
      },
      Field("tensors", "the number of tensors in the first run that has it", priority: 9) {
        $0.cells.lazy.compactMap(\.self).first?.tensors
      },
    ]
    let last: [Field<CompareRow>] = [
      Field("spread", "bits between the least and the greatest run", width: 10, priority: 2) {
        $0.spread.map(CostAmount.cell)
      },
      Field(
        "change", title: "Δ bits", "the greatest change against the first run, in bits", width: 10,
        priority: 1
      ) { $0.greatestChange.map { CostAmount.cell($0.bits) } },
      Field(
        "change_share", title: "Δ", kind: .percent,
        "the greatest change as a part of the first run", priority: 2
      ) { $0.changeShare },
      Field("changed_in", title: "in", "the run with the greatest change", width: 4, priority: 4) {
        $0.greatestChange.map { $0.run + 1 }
      },
      Field(
        "why", kind: .message, "the classes that make up most of the greatest change", width: 44,
        priority: 3
      ) { CompareRow.why($0.changes) },
    ]
    let figures = CellFigure.all(against: against)
    return first + last
      + figures.flatMap { figure in (0..<runs).map { figure.field(run: $0, of: runs) } }
  }

  /// The columns that are shown unless others are asked for.
  public static func usual(runs: Int, against: Bool) -> [String] {
    func each(_ key: String) -> [String] { (1...max(1, runs)).map { "\(key)_\($0)" } }
    let errors = against ? each("snr") : []
    let changes = ["change", "change_share"] + (runs > 2 ? ["changed_in", "spread"] : [])
    return ["name"] + each("bits") + errors + (runs > 1 ? changes + ["why"] : [])
  }
}

/// A figure of a row in one run.
struct CellFigure: Sendable {
  let key: String
  let aliases: [String]
  let title: String
  let kind: Column.Kind
  let summary: String
  let priority: Int
  /// The figure of run `run` of a row.
  let value: @Sendable (CompareRow, Int) -> CellValue?

  init(
    _ key: String, aliases: [String] = [], title: String? = nil, kind: Column.Kind = .number,
    _ summary: String, priority: Int, value: @escaping @Sendable (CompareRow, Int) -> CellValue?
  ) {
    self.key = key
    self.aliases = aliases
    self.title = title ?? key
    self.kind = kind
    self.summary = summary
    self.priority = priority
    self.value = value
  }

  /// Its column for a run.
  func field(run: Int, of runs: Int) -> Field<CompareRow> {
    let number = run + 1
    // The first and the last run stay longest.
    let isInner = run > 0 && number < runs
    return Field(
      "\(key)_\(number)", aliases: aliases.map { "\($0)_\(number)" }, title: "\(title) \(number)",
      kind: kind, "\(summary) in run \(number)", priority: priority + (isInner ? 1 : 0)
    ) { value($0, run) }
  }

  /// A figure that needs no other run.
  private static func own(
    _ key: String, aliases: [String] = [], title: String? = nil, kind: Column.Kind = .number,
    _ summary: String, priority: Int, value: @escaping @Sendable (RunCell) -> CellValue?
  ) -> CellFigure {
    CellFigure(
      key, aliases: aliases, title: title, kind: kind, summary, priority: priority
    ) { row, run in
      row.cells.indices.contains(run) ? row.cells[run].flatMap(value) : nil
    }
  }

  /// All figures, in the order of the columns.
  static func all(against: Bool) -> [CellFigure] {
    [
      own("bits", "payload bits", priority: 1) { $0.bits.map(CostAmount.cell) },
      CellFigure("change", title: "Δ bits", "bits more than in the first run", priority: 6) {
        row, run in row.change(of: run).map(CostAmount.cell)
      },
      own("bits_per_weight", aliases: ["bpw"], title: "bit/w", "bits for each weight", priority: 5)
      { $0.bitsPerWeight.map { .number($0) } },
      own("qp", title: "QP", "the quantization parameter", priority: 6) {
        $0.qp.map { .integer($0) }
      },
      own(
        "sparsity", aliases: ["zero_fraction"], title: "zeros", kind: .percent,
        "the share of zero weights", priority: 6
      ) { $0.zeroFraction.map { .number($0) } },
    ] + (against ? errors : [])
  }

  private static let errors: [CellFigure] = [
    own("snr", aliases: ["snr_db"], title: "dB", "original over error in decibel", priority: 3) {
      $0.errors?.snr.map { .number($0) }
    },
    own("rmse", title: "RMSE", "the root of the mean squared error", priority: 5) {
      $0.errors?.rmse.map { .number($0) }
    },
    own("max_error", title: "max err", "the error of the worst weight", priority: 6) {
      $0.errors?.greatest.map { .number($0) }
    },
    own(
      "nonfinite", title: "not finite", "pairs of weights that no error counts", priority: 7
    ) { $0.errors.map { .integer($0.nonfinite) } },
  ]
}
