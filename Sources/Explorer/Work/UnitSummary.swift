import NNRModel
import NNRSyntax
import Ordering

/// What lists and roll-ups need to know of a unit, small enough to keep for every one.
public struct UnitSummary: Hashable, Sendable {
  /// The entry of the stream's index.
  public let unit: Int
  /// The name of its type.
  public let typeName: String
  /// The names of its tensors; not safe to print.
  public let names: [String]
  /// The bytes of the whole unit.
  public let bytes: Int
  /// The bytes behind the header.
  public let payloadBytes: Int
  /// The dimensions; nil for other units and where they are not known.
  public let dimensions: [Int]?
  /// What the payload holds, for data units.
  public let payloadType: PayloadType?
  /// Whether the integers are indices into a codebook.
  public let usesCodebook: Bool
  /// Whether dq_flag is 1.
  public let usesDependentQuantization: Bool
  /// The rules that the unit breaks.
  public let diagnostics: [Diagnostic]

  /// The weights of the tensor, 0 if not known or more than any tensor may have (rule N08).
  public var weights: Int {
    guard payloadType != nil, let dimensions else { return 0 }
    let weights = dimensions.reduce(1) { $0.saturatingMultiply(max(0, $1)) }
    return weights > UnitDecoder.weightLimit ? 0 : weights
  }

  /// Payload bits for each weight; nil without weights.
  public var bitsPerWeight: Double? {
    weights > 0 ? Double(payloadBytes) * 8 / Double(weights) : nil
  }

  /// Looks at a unit of a stream.
  public init(_ stream: NNRStream, unit: Int) {
    self.unit = unit
    let entry = stream.index.entries[unit]
    bytes = entry.size
    typeName = entry.type?.name ?? "no unit"
    let tree = stream.tree(unit)
    let data = stream.compressedDataUnit(unit)
    names = data?.nameTexts ?? []
    dimensions = data?.dimensions
    payloadType = data?.payloadType
    usesCodebook = data?.codebook != nil
    usesDependentQuantization = data?.dqFlag ?? false
    payloadBytes = data?.payload.count ?? tree.map { ($0.bitCount - $0.payloadStart) / 8 } ?? 0
    diagnostics = tree?.diagnostics ?? stream.indexDiagnostics(unit)
  }
}

extension NNRStream {
  /// What is wrong with bytes that are no unit; ranges count from their first bit.
  func indexDiagnostics(_ unit: Int) -> [Diagnostic] {
    let start = index.entries[unit].offset * 8
    let all = index.diagnostics
    let low = all.prefixEnd { $0.range.start < start }
    return all[low...].prefix { $0.range.start == start }.map {
      Diagnostic($0.rule, at: $0.range.shifted(by: -start), $0.message, severity: $0.severity)
    }
  }
}
