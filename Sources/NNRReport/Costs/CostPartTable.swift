import NNRAnalysis
import NNRModel

/// `cost --by rows`, `--by blocks` and `--by contexts`: the parts of one tensor, which sum to its bits.
///
/// Levels belong to rows and blocks; what is paid beside them follows with the name of its class.
public enum CostPartTable {
  private static let amounts = [
    Column("bits", kind: .number, summary: "bits of the file", priority: 0),
    Column("share", title: "%", kind: .percent, summary: "the share of the tensor", priority: 1),
    Column("bar", title: "", kind: .text, summary: "the bits as a bar", priority: 3),
    Column("bpw", title: "bit/w", kind: .number, summary: "bits for each weight", priority: 1),
  ]

  private static let besides = Column(
    "class", kind: .text, summary: "what is paid beside levels; nothing for levels", priority: 2,
    examples: ["shift_parameters", "termination"])

  /// The columns of rows.
  public static let rowColumns =
    [Column("row", kind: .number, summary: "the index of the first dimension", priority: 0)]
    + amounts + [
      Column("skipped", kind: .flag, summary: "whether the row is skipped", priority: 2), besides,
    ]

  /// The columns of blocks.
  public static let blockColumns =
    [
      Column("block", kind: .number, summary: "the number of the block in the scan", priority: 0),
      Column("row", kind: .number, summary: "its first row", priority: 1),
      Column("column", kind: .number, summary: "its first column", priority: 1),
      Column("height", kind: .number, summary: "its rows", priority: 4),
      Column("width", kind: .number, summary: "its columns", priority: 4),
    ] + amounts + [
      Column("bins", kind: .number, summary: "its bins", priority: 3),
      Column("bit", kind: .number, summary: "the payload bit where it begins", priority: 5),
      besides,
    ]

  /// The columns of contexts.
  public static let contextColumns =
    [
      Column("context", kind: .number, summary: "the number of the context", priority: 1),
      Column("name", kind: .text, summary: "what it is used for", priority: 0),
    ] + amounts + [
      Column("bins", kind: .number, summary: "its bins", priority: 2),
      Column(
        "bits_per_bin", title: "bit/bin", kind: .number, summary: "bits for each bin", priority: 2),
    ]

  /// The table of a tensor's rows.
  public static func rows(_ tensor: TensorCost) -> Table {
    var lines: [Line] = []
    let width = (tensor.weights ?? 0) / max(1, tensor.rowBits.count)
    for (row, bits) in tensor.rowBits.enumerated() {
      var cells: [String: CellValue] = ["row": .integer(row)]
      if tensor.rowMask.indices.contains(row) {
        cells["skipped"] = .flag(tensor.rowMask[row] != 0)
      }
      lines.append(Line(bits: bits, weights: width, cells: cells))
    }
    for (costClass, bits, _) in tensor.costs.charged where costClass.group == .overhead {
      lines.append(Line(bits: bits, weights: nil, cells: ["class": .text(costClass.name)]))
    }
    return table(rowColumns, lines, of: tensor.costs.total)
  }

  /// The table of a tensor's blocks.
  public static func blocks(_ spread: CostSpread) -> Table {
    var lines: [Line] = []
    for (place, block) in spread.blocks.enumerated() {
      let cells: [String: CellValue] = [
        "block": .integer(place), "row": .integer(block.rows.lowerBound),
        "column": .integer(block.columns.lowerBound), "height": .integer(block.rows.count),
        "width": .integer(block.columns.count), "bins": .integer(block.part.bins),
        "bit": block.part.start.map { .integer($0) } ?? .missing,
      ]
      lines.append(
        Line(bits: block.part.bits, weights: block.rows.count * block.columns.count, cells: cells))
    }
    for (costClass, part) in spread.beside {
      lines.append(
        Line(
          bits: part.bits, weights: nil,
          cells: ["class": .text(costClass.name), "bins": .integer(part.bins)]))
    }
    return table(blockColumns, lines, of: spread.bits)
  }

  /// The table of a tensor's contexts, and of the classes of bins without one.
  public static func contexts(_ spread: CostSpread) -> Table {
    let lines = spread.contexts.map { context in
      let part = context.part
      var cells: [String: CellValue] = ["name": .text(context.name), "bins": .integer(part.bins)]
      if let number = context.number { cells["context"] = .integer(number) }
      if part.bins > 0 { cells["bits_per_bin"] = .number(part.bits / Double(part.bins)) }
      return Line(bits: part.bits, weights: spread.tensor.count, cells: cells)
    }
    return table(contextColumns, lines, of: spread.bits)
  }

  private struct Line {
    var bits: Double
    var weights: Int?
    var cells: [String: CellValue]
  }

  private static func table(_ columns: [Column], _ lines: [Line], of total: Double) -> Table {
    var table = Table(columns: columns)
    let greatest = lines.map(\.bits).max() ?? 0
    for line in lines {
      var cells = CostColumns.cells(bits: line.bits, of: total, greatest: greatest)
      if let weights = line.weights, weights > 0 {
        cells["bpw"] = .number(line.bits / Double(weights))
      }
      cells.merge(line.cells) { $1 }
      table.append(cells)
    }
    return table
  }
}
