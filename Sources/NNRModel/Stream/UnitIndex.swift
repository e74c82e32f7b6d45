import NNRBits
import NNRSyntax

/// Where the units of a file are, found by walking their sizes; payloads and headers are not touched.
///
/// The entries tile the file: what cannot be a unit is an entry too.
public struct UnitIndex: Sendable {
  /// A unit, or bytes that are none.
  public struct Entry: Sendable, Hashable {
    /// The first byte.
    public let offset: Int
    /// The number of bytes.
    public let size: Int
    /// nnr_unit_type; nil for bytes that are no unit.
    public let type: UnitType?

    /// nnr_unit_type as text; that bytes are no unit.
    public var typeName: String { type?.name ?? SyntaxNode.unparsedName }
    /// The bytes.
    public var bytes: Range<Int> { offset..<offset + size }
  }

  /// The most units that are indexed unless told otherwise; a rule says so where a file has more.
  public static let usualLimit = 1_000_000

  /// The entries in the order of the file.
  public let entries: [Entry]
  /// What is wrong with the sizes; ranges count from the first bit of the file.
  public let diagnostics: [Diagnostic]
  /// The places of units that set the stage for others (NNR_STR, NNR_MPS, NNR_LPS, NNR_TPL).
  public let parameterUnits: [Int]

  /// Walks the units of `source`, at most `limit` of them.
  public init(_ source: any ByteSource, limit: Int = Self.usualLimit) {
    var indexer = UnitIndexer(source)
    indexer.walk(limit: limit)
    self.init(indexer)
  }

  /// What `indexer` found.
  init(_ indexer: UnitIndexer) {
    entries = indexer.entries
    diagnostics = indexer.diagnostics
    parameterUnits = indexer.parameterUnits
  }
}
