import NNRBits
import NNRModel
import NNRSyntax

/// A unit on both sides, or on one.
public struct UnitDiff: Sendable, Hashable {
  /// Its number on the first side; nil if it was added.
  public let a: Int?
  /// Its number on the second side; nil if it was removed.
  public let b: Int?
  /// What it is called; on the first side if it is on both.
  public let title: UnitTitle
  /// What it is called on the second side; nil if that is the same, or if it is on one side only.
  public let titleB: UnitTitle?
  /// Whether it stands elsewhere among the others.
  public let isMoved: Bool
  /// The elements that differ.
  public let elements: [ElementDiff]
  /// The first bit that differs and is not ignored, counted from the start of the unit; nil if there is none.
  public let firstBit: Int?
  /// The payloads; nil if they are the same or were not decoded.
  public let payload: PayloadDiff?

  /// Whether nothing differs that counts.
  public var isSame: Bool {
    a != nil && b != nil && !isMoved && elements.isEmpty && payload?.hasSameLevels ?? true
  }

  /// Whether the bits of the payload are the same, or do not count.
  public var hasSamePayload: Bool {
    !elements.contains { $0.name == Element.compressedDataUnitPayload.name }
  }

  /// The same with the sides exchanged.
  public var mirrored: UnitDiff {
    UnitDiff(
      a: b, b: a, title: titleB ?? title, titleB: titleB.map { _ in title }, isMoved: isMoved,
      elements: elements.map(\.mirrored), firstBit: firstBit, payload: payload?.mirrored)
  }
}

/// What a unit is called.
public struct UnitTitle: Sendable, Hashable {
  /// nnr_unit_type as text.
  public let type: String
  /// The names of its tensors; not safe to print.
  public let names: [String]
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
    let sides = [a, b].map { $0.map { $0.session.streams[$0.stream] } }
    let titles = sides.map(Self.titles)
    let keys = titles.map { $0.map { ([$0.type] + $0.names).joined(separator: "\u{0}") } }
    let alignment = SequenceAlignment(keys[0], keys[1], UnitLikeness(sides).evidence)
    units = alignment.entries.map { entry in
      let title = (entry.a.map { titles[0][$0] }, entry.b.map { titles[1][$0] })
      return Self.unit(entry, title, a, b, options)
    }
  }

  /// What units are matched by: type and names.
  private static func titles(_ stream: NNRStream?) -> [UnitTitle] {
    guard let stream else { return [] }
    return stream.index.entries.enumerated().map { unit, entry in
      UnitTitle(
        type: entry.typeName,
        names: stream.compressedDataUnit(unit)?.nameTexts ?? [])
    }
  }

  private static func unit(
    _ entry: SequenceAlignment.Entry, _ title: (UnitTitle?, UnitTitle?),
    _ a: (session: Session, stream: Int)?, _ b: (session: Session, stream: Int)?,
    _ options: DiffOptions
  ) -> UnitDiff {
    var elements: [ElementDiff] = []
    var firstBit: Int?
    var payload: PayloadDiff?
    if let i = entry.a, let j = entry.b, let a, let b {
      let one = UnitBytes(a.session.streams[a.stream], i)
      let other = UnitBytes(b.session.streams[b.stream], j)
      let areSame = one.bytes == other.bytes
      if !areSame {
        elements = ElementDiff.all(one, other, ignoring: options.ignoring)
        firstBit =
          options.ignoring.isEmpty
          ? BitComparison.firstDifference(
            one, BitRange(start: 0, length: one.bytes.count * 8), other,
            BitRange(start: 0, length: other.bytes.count * 8))
          : elements.compactMap(\.firstBit).min()
      }
      let areData = one.type == .compressedData && other.type == .compressedData
      let name = Element.compressedDataUnitPayload.name
      if options.decodes, !options.shouldStop(), areData, !options.ignoring.contains(name) {
        // The same bytes may be read by other parameter sets.
        let (left, right) = (a.session.streams[a.stream], b.session.streams[b.stream])
        if !areSame || !left.parameters(before: i).readsPayloads(as: right.parameters(before: j)) {
          payload = PayloadComparison(
            .init(a.session, a.stream, i, shouldStop: options.shouldStop),
            .init(b.session, b.stream, j, shouldStop: options.shouldStop)
          ).difference()
          // What fails alike on both sides is no difference.
          if areSame, let found = payload, found.tensors.isEmpty, found.failureA == found.failureB {
            payload = nil
          }
        }
      }
    }
    let titleB = title.0 == nil || title.0 == title.1 ? nil : title.1
    return UnitDiff(
      a: entry.a, b: entry.b,
      title: title.0 ?? title.1 ?? UnitTitle(type: "", names: []), titleB: titleB,
      isMoved: entry.isMoved, elements: elements, firstBit: firstBit, payload: payload)
  }
}
