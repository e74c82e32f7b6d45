import NNRBits
import NNRSyntax

/// The header of an NNR_NDU as facts (format reference 2.12).
public struct CompressedDataUnit: Sendable {
  /// A codebook (format reference 3.4).
  public struct Codebook: Sendable, Hashable {
    /// The order of the delta codes.
    public let egk: Int
    /// The index of the entry that the coded integer 0 stands for.
    public let zeroOffset: Int
    /// The entries, strictly increasing.
    public let values: [Int]

    /// A codebook; `values` are strictly increasing, and `zeroOffset` is one of their indices.
    package init(egk: Int, zeroOffset: Int, values: [Int]) {
      self.egk = egk
      self.zeroOffset = zeroOffset
      self.values = values
    }
  }

  /// An entry point as it is listed (format reference 3.5).
  public struct ListedEntryPoint: Sendable, Hashable {
    /// The upper bits of the offset register.
    public let value: Int
    /// The trellis state.
    public let state: Int
    /// Bits since the entry point before.
    public let distance: Int
  }

  /// The number of the unit in its stream.
  public let unit: Int
  /// What the payload holds.
  public let payloadType: PayloadType
  /// The names, as coded.
  public let names: [[UInt8]]
  /// The names with invalid UTF-8 replaced; not safe to print.
  public let nameTexts: [String]
  /// tensor_dimensions, or those from outside; nil if not known.
  public let dimensions: [Int]?
  /// Whether the dimensions are in the unit.
  public let dimensionsAreCoded: Bool
  /// compressed_parameter_types.
  public let parameterTypes: ParameterTypes
  /// decomposition_rank.
  public let decompositionRank: Int?
  /// g_number_of_rows.
  public let gRows: Int?
  /// dq_flag.
  public let dqFlag: Bool
  /// cabac_unary_length_minus1 + 1.
  public let unaryLength: Int
  /// scan_order.
  public let scanOrder: Int
  /// first_tensor_dimension_shift.
  public let firstDimensionShift: Int
  /// The codebook of the weight or of G.
  public let codebook: Codebook?
  /// The codebook of H.
  public let codebookForH: Codebook?
  /// cabac_entry_point_list.
  public let entryPoints: [ListedEntryPoint]
  /// Device, parameter and depth, where present.
  public let node: UpdateNode?
  /// The parent, where one is named.
  public let parent: UpdateParent?
  /// temporal_context_modeling_flag.
  public let temporalContexts: Bool
  /// The bytes of the payload in the file.
  public let payload: Range<Int>
  /// Whether the unit is one of several parts.
  public let isPartial: Bool
  /// Whether the tensor was split over several names (format reference 2.13).
  public let isSplit: Bool

  /// NNR_CPT_DC.
  public var isDecomposed: Bool { parameterTypes.contains(.decomposed) }
  /// NNR_CPT_LS.
  public var hasLocalScaling: Bool { parameterTypes.contains(.localScaling) }
  /// NNR_CPT_BN.
  public var hasBatchNorm: Bool { parameterTypes.contains(.batchNorm) }
  /// NNR_CPT_BI.
  public var hasBias: Bool { parameterTypes.contains(.bias) }

  /// The facts of a parsed unit; nil unless it is a data unit whose header could be read to its end.
  public init?(_ tree: SyntaxTree, unit: Int, offset: Int, parameters: ParameterState) {
    guard tree.number(of: .nnrUnitType) == UnitType.compressedData.rawValue, tree.isComplete,
      let type = tree.number(of: .payloadType).flatMap(PayloadType.init(rawValue:))
    else { return nil }
    self.unit = unit
    payloadType = type
    names = Self.names(tree, parameters.referenceList)
    nameTexts = names.map { String(decoding: $0, as: UTF8.self) }
    let coded = tree.numbers(of: .tensorDimensions)
    dimensionsAreCoded = !coded.isEmpty
    dimensions = coded.isEmpty ? tree.outOfBand?.dimensions : coded
    parameterTypes = ParameterTypes(
      rawValue: tree.number(of: .compressedParameterTypes) ?? 0)
    decompositionRank = tree.number(of: .decompositionRank)
    gRows = tree.number(of: .gNumberOfRows)
    dqFlag = tree.number(of: .dqFlag) == 1
    unaryLength =
      tree.number(of: .cabacUnaryLengthMinus1).map { $0 + 1 } ?? tree.outOfBand?.unaryLength
      ?? (Element.cabacUnaryLengthMinus1.inferred ?? 9) + 1
    scanOrder = tree.number(of: .scanOrder) ?? 0
    firstDimensionShift = tree.number(of: .firstTensorDimensionShift) ?? 0
    codebook = Codebook(tree, .weight)
    codebookForH = Codebook(tree, .h)
    entryPoints = Self.entryPoints(tree)
    node = UpdateNode(tree)
    parent = UpdateParent(tree)
    temporalContexts = tree.number(of: .temporalContextModelingFlag) == 1
    payload = offset + tree.payloadStart / 8..<offset + tree.bitCount / 8
    isPartial = tree.number(of: .partialDataCounterPresentFlag) == 1
    isSplit = type != .block && tree.number(of: .multipleTopologyElementsPresentFlag) == 1
  }

  private static func names(_ tree: SyntaxTree, _ references: [[UInt8]]) -> [[UInt8]] {
    let named = tree.texts(of: .topologyElemIdList) + tree.texts(of: .topologyElemId)
    if !named.isEmpty { return named }
    let indices =
      tree.numbers(of: .topologyElemIdIndexList) + tree.numbers(of: .topologyElemIdIndex)
    return indices.map { references.indices.contains($0) ? references[$0] : Array("#\($0)".utf8) }
  }

  private static func entryPoints(_ tree: SyntaxTree) -> [ListedEntryPoint] {
    let values = tree.numbers(of: .cabacEntryPointValue)
    let states = tree.numbers(of: .cabacEntryPointState)
    let distances = tree.numbers(of: .cabacEntryPointDistance)
    return zip(values, distances).enumerated().map { place, pair in
      ListedEntryPoint(
        value: pair.0, state: states.indices.contains(place) ? states[place] : 0,
        distance: pair.1)
    }
  }

  /// What a unit leaves out, where `known` has it under one of its names.
  static func missing(_ tree: SyntaxTree, _ known: (String) -> OutOfBand?) -> OutOfBand? {
    guard tree.node(of: .payloadType) != nil, tree.node(of: .tensorDimensions) == nil
    else { return nil }
    let names = tree.texts(of: .topologyElemIdList) + tree.texts(of: .topologyElemId)
    guard let first = names.first else { return nil }
    let name = String(decoding: first, as: UTF8.self)
    if let found = known(name) { return found }
    // A decomposed weight may be whole in the base model.
    return Factor.weight(of: name).flatMap(known)
  }
}

extension CompressedDataUnit.Codebook {
  /// The codebook that `elements` describe in a tree; nil if there is none.
  init?(_ tree: SyntaxTree, _ elements: CodebookElements) {
    guard let egk = tree.number(of: elements.egk), let zero = tree.number(of: elements.zeroOffset)
    else { return nil }
    self.init(egk: egk, zeroOffset: zero, values: tree.numbers(of: elements.entries).sorted())
  }
}
