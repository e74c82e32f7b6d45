import NNRAnalysis
import NNRModel

/// A part of a tensor that pays some of its bits: a row, a block, a context, or what is paid beside levels.
public struct CostPart: Sendable {
  /// The bits, of those of the tensor.
  let amount: CostAmount
  /// The weights that share them; nil beside levels.
  var weights: Int?
  /// Its place among the rows or blocks; nil beside levels.
  var place: Int?
  /// What is paid; nil for levels.
  var besides: CostClass?
  /// Whether it is a row that is skipped; nil where rows are not skipped.
  var isSkipped: Bool?
  /// The block.
  var block: CostSpread.Block?
  /// The context, or the class of bins without one.
  var context: CostSpread.Context?
  /// Its bins; nil for rows.
  var bins: Int?
}

/// `cost --by rows`, `--by blocks` and `--by contexts`: the parts of one tensor, which sum to its bits.
///
/// Levels belong to rows and blocks; what is paid beside them follows with the name of its class.
public enum CostPartTable {
  private static let amounts =
    CostAmount.fields(share: "the share of the tensor").of { (part: CostPart) in part.amount } + [
      TensorTable.bitsPerWeight("bits for each weight", priority: 1) { part in
        part.weights.flatMap { $0 > 0 ? part.amount.bits / Double($0) : nil }
      }
    ]

  private static let bins = Field<CostPart>("bins", "its bins", priority: 2) { $0.bins }

  private static let besides = Field<CostPart>(
    "class", "what is paid beside levels; nothing for levels", priority: 2,
    values: CostClass.allCases.map(\.name)
  ) { $0.besides?.name }

  /// The columns of rows.
  public static let rowFields: [Field<CostPart>] =
    [Field("row", "the index of the first dimension", priority: 0) { $0.place }]
    + amounts + [
      Field("skipped", "whether the row is skipped", priority: 2) { $0.isSkipped }, besides,
    ]

  /// The columns of blocks.
  public static let blockFields: [Field<CostPart>] =
    [
      Field("block", "the number of the block in the scan", priority: 0) { $0.place },
      Field("row", "its first row", priority: 1) { $0.block?.rows.lowerBound },
      Field("column", "its first column", priority: 1) { $0.block?.columns.lowerBound },
      Field("height", "its rows", priority: 4) { $0.block?.rows.count },
      Field("width", "its columns", priority: 4) { $0.block?.columns.count },
    ] + amounts + [
      bins, Field("bit", "the payload bit where it begins", priority: 5) { $0.block?.part.start },
      besides,
    ]

  /// The columns of contexts.
  public static let contextFields: [Field<CostPart>] =
    [
      Field("context", "the number of the context", priority: 1) { $0.context?.number },
      Field("name", kind: .name, "what it is used for", priority: 0) { $0.context?.name },
    ] + amounts + [
      bins,
      Field("bits_per_bin", title: "bit/bin", "bits for each bin", priority: 2) { part in
        part.bins.flatMap { $0 > 0 ? part.amount.bits / Double($0) : nil }
      },
    ]

  /// A tensor's rows.
  public static func rows(_ tensor: TensorCost) -> [CostPart] {
    let beside = tensor.costs.charged.filter { $0.costClass.group == .overhead }
    let amount = amount(of: tensor.costs.total, tensor.rowBits + beside.map(\.bits))
    let width = (tensor.weights ?? 0) / max(1, tensor.rowBits.count)
    return tensor.rowBits.enumerated().map { row, bits in
      CostPart(
        amount: amount(bits), weights: width, place: row,
        isSkipped: tensor.rowMask.indices.contains(row) ? tensor.rowMask[row] != 0 : nil)
    } + beside.map { CostPart(amount: amount($0.bits), besides: $0.costClass) }
  }

  /// A tensor's blocks.
  public static func blocks(_ spread: CostSpread) -> [CostPart] {
    let amount = amount(
      of: spread.bits, spread.blocks.map(\.part.bits) + spread.beside.map(\.part.bits))
    return spread.blocks.enumerated().map { place, block in
      CostPart(
        amount: amount(block.part.bits), weights: block.rows.count * block.columns.count,
        place: place, block: block, bins: block.part.bins)
    }
      + spread.beside.map { costClass, part in
        CostPart(amount: amount(part.bits), besides: costClass, bins: part.bins)
      }
  }

  /// A tensor's contexts, and the classes of bins without one.
  public static func contexts(_ spread: CostSpread) -> [CostPart] {
    let amount = amount(of: spread.bits, spread.contexts.map(\.part.bits))
    return spread.contexts.map { context in
      CostPart(
        amount: amount(context.part.bits), weights: spread.tensor.count, context: context,
        bins: context.part.bins)
    }
  }

  private static func amount(of total: Double, _ all: [Double]) -> (Double) -> CostAmount {
    let greatest = all.max() ?? 0
    return { CostAmount(bits: $0, total: total, greatest: greatest) }
  }
}
