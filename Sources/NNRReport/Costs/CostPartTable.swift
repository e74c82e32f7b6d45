import NNRAnalysis
import NNRModel

/// A part of a tensor that pays some of its bits: a row, a block, a context, or what is paid beside levels.
public struct CostPart: Sendable {
  /// What a part is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Rows of the first dimension.
    case rows
    /// Blocks of the scan.
    case blocks
    /// Contexts, and classes of bins without one.
    case contexts
  }

  /// The bits.
  public let bits: Double
  /// The weights that share them; nil beside levels.
  public internal(set) var weights: Int?
  /// Its place among the rows or blocks; nil beside levels.
  public internal(set) var place: Int?
  /// What is paid; nil for levels.
  public internal(set) var besides: CostClass?
  /// Whether it is a row that is skipped; nil where rows are not skipped.
  public internal(set) var isSkipped: Bool?
  /// The block.
  public internal(set) var block: CostSpread.Block?
  /// The context, or the class of bins without one.
  public internal(set) var context: CostSpread.Context?
  /// Its bins; nil where they were not counted.
  var bins: Int?
  /// The payload bit at which it begins; nil if that is not known.
  public internal(set) var start: Int?

  /// The bits of the tensor.
  var total = 0.0
  /// The most bits that a part of it takes.
  var greatest = 0.0

  /// The bits, of those of the tensor.
  var amount: CostAmount { CostAmount(bits: bits, total: total, greatest: greatest) }
  /// Bits for each weight; nil without weights.
  public var bitsPerWeight: Double? { weights.flatMap { $0 > 0 ? bits / Double($0) : nil } }
}

/// `cost --by rows`, `--by blocks` and `--by contexts`: the parts of one tensor, which sum to its bits.
///
/// Levels belong to rows and blocks; what is paid beside them follows with the name of its class.
public enum CostPartTable {
  private static let amounts =
    CostAmount.fields(share: "the share of the tensor").of { (part: CostPart) in part.amount } + [
      TensorTable.bitsPerWeight("bits for each weight", priority: 1) { $0.bitsPerWeight }
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
      bins, Field("bit", "the payload bit where it begins", priority: 5) { $0.start },
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
        part.bins.flatMap { $0 > 0 ? part.bits / Double($0) : nil }
      },
    ]

  /// The rows of a tensor whose ledger has their bits, and what is paid beside them.
  public static func rows(_ tensor: TensorCost) -> [CostPart] {
    let beside = tensor.costs.charged.filter { $0.costClass.group == .overhead }
    let rows = tensor.rowBits.map { CostSpread.Part(bits: $0, bins: 0) }
    return finished(
      self.rows(rows, tensor.rowMask, of: tensor.tensor)
        + beside.map { CostPart(bits: $0.bits, besides: $0.costClass) }, of: tensor.costs.total)
  }

  /// The parts of a tensor, found bin by bin; what is paid beside levels stands behind rows and blocks.
  public static func parts(_ kind: CostPart.Kind, _ spread: CostSpread) -> [CostPart] {
    let levels =
      switch kind {
      case .rows: rows(spread.rows, spread.rowMask, of: spread.tensor)
      case .blocks:
        spread.blocks.enumerated().map { place, block in
          CostPart(
            bits: block.part.bits, weights: block.rows.count * block.columns.count, place: place,
            block: block, bins: block.part.bins, start: block.part.start)
        }
      case .contexts:
        spread.contexts.map { context in
          CostPart(
            bits: context.part.bits, weights: spread.tensor.count, context: context,
            bins: context.part.bins, start: context.part.start)
        }
      }
    // Contexts have all bins, those beside levels too.
    let beside = kind == .contexts ? [] : spread.beside
    return finished(
      levels + beside.map { CostPart(bits: $1.bits, besides: $0, bins: $1.bins) }, of: spread.bits)
  }

  private static func rows(
    _ parts: [CostSpread.Part], _ mask: [UInt8], of tensor: CodedTensor
  ) -> [CostPart] {
    let width = (tensor.count ?? 0) / max(1, parts.count)
    return parts.enumerated().map { row, part in
      CostPart(
        bits: part.bits, weights: width, place: row,
        isSkipped: mask.indices.contains(row) ? mask[row] != 0 : nil, start: part.start)
    }
  }

  private static func finished(_ parts: [CostPart], of total: Double) -> [CostPart] {
    let greatest = parts.map(\.bits).max() ?? 0
    return parts.map { part in
      var part = part
      (part.total, part.greatest) = (total, greatest)
      return part
    }
  }
}
