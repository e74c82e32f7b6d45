import NNRModel
import NNRSyntax

/// The facts of a unit that are listed, so that nobody parses it again for them.
public struct UnitFacts: Sendable {
  /// The number of the unit.
  public let number: Int
  /// Where it is and what it is.
  public let entry: UnitIndex.Entry
  /// The bytes in front of its payload; nil if it cannot be parsed.
  public let headerBytes: Int?
  /// What its payload holds; nil for other units than data units.
  public let payloadType: PayloadType?
  /// The dimensions of the weight; nil as `payloadType`, and where they are not known.
  public let dimensions: [Int]?
  /// The names of its tensors with blanks between them, not safe to print; nil as `payloadType`.
  public let names: String?

  /// The facts of a unit that the stream has.
  public init(_ stream: NNRStream, unit: Int) { self.init(CheckedUnit(stream, unit)) }

  /// The facts of a unit that is looked at.
  init(_ unit: CheckedUnit) {
    number = unit.number
    entry = unit.entry
    headerBytes = unit.tree.map { $0.payloadStart / 8 }
    payloadType = unit.data?.payloadType
    dimensions = unit.data?.dimensions
    names = unit.data?.nameTexts.joined(separator: " ")
  }
}
