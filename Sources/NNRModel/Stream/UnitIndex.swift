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

    /// The bytes.
    public var bytes: Range<Int> { offset..<offset + size }
  }

  /// The most units that are indexed; a rule says so where a file has more.
  public static let limit = 8_000_000

  /// The entries in the order of the file.
  public private(set) var entries: [Entry] = []
  /// What is wrong with the sizes; ranges count from the first bit of the file.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The places of units that set the stage for others (NNR_STR, NNR_MPS, NNR_LPS, NNR_TPL).
  public private(set) var parameterUnits: [Int] = []

  /// Walks the units of `source`.
  public init(_ source: any ByteSource) {
    var window = ByteWindow(source)
    var place = 0
    while place < source.count {
      guard entries.count < Self.limit else {
        let rest = BitRange(start: place * 8, length: (source.count - place) * 8)
        diagnostics.append(Diagnostic(.l01, at: rest, "more than \(Self.limit) units"))
        append(place..<source.count, type: nil)
        break
      }
      do {
        let unit = try UnitWalk.unit(in: &window, at: place, limit: source.count)
        append(unit.bytes, type: UnitType(rawValue: unit.type))
        place = unit.bytes.upperBound
      } catch {
        let next = Resynchronisation.next(in: source, from: place + 1)
        note(error, place..<(next ?? source.count), continued: next != nil)
        append(place..<(next ?? source.count), type: nil)
        place = next ?? source.count
      }
    }
  }

  private mutating func append(_ bytes: Range<Int>, type: UnitType?) {
    switch type {
    case .start, .modelParameterSet, .layerParameterSet, .topology:
      parameterUnits.append(entries.count)
    default: break
    }
    entries.append(Entry(offset: bytes.lowerBound, size: bytes.count, type: type))
  }

  private mutating func note(_ failure: UnitWalk.Failure, _ bytes: Range<Int>, continued: Bool) {
    let range = BitRange(start: bytes.lowerBound * 8, length: bytes.count * 8)
    let diagnostic =
      switch failure {
      case .tooShort(let left):
        Diagnostic(.s07, at: range, "\(left) bytes are left, a unit takes at least 3")
      case .sizeTooSmall(let size):
        Diagnostic(.s05, at: range, "nnr_unit_size is \(size), the least is 3 (5 in the long form)")
      case .sizeTooLarge(let size, let left):
        Diagnostic(.s05, at: range, "nnr_unit_size is \(size), but \(left) bytes are left")
      case .source(let error): Diagnostic(.s05, at: range, "\(error)")
      }
    diagnostics.append(diagnostic)
    if continued {
      diagnostics.append(
        Diagnostic(
          .s14, at: range, "\(bytes.count) bytes skipped, the stream continues (a guess)"))
    }
  }
}
