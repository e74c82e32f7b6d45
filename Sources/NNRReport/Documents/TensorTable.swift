import NNRAnalysis
import NNRModel
import NNRSyntax

/// A tensor of a stream with what is known of it: from the headers, or from decoding.
public struct TensorRow: Sendable {
  /// The tensor.
  public let tensor: CodedTensor
  /// What decoding found; nil if it was not decoded or not reached.
  public let figures: TensorFigures?
  /// Why it could not be decoded, or ended badly.
  public let failure: DecodeFailure?

  /// Whether all its weights were decoded and its payload ended well.
  public var isDecoded: Bool { figures?.end != nil && failure == nil }

  /// Bits for each weight; nil if not known.
  public var bitsPerWeight: Double? {
    guard let figures, let bits = figures.bits, figures.count > 0 else { return nil }
    return bits / Double(figures.count)
  }

  /// The zero-order entropy in bits per weight; nil for raw floats, and where no weight was decoded.
  var entropy: Double? {
    guard let figures, figures.isBegun, tensor.quantizer != .raw else { return nil }
    return figures.levels.entropy
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
  /// The columns.
  public static let columns = [
    Column("name", kind: .text, summary: "the name of the tensor", priority: 0),
    Column("unit", kind: .number, summary: "the number of its unit", priority: 6),
    Column(
      "role", kind: .text, summary: "what it is within its block", priority: 9,
      examples: ["weight", "bias"]),
    Column("shape", kind: .text, summary: "its dimensions", priority: 1),
    Column("weights", kind: .number, summary: "the number of weights", priority: 4),
    Column(
      "type", kind: .text, summary: "the payload type", priority: 7,
      examples: ["FLOAT", "BLOCK", "INT", "RAW_FLOAT"]),
    Column(
      "quantizer", kind: .text, summary: "how integers become weights", priority: 5,
      examples: ["uniform", "codebook", "skip", "raw"]),
    Column("qp", title: "QP", kind: .number, summary: "the quantization parameter", priority: 2),
    Column("step", kind: .number, summary: "the step size", priority: 5),
    Column("dq", kind: .flag, summary: "dependent quantization", priority: 6),
    Column("scan", kind: .number, summary: "the scan order in use", priority: 8),
    Column("bits", kind: .number, summary: "payload bits", priority: 3),
    Column(
      "bpw", title: "bit/w", kind: .number, summary: "payload bits for each weight",
      priority: 2),
    Column(
      "entropy", kind: .number, summary: "zero-order entropy of the levels in bits",
      priority: 4),
    Column(
      "context_entropy", title: "H|nb", kind: .number,
      summary: "entropy given the sign of the neighbour", priority: 8),
    Column(
      "sparsity", title: "zeros", kind: .percent, summary: "the share of zero weights",
      priority: 3),
    Column(
      "skipped_rows", title: "skipped", kind: .number, summary: "rows that were skipped",
      priority: 8),
    Column("min_level", title: "min", kind: .number, summary: "the least level", priority: 6),
    Column("max_level", title: "max", kind: .number, summary: "the greatest level", priority: 6),
    Column("distinct", kind: .number, summary: "the number of distinct levels", priority: 8),
    Column("mean", kind: .number, summary: "the mean of the weights", priority: 8),
    Column(
      "std", title: "σ", kind: .number, summary: "the standard deviation of the weights",
      priority: 7),
    Column("ratio", kind: .number, summary: "float32 size over coded size", priority: 5),
    Column("ratio8", kind: .number, summary: "int8 size over coded size", priority: 9),
    Column("error", kind: .text, summary: "why it could not be decoded", priority: 1),
  ]

  /// The cells of a tensor by the keys of the columns.
  public static func cells(_ row: TensorRow) -> [String: CellValue] {
    let tensor = row.tensor
    var cells: [String: CellValue] = [
      "name": .text(tensor.name), "unit": .integer(tensor.unit),
      "role": .text(tensor.role.rawValue),
      "shape": tensor.dimensions.map { .text(Shape.text($0)) } ?? .missing,
      "weights": tensor.count.map { .integer($0) } ?? .missing,
      "type": .text(tensor.payloadType.name.replacing("NNR_PT_", with: "")),
      "quantizer": .text(tensor.quantizer.rawValue), "dq": .flag(tensor.dqFlag),
      "scan": .integer(tensor.effectiveScanOrder),
    ]
    if let failure = row.failure { cells["error"] = .text("\(failure)") }
    guard let figures = row.figures else { return cells }
    let dequantizer = figures.start.dequantizer
    cells["qp"] = dequantizer.qp.map { .integer($0) }
    cells["step"] = dequantizer.stepSize.map { .number($0) }
    if let bits = figures.bits { cells["bits"] = .number(bits) }
    if let bpw = row.bitsPerWeight {
      cells["bpw"] = .number(bpw)
      cells["ratio"] = bpw > 0 ? .number(32 / bpw) : .missing
      cells["ratio8"] = bpw > 0 ? .number(8 / bpw) : .missing
    }
    guard figures.isBegun else { return cells }
    if tensor.quantizer != .raw {
      cells["entropy"] = row.entropy.map { .number($0) }
      cells["context_entropy"] = .number(figures.levels.conditionalEntropy)
      cells["min_level"] = figures.levels.min.map { .integer(Int($0)) }
      cells["max_level"] = figures.levels.max.map { .integer(Int($0)) }
      cells["distinct"] = .integer(figures.levels.distinct)
      if !figures.start.rowMask.isEmpty {
        cells["skipped_rows"] = .integer(figures.levels.skippedRows)
      }
    }
    cells["sparsity"] = .number(figures.values.zeroFraction)
    cells["mean"] = figures.values.mean.map { .number($0) }
    cells["std"] = figures.values.standardDeviation.map { .number($0) }
    return cells
  }

  /// The table of tensors; with their errors where they were compared with a reference.
  public static func table(_ rows: [TensorRow], against: AgainstReport? = nil) -> Table {
    var table = Table(columns: against == nil ? columns : columns + AgainstText.columns)
    for row in rows {
      table.append(
        cells(row).merging(AgainstText.cells(row.tensor, against)) { first, _ in first })
    }
    return table
  }
}
