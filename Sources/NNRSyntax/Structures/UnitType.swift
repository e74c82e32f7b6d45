/// nnr_unit_type (format reference 2.1).
public struct UnitType: NamedNumber, Hashable {
  /// The number in the bitstream, 0…63.
  public let rawValue: Int

  /// The type with a number; every number of six bits is one.
  public init?(rawValue: Int) {
    guard (0...63).contains(rawValue) else { return nil }
    self.rawValue = rawValue
  }

  private init(known: Int) { rawValue = known }

  /// NNR_STR.
  public static let start = UnitType(known: 0)
  /// NNR_MPS.
  public static let modelParameterSet = UnitType(known: 1)
  /// NNR_LPS.
  public static let layerParameterSet = UnitType(known: 2)
  /// NNR_TPL.
  public static let topology = UnitType(known: 3)
  /// NNR_QNT.
  public static let quantization = UnitType(known: 4)
  /// NNR_NDU.
  public static let compressedData = UnitType(known: 5)
  /// NNR_AGG.
  public static let aggregate = UnitType(known: 6)

  /// The names of the types that have a syntax.
  public static let names = [
    0: "NNR_STR", 1: "NNR_MPS", 2: "NNR_LPS", 3: "NNR_TPL", 4: "NNR_QNT", 5: "NNR_NDU",
    6: "NNR_AGG",
  ]

  /// Whether the type has a syntax.
  public var isKnown: Bool { rawValue <= UnitType.aggregate.rawValue }

  /// The name: `NNR_NDU`, or `reserved(9)`, `unspecified(40)`.
  public var name: String {
    Self.names[rawValue] ?? (rawValue < 32 ? "reserved(\(rawValue))" : "unspecified(\(rawValue))")
  }
}
