import NNRAnalysis
import NNRModel
import NNRSyntax
import PlainText

/// A tensor of a stream with what is known of it: from the headers, or from decoding.
public struct TensorRow: Sendable, SavingRow {
  /// The tensor.
  public let tensor: CodedTensor
  /// What decoding found; nil if it was not decoded or not reached.
  public let figures: TensorFigures?
  /// Why it could not be decoded, or ended badly.
  public let failure: DecodeFailure?
  /// Its errors against a reference; nil if it was not compared.
  public private(set) var errors: AgainstReport.Row?
  /// The bits that coding it anew would save; nil where nothing was searched.
  public var couldSave: Int?

  /// The tensor.
  public var coded: CodedTensor { tensor }

  /// Takes its errors over from a comparison.
  public mutating func compare(with report: AgainstReport) { errors = report.row(for: tensor) }

  /// Whether all its weights were decoded and its payload ended well.
  public var isDecoded: Bool { figures?.end != nil && failure == nil }

  /// Bits for each weight; nil if not known.
  public var bitsPerWeight: Double? {
    guard let figures, let bits = figures.bits, figures.count > 0 else { return nil }
    return bits / Double(figures.count)
  }

  /// The zero-order entropy in bits per weight; nil for raw floats, and where no weight was decoded.
  var entropy: Double? { levels?.entropy }

  /// What is known of it once a weight was decoded.
  private var begun: TensorFigures? { figures.flatMap { $0.isBegun ? $0 : nil } }

  /// The integers; nil for raw floats, and where no weight was decoded.
  public var levels: LevelStatistics? {
    tensor.quantizer == .raw ? nil : begun.map(\.levels)
  }

  /// The weights; nil where none was decoded.
  var values: ValueStatistics? { begun.map(\.values) }

  /// The rows that were skipped; nil where rows are not skipped, or no weight was decoded.
  var skippedRows: Int? {
    figures.flatMap { $0.start.rowMask.isEmpty ? nil : levels?.skippedRows }
  }

  /// By which factor it is smaller than with `width` bits for each weight; nil if not known.
  func ratio(toWidth width: Double) -> Double? {
    bitsPerWeight.flatMap { $0 > 0 ? width / $0 : nil }
  }

  /// The rows of a stream from its headers alone.
  public static func headers(_ session: Session, stream: Int) -> [TensorRow] {
    session.directory(stream).tensors.map { TensorRow(tensor: $0, figures: nil, failure: nil) }
  }

  /// The rows of a stream, decoded over `threads` threads; `done` is told after each unit.
  public static func decoded(
    _ session: Session, stream: Int, options: FiguresOptions, threads: Int,
    done: @escaping @Sendable (UnitFigures) -> Bool = { _ in true }
  ) -> [TensorRow] {
    let directory = session.directory(stream)
    let units = directory.byUnit.keys.sorted()
    let figures = UnitFigures.all(
      session, stream: stream, units: units, options: options, threads: threads, done: done)
    return zip(units, figures).flatMap { unit, figures in
      rows(directory.tensors[directory.byUnit[unit] ?? 0..<0], figures)
    }
  }

  /// The rows of one unit.
  public static func rows(_ tensors: ArraySlice<CodedTensor>, _ figures: UnitFigures?)
    -> [TensorRow]
  {
    tensors.enumerated().map { place, tensor in
      let found = figures.flatMap { $0.tensors.indices.contains(place) ? $0.tensors[place] : nil }
      return TensorRow(tensor: tensor, figures: found, failure: figures?.failure)
    }
  }
}

/// `tensors` as a table: one row for each coded tensor.
public enum TensorTable {
  /// The key of the column that says where integers are from.
  public static let origin = "levels_origin"

  /// The columns.
  public static let fields: [Field<TensorRow>] = [
    Field("name", kind: .name, "the name of the tensor", priority: 0) { $0.tensor.name },
    Field("unit", "the number of its unit", width: 5, priority: 6) { $0.tensor.unit },
    Field(
      "role", "what it is within its block", width: 7, priority: 9,
      values: CodedTensor.Role.allCases.map(\.rawValue)
    ) { $0.tensor.role.rawValue },
    Field("shape", "its dimensions", priority: 1) { $0.tensor.dimensions },
    Field("weights", "the number of weights", width: 10, priority: 4) { $0.tensor.count },
    Field(
      "type", aliases: ["payload_type"], "the payload type", priority: 7,
      values: PayloadType.allCases.map(short), prefix: "NNR_PT_"
    ) { short($0.tensor.payloadType) },
    Field(
      "quantizer", "how integers become weights", priority: 5,
      values: CodedTensor.Quantizer.allCases.map(\.rawValue)
    ) { $0.tensor.quantizer.rawValue },
    Field("qp", title: "QP", "the quantization parameter", width: 4, priority: 2) {
      $0.figures?.start.dequantizer.qp
    },
    Field("step", aliases: ["step_size"], "the step size", priority: 5) {
      $0.figures?.start.dequantizer.stepSize
    },
    Field("dq", aliases: ["dq_flag"], "dependent quantization", priority: 6) {
      $0.tensor.dqFlag
    },
    Field(
      "scan", aliases: ["scan_order_effective"], "the scan order in use", width: 4, priority: 8
    ) { $0.tensor.effectiveScanOrder },
    Field("bits", "payload bits", width: 10, priority: 3) { $0.figures?.bits },
    bitsPerWeight("payload bits for each weight") { $0.bitsPerWeight },
    Field("entropy", "zero-order entropy of the levels in bits", width: 7, priority: 4) {
      $0.entropy
    },
    Field(
      "context_entropy", title: "H|nb", "entropy given the sign of the neighbour", width: 6,
      priority: 8
    ) { $0.levels?.conditionalEntropy },
    Field(
      "sparsity", aliases: ["zero_fraction"], title: "zeros", kind: .percent,
      "the share of zero weights", priority: 3
    ) { $0.values.flatMap { $0.count > 0 ? $0.zeroFraction : nil } },
    Field("skipped_rows", title: "skipped", "rows that were skipped", priority: 8) {
      $0.skippedRows
    },
    Field("min_level", title: "min", "the least level", width: 8, priority: 6) {
      $0.levels?.min.map { Int($0) }
    },
    Field("max_level", title: "max", "the greatest level", width: 8, priority: 6) {
      $0.levels?.max.map { Int($0) }
    },
    Field("distinct", "the number of distinct levels", priority: 8) { $0.levels?.distinct },
    Field("mean", "the mean of the weights", width: 10, priority: 8) { $0.values?.mean },
    Field("std", title: "σ", "the standard deviation of the weights", priority: 7) {
      $0.values?.standardDeviation
    },
    Field("min_value", title: "least", "the least weight", width: 10, priority: 8) {
      $0.values?.min
    },
    Field("max_value", title: "greatest", "the greatest weight", width: 10, priority: 8) {
      $0.values?.max
    },
    Field(
      "nonfinite", title: "not finite",
      "weights that are NaN or infinite; mean, σ, least and greatest are of the others", priority: 7
    ) { $0.values.map { $0.count - $0.finiteCount } },
    Field(
      "first_nonfinite", title: "first at", "the indices of the first of them, and the weight",
      priority: 9
    ) { row in
      row.figures?.firstNonfinite.map {
        "\(Shape.indices(of: $0.element, in: row.tensor.dimensions ?? [])) \(NumberFormat.shortest($0.value))"
      }
    },
    Field(
      origin, title: "origin", "where the integers are from, if not from the payload", width: 18,
      priority: 2
    ) { row in
      row.figures.flatMap {
        $0.start.levelsOrigin == .payload ? nil : $0.start.levelsOrigin.rawValue
      }
    },
    Field("ratio", "float32 size over coded size", width: 6, priority: 5) {
      $0.ratio(toWidth: 32)
    },
    Field("ratio8", "int8 size over coded size", width: 6, priority: 9) { $0.ratio(toWidth: 8) },
    Field("error", kind: .message, "why it could not be decoded", priority: 1) {
      $0.failure.map { "\($0)" }
    },
  ]

  /// The columns that are added where weights are compared with a reference.
  public static let errors = compared.of { (row: TensorRow) in row.errors }

  private static let compared = [
    "max_error", "rmse", "snr", "relative_l2", "worst", "nonfinite_errors",
  ]
  .flatMap { key in AgainstReport.Row.fields.filter { $0.column.key == key } }

  /// The cells of `errors` for a tensor with these, or that was not compared.
  public static func errors(_ row: AgainstReport.Row?) -> [CellValue] {
    compared.map { field in row.map { field.value($0) } ?? .missing }
  }

  /// The column of bits for each weight, for whatever has some.
  static func bitsPerWeight<Row>(
    _ summary: String, priority: Int = 2, _ value: @escaping @Sendable (Row) -> Double?
  ) -> Field<Row> {
    Field(
      "bits_per_weight", aliases: ["bpw"], title: "bit/w", summary, width: 6, priority: priority,
      value: value)
  }

  private static func short(_ type: PayloadType) -> String {
    type.name.replacing("NNR_PT_", with: "")
  }
}
