import NNRAnalysis
import NNRModel
import NNRSyntax

/// A stream as requirements look at it.
struct RequiredStream: Sendable {
  let name: String
  let size: Int
  let units: Int
  let tensors: Int
  let dialect: String
  let elements: StreamElements

  /// The columns: what the stream is, and the elements of its start unit and parameter sets.
  static let fields: [Field<RequiredStream>] =
    [
      Field("name", "the file") { $0.name },
      Field("size", kind: .size, "the bytes of the file") { $0.size },
      Field("units", "the number of units") { $0.units },
      Field("tensors", "the number of coded tensors") { $0.tensors },
      Field("dialect", "the variant of its payloads") { $0.dialect },
    ] + elementFields(beside: ["name", "size", "units", "tensors", "dialect"]) { $0.elements[$1] }
}

/// A unit as requirements look at it.
struct RequiredUnit: Sendable {
  let row: UnitRow
  let tree: SyntaxTree?
  let data: CompressedDataUnit?
  let elements: StreamElements

  /// The columns of `units`, what a block holds, and every element: of the unit, or of the stream's parameter sets.
  static let fields: [Field<RequiredUnit>] = {
    let own: [Field<RequiredUnit>] =
      UnitTable.fields.of { $0.row } + [
        Field("local_scaling", "whether it has a local scaling") { $0.data?.hasLocalScaling },
        Field("batch_norm", "whether it has a batch norm") { $0.data?.hasBatchNorm },
        Field("bias", "whether it has a bias") { $0.data?.hasBias },
        Field("decomposed", "whether its weight is a product") { $0.data?.isDecomposed },
      ]
    return own
      + elementFields(beside: own.columns().flatMap { [$0.key] + $0.aliases }) {
        $0.tree?.number(of: $1) ?? $0.elements[$1]
      }
  }()
}

/// A tensor as requirements look at it.
struct RequiredTensor: Sendable {
  let row: TensorRow
  let unit: RequiredUnit

  /// The columns of `tensors`, flags of the payload, and every element: of its unit, or of the stream's parameter sets.
  static let fields: [Field<RequiredTensor>] = {
    let own: [Field<RequiredTensor>] =
      TensorTable.fields.of { $0.row } + [
        Field("name_bytes", "the bytes of the name") { $0.row.tensor.nameBytes.count },
        Field("codebook", "whether it has a codebook") { $0.row.tensor.codebook != nil },
        Field("row_skip_enabled_flag", "row_skip_enabled_flag: 1, 0") {
          $0.row.figures?.start.rowSkipEnabledFlag.map { $0 ? 1 : 0 }
        },
        Field("hist_dep_sig_prob_enabled_flag", "hist_dep_sig_prob_enabled_flag: 1, 0") {
          $0.row.figures?.start.historyFlag.map { $0 ? 1 : 0 }
        },
      ]
    return own
      + elementFields(beside: own.columns().flatMap { [$0.key] + $0.aliases }) {
        $0.unit.tree?.number(of: $1) ?? $0.unit.elements[$1]
      }
  }()
}

/// The first value of each element in a stream's start unit, parameter sets and topology unit.
struct StreamElements: Sendable {
  private let trees: [SyntaxTree]

  /// The elements of a stream.
  init(_ stream: NNRStream) {
    trees = stream.index.parameterUnits.prefix(16).compactMap { stream.tree($0) }
  }

  /// The value of an element; nil if it is nowhere.
  subscript(element: Element) -> Int? {
    for tree in trees { if let number = tree.number(of: element) { return number } }
    return nil
  }
}

/// A field for each syntax element whose name is not taken.
private func elementFields<Row>(
  beside taken: [String], _ value: @escaping @Sendable (Row, Element) -> Int?
) -> [Field<Row>] {
  var seen = Set(taken)
  return SyntaxCatalog.standard.elements.compactMap { element in
    guard seen.insert(element.name).inserted else { return nil }
    return Field(element.name, kind: .number, element.meaning) { value($0, element) }
  }
}
