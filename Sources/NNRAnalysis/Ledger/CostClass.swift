import DeepCABAC
import NNRSyntax

/// What a bit of a stream is spent on: a class of header bits or of payload bits, by the names of the contract.
public enum CostClass: Sendable, Hashable {
  /// Bits outside of arithmetic codewords.
  case header(HeaderClass)
  /// Bits of an arithmetic codeword.
  case payload(SyntaxClass)

  /// All classes in the order of the contract.
  public static let allCases: [CostClass] =
    HeaderClass.allCases.filter { $0 != .unparsed }.map { .header($0) }
    + SyntaxClass.allCases.map { .payload($0) } + [.unparsed]

  /// Bits that could not be read or decoded.
  public static let unparsed = CostClass.header(.unparsed)

  /// The name in the contract.
  public var name: String {
    switch self {
    case .header(let header): header.rawValue
    case .payload(let payload): payload.name
    }
  }

  /// The class called `name`; nil if there is none.
  public init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Whether its bits are known only once payloads are decoded.
  var dependsOnDecoding: Bool {
    if case .payload = self { return true }
    return self == .unparsed
  }

  /// Its place in `allCases`.
  var place: Int { Self.places[self] ?? 0 }

  private static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// The wider group, for charts.
  public var group: CostGroup {
    switch self {
    case .header(.raw): .raw
    case .header(.unparsed): .unparsed
    case .header: .header
    case .payload(let payload):
      switch payload {
      case .sigFlag: .significance
      case .signFlag: .sign
      case .absLevelGreater: .greater
      case .absRemainderPrefix, .absRemainderSuffix: .remainder
      case .quantizationDelta, .historyFlag, .rowSkip, .shiftParameters, .blockRowReset,
        .termination:
        .overhead
      }
    }
  }
}

/// Classes taken together, few enough for a chart.
public enum CostGroup: String, Sendable, Hashable, CaseIterable {
  /// sig_flag
  case significance = "sig"
  /// sign_flag
  case sign
  /// abs_level_greater
  case greater
  /// abs_remainder
  case remainder
  /// What a payload holds beside its levels.
  case overhead
  /// Raw data.
  case raw
  /// Everything in headers.
  case header
  /// What could not be read or decoded.
  case unparsed

  /// Its place in `allCases`: the order of columns and legends.
  public var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The heading of a narrow column.
  public var heading: String {
    switch self {
    case .greater: ">x"
    case .remainder: "rem"
    case .overhead: "ovh"
    case .header: "head"
    case .unparsed: "open"
    case .significance, .sign, .raw: rawValue
    }
  }

  /// What it stands for, in a few words.
  public var summary: String {
    switch self {
    case .significance: "sig_flag: zero or not"
    case .sign: "sign_flag"
    case .greater: "abs_level_greater flags: small magnitudes"
    case .remainder: "abs_remainder: large magnitudes"
    case .overhead: "payload bits beside levels: QP, row skipping, shift parameters, resets, end"
    case .raw: "data stored as it is"
    case .header: "headers: sizes, names, dimensions, codebooks, entry points"
    case .unparsed: "not read or not decoded"
    }
  }
}
