import NNRBits
import NNRModel
import NNRSyntax

/// A unit on both sides, or on one.
public struct UnitDiff: Sendable, Hashable {
  /// Its number on the first side; nil if it was added.
  public let a: Int?
  /// Its number on the second side; nil if it was removed.
  public let b: Int?
  /// nnr_unit_type as text.
  public let type: String
  /// The names of its tensors; not safe to print.
  public let names: [String]
  /// Whether it stands elsewhere among the others.
  public let isMoved: Bool
  /// The elements that differ.
  public let elements: [ElementDiff]
  /// The first bit that differs, counted from the start of the unit; nil if the bytes are the same.
  public let firstBit: Int?
  /// The payloads; nil if they are the same or were not decoded.
  public let payload: PayloadDiff?

  /// Whether nothing differs that counts.
  public var isSame: Bool {
    a != nil && b != nil && !isMoved && elements.isEmpty && payload?.hasSameLevels ?? true
  }

  /// The same with the sides exchanged.
  public var mirrored: UnitDiff {
    UnitDiff(
      a: b, b: a, type: type, names: names, isMoved: isMoved, elements: elements.map(\.mirrored),
      firstBit: firstBit, payload: payload?.mirrored)
  }
}

/// Two streams side by side, unit by unit.
public struct StreamDiff: Sendable, Hashable {
  /// The name of the first stream; nil if there is none.
  public let a: String?
  /// The name of the second stream; nil if there is none.
  public let b: String?
  /// All units, those that are the same too.
  public let units: [UnitDiff]

  /// Whether all units are the same.
  public var isSame: Bool { a != nil && b != nil && units.allSatisfy(\.isSame) }
}

/// How streams are compared.
public struct DiffOptions: Sendable {
  /// Elements that do not count, by their names without or with indices.
  public var ignoring: Set<String> = []
  /// Whether payloads are decoded.
  public var decodes = true
  /// Asked between units and within: whether the rest need not be compared; nothing counts then.
  public var shouldStop: @Sendable () -> Bool = { false }

  /// Everything counts.
  public init() {}
}

extension StreamDiff {
  /// Compares a stream of one session with a stream of another; nil for a side without one.
  package init(
    _ a: (session: Session, stream: Int)?, _ b: (session: Session, stream: Int)?,
    _ options: DiffOptions
  ) {
    self.a = a.map { $0.session.streams[$0.stream].name }
    self.b = b.map { $0.session.streams[$0.stream].name }
    let (left, right) = (
      a.map { $0.session.streams[$0.stream] }, b.map { $0.session.streams[$0.stream] }
    )
    let keys = (Self.keys(left), Self.keys(right))
    let alignment = SequenceAlignment(keys.0, keys.1) { side, unit in
      guard let stream = side == 0 ? left : right else { return nil }
      return ContentHash.hex(of: stream.source, stream.index.entries[unit].bytes)
    }
    units = alignment.entries.map { entry in
      Self.unit(entry, a, b, options)
    }
  }

  /// What units are matched by: type and names.
  private static func keys(_ stream: NNRStream?) -> [String] {
    guard let stream else { return [] }
    return stream.index.entries.enumerated().map { unit, entry in
      let names = stream.compressedDataUnit(unit)?.nameTexts ?? []
      return ([typeName(entry)] + names).joined(separator: "\u{0}")
    }
  }

  private static func typeName(_ entry: UnitIndex.Entry) -> String {
    entry.type?.name ?? "unparsed"
  }

  private static func unit(
    _ entry: SequenceAlignment.Entry, _ a: (session: Session, stream: Int)?,
    _ b: (session: Session, stream: Int)?, _ options: DiffOptions
  ) -> UnitDiff {
    let side = entry.a == nil ? b : a
    let stream = side.map { $0.session.streams[$0.stream] }
    let number = entry.a ?? entry.b ?? 0
    var elements: [ElementDiff] = []
    var firstBit: Int?
    var payload: PayloadDiff?
    if let i = entry.a, let j = entry.b, let a, let b {
      let one = UnitBytes(a.session.streams[a.stream], i)
      let other = UnitBytes(b.session.streams[b.stream], j)
      if one.bytes != other.bytes {
        firstBit = BitComparison.firstDifference(
          one, BitRange(start: 0, length: one.bytes.count * 8), other,
          BitRange(start: 0, length: other.bytes.count * 8))
        elements = ElementDiff.all(one, other, ignoring: options.ignoring)
        let isData = a.session.streams[a.stream].index.entries[i].type == .compressedData
        let name = Element.compressedDataUnitPayload.name
        if options.decodes, !options.shouldStop(), isData, !options.ignoring.contains(name) {
          payload = PayloadComparison(
            .init(a.session, a.stream, i, shouldStop: options.shouldStop),
            .init(b.session, b.stream, j, shouldStop: options.shouldStop)
          ).difference()
        }
      }
    }
    return UnitDiff(
      a: entry.a, b: entry.b,
      type: stream.map { typeName($0.index.entries[number]) } ?? "",
      names: stream?.compressedDataUnit(number)?.nameTexts ?? [], isMoved: entry.isMoved,
      elements: elements, firstBit: firstBit, payload: payload)
  }
}
