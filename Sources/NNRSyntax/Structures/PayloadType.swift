/// nnr_compressed_data_unit_payload_type (format reference 2.1).
public enum PayloadType: Int, NamedNumber, CaseIterable {
  /// NNR_PT_INT
  case int = 0
  /// NNR_PT_FLOAT
  case float = 1
  /// NNR_PT_RAW_FLOAT
  case rawFloat = 2
  /// NNR_PT_BLOCK
  case block = 3

  /// The names in the standard, by number.
  public static let names = [
    0: "NNR_PT_INT", 1: "NNR_PT_FLOAT", 2: "NNR_PT_RAW_FLOAT", 3: "NNR_PT_BLOCK",
  ]
}

/// compressed_parameter_types (format reference 2.1): what a block holds beside its weight, and how.
public struct ParameterTypes: OptionSet, NamedNumber {
  /// The bits of the element.
  public let rawValue: Int

  /// The types that bits stand for.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// NNR_CPT_DC: the weight is decomposed into G and H.
  public static let decomposed = ParameterTypes(rawValue: 1)
  /// NNR_CPT_LS.
  public static let localScaling = ParameterTypes(rawValue: 2)
  /// NNR_CPT_BN.
  public static let batchNorm = ParameterTypes(rawValue: 4)
  /// NNR_CPT_BI.
  public static let bias = ParameterTypes(rawValue: 8)

  /// The names in the standard, by bit.
  public static let names = [1: "NNR_CPT_DC", 2: "NNR_CPT_LS", 4: "NNR_CPT_BN", 8: "NNR_CPT_BI"]

  /// How many tensors a block of these types holds.
  var tensorCount: Int {
    1 + (contains(.decomposed) ? 1 : 0) + (contains(.localScaling) ? 1 : 0)
      + (contains(.batchNorm) ? 4 : 0) + (contains(.bias) ? 1 : 0)
  }
}

/// parent_node_id_type (format reference 6.1): how the parent of an update is named.
public enum ParentNaming: Int, NamedNumber {
  /// ICNN_NDU_ID
  case node = 0
  /// ICNN_NDU_PL_SHA256
  case sha256 = 1
  /// ICNN_NDU_PL_SHA512
  case sha512 = 2

  /// The names in the standard, by number.
  public static let names = [0: "ICNN_NDU_ID", 1: "ICNN_NDU_PL_SHA256", 2: "ICNN_NDU_PL_SHA512"]
}

/// The factors of a decomposed weight; coded in units of their own, they are told by the end of their name.
public enum Factor: String, Sendable {
  /// G, of rows × rank.
  case g = "_G"
  /// H, of rank × columns.
  case h = "_H"

  /// The factor that the end of a name tells; nil for other tensors.
  public init?(endOf name: some BidirectionalCollection<UInt8>) {
    self.init(rawValue: String(decoding: name.suffix(2), as: UTF8.self))
  }

  /// The name of this factor of a weight.
  public func name(of weight: String) -> String { weight + rawValue }

  /// The name of the weight that a tensor with a name is a factor of; nil for other tensors.
  public static func weight(of name: String) -> String? {
    Factor(endOf: name.utf8).map { _ in String(decoding: name.utf8.dropLast(2), as: UTF8.self) }
  }
}
