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
  public private(set) var entries: [Entry] = []
  /// What is wrong with the sizes; ranges count from the first bit of the file.
  public private(set) var diagnostics: [Diagnostic] = []
  /// The places of units that set the stage for others (NNR_STR, NNR_MPS, NNR_LPS, NNR_TPL).
  public private(set) var parameterUnits: [Int] = []

  /// How far back units are looked at again where the chain breaks.
  private static let rollback = 64
  /// What the first parameter sets and what the last ones say, so that they are not read again and again.
  private var settings = (first: Setting(), last: Setting())
  /// How many entries are start units.
  private var startUnits = 0
  /// The entries that are not looked at again.
  private var firm = 0

  /// Walks the units of `source`, at most `limit` of them.
  public init(_ source: any ByteSource, limit: Int = Self.usualLimit) {
    var window = ByteWindow(source)
    var search = Resynchronisation(source)
    var place = 0
    while place < source.count {
      guard entries.count < limit else {
        let rest = BitRange(start: place * 8, length: (source.count - place) * 8)
        diagnostics.append(
          Diagnostic(.l01, at: rest, "more than \(limit) units; raise --max-memory"))
        append(place..<source.count, type: nil)
        break
      }
      do {
        let unit = try UnitWalk.unit(in: &window, at: place, limit: source.count)
        let type = UnitType(rawValue: unit.type)
        // A wrong size often leads to bytes that look like no unit that anybody writes.
        if entries.count > firm, !search.isLikely(unit) || isStray(unit, source, &search),
          let next = cut(entries.count - 1, &search, parameters(source), isBroken: false)
        {
          firm = entries.count
          place = next
        } else if type?.isKnown != true, !search.leadsOn(unit) {
          place = resume(source, &search, from: place, nil)
        } else {
          var bytes = unit.bytes
          if type == .start, let next = search.endOfStart(bytes) {
            noteSize(place..<next, claimed: bytes.count, search.sizeBytes(at: place), .another)
            bytes = place..<next
          }
          append(bytes, type: type)
          place = bytes.upperBound
        }
      } catch {
        place = resume(source, &search, from: place, error)
      }
    }
  }

  /// Whether a unit behind data units should be a parameter set or an aggregate, and cannot be read as one.
  private mutating func isStray(
    _ unit: UnitHead, _ source: any ByteSource, _ search: inout Resynchronisation
  ) -> Bool {
    unit.type != UnitType.compressedData.rawValue && entries.last?.type == .compressedData
      && search.isBroken(unit, parameters(source).context)
  }

  private mutating func append(_ bytes: Range<Int>, type: UnitType?) {
    if type == .start { startUnits += 1 }
    switch type {
    case .start, .modelParameterSet, .layerParameterSet, .topology:
      parameterUnits.append(entries.count)
    default: break
    }
    entries.append(Entry(offset: bytes.lowerBound, size: bytes.count, type: type))
  }

  private mutating func removeEntries(from first: Int) {
    startUnits -= entries[first...].count { $0.type == .start }
    entries.removeSubrange(first...)
    while let last = parameterUnits.last, last >= first { parameterUnits.removeLast() }
  }
}

/// Where the chain of units breaks.
extension UnitIndex {
  /// Steps over what is no unit at `place`, and returns where the stream goes on.
  ///
  /// A size that is wrong but within the file breaks the chain only later, at a place that was never the start of a
  /// unit. So the units before are looked at again, up to one that is sound; its own size may be too large.
  private mutating func resume(
    _ source: any ByteSource, _ search: inout Resynchronisation, from place: Int,
    _ failure: UnitWalk.Failure?
  ) -> Int {
    let parameters = parameters(source)
    let context = parameters.context
    var first = entries.count
    let least = max(firm, first - Self.rollback)
    while first > least, !search.isSound(entries[first - 1].bytes, context) { first -= 1 }
    // Where nothing is sound the judgement is worth nothing.
    if first == least, least > firm { first = entries.count }
    let start = first < entries.count ? entries[first].offset : place
    if first > firm, let next = cut(first - 1, &search, parameters) {
      removeEntries(from: first)
      firm = first
      return next
    }
    if let (unit, end) = search.measured(start, parameters),
      mayBe(unit, at: first)
    {
      removeEntries(from: first)
      noteSize(start..<end, claimed: unit.claimedSize, unit.sizeBytes, .content)
      append(start..<end, type: unit.type)
      firm = entries.count
      return end
    }
    if let next = search.soundPlace(in: min(start + 1, source.count)..<source.count, context) {
      removeEntries(from: first)
      if let unit = search.unit(filling: start..<next, context), mayBe(unit, at: first) {
        noteSize(start..<next, claimed: unit.claimedSize, unit.sizeBytes, .another)
        append(start..<next, type: unit.type)
      } else {
        note(failure, start..<next, from: place, continued: true)
        append(start..<next, type: nil)
      }
      firm = entries.count
      return next
    }
    // With no unit behind it, and one in front of it or all of its header there, it is the last one.
    let isLast = failure?.isAboutSize == true && search.sawAll
    let mayBreakOff =
      failure?.isCut == true && entries.last.map { search.isSound($0.bytes, context) } ?? false
    if isLast,
      let unit = search.unit(filling: place..<source.count, context, mayBreakOff: mayBreakOff),
      mayBe(unit, at: entries.count)
    {
      note(failure, place..<place + unit.sizeBytes, from: place, continued: false)
      append(place..<source.count, type: unit.type)
      firm = entries.count
      return source.count
    }
    let next = search.plausiblePlace(from: place + 1)
    note(failure, place..<(next ?? source.count), from: place, continued: next != nil)
    append(place..<(next ?? source.count), type: nil)
    firm = entries.count
    return next ?? source.count
  }

  /// Whether a unit that is known whatever its size says may be the entry `place`: zeros look like a start unit.
  private func mayBe(_ unit: SizelessUnit, at place: Int) -> Bool {
    unit.type != .start || entries[place...].count { $0.type == .start } == startUnits
  }

  /// Ends a unit with a wrong size where what it holds does, or where it reaches over units behind it, and returns that place.
  ///
  /// `isBroken` says whether the chain breaks behind it; otherwise only a part of it is looked through.
  private mutating func cut(
    _ unit: Int, _ search: inout Resynchronisation, _ parameters: ParameterState,
    isBroken: Bool = true
  ) -> Int? {
    let entry = entries[unit]
    let sizeBytes = search.sizeBytes(at: entry.offset)
    let claimed = entry.bytes.upperBound
    if let (_, end) = search.measured(entry.offset, claimed: claimed, parameters) {
      guard end != claimed else { return nil }
      entries[unit] = Entry(offset: entry.offset, size: end - entry.offset, type: entry.type)
      noteSize(entry.offset..<end, claimed: entry.size, sizeBytes, .content)
      return end
    }
    guard entry.type != .aggregate, entry.size > 4 else { return nil }
    let context = parameters.context
    let inside = entry.offset + 4..<entry.bytes.upperBound
    let found =
      isBroken ? search.soundPlace(in: inside, context) : search.soundPlace(inside: inside, context)
    guard let next = found else { return nil }
    entries[unit] = Entry(offset: entry.offset, size: next - entry.offset, type: entry.type)
    noteSize(entry.offset..<next, claimed: entry.size, sizeBytes, .another)
    return next
  }

  /// What tells that a size is wrong.
  private enum SizeWitness: String {
    case another = "another unit starts"
    case content = "what the unit holds ends"
  }

  private mutating func noteSize(
    _ bytes: Range<Int>, claimed size: Int, _ sizeBytes: Int, _ witness: SizeWitness
  ) {
    let count = Self.bytes(bytes.count)
    diagnostics.append(
      Diagnostic(
        .s05, at: BitRange(start: bytes.lowerBound * 8, length: sizeBytes * 8),
        "nnr_unit_size is \(size), but \(witness.rawValue) after \(count) (a guess)"))
  }

  /// What the parameter sets so far say: a few of them, as they may be many.
  private mutating func parameters(_ source: any ByteSource) -> ParameterState {
    let again = settings.first.read(
      parameterUnits.prefix(4).map { entries[$0] }, behind: ParameterState(), source)
    settings.last.read(
      parameterUnits.dropFirst(4).suffix(4).map { entries[$0] },
      behind: settings.first.parameters, again: again, source)
    return settings.last.parameters
  }

  private static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  private static func left(_ count: Int) -> String {
    "\(bytes(count)) \(count == 1 ? "is" : "are") left"
  }

  private mutating func note(
    _ failure: UnitWalk.Failure?, _ bytes: Range<Int>, from place: Int, continued: Bool
  ) {
    let range = BitRange(start: bytes.lowerBound * 8, length: bytes.count * 8)
    // Further back than where the walk failed, its reason is not the reason.
    let (rule, reason): (Rule, String) =
      switch place == bytes.lowerBound ? failure : nil {
      case .tooShort(let left): (.s07, "\(Self.left(left)), a unit takes at least 3")
      case .sizeTooSmall(let size):
        (.s05, "nnr_unit_size is \(size), the least is 3 (5 in the long form)")
      case .sizeTooLarge(let size, let left):
        (.s05, "nnr_unit_size is \(size), but \(Self.left(left))")
      case .source(let error): (.s05, "\(error)")
      case nil: (.s05, "no unit leads on from here to others")
      }
    let count = Self.bytes(bytes.count)
    diagnostics.append(
      continued
        ? Diagnostic(
          .s14, at: range,
          "\(count) skipped, the stream continues (a guess): \(reason)")
        : Diagnostic(rule, at: range, reason))
  }
}

/// What some parameter sets say.
private struct Setting {
  private var units: [UnitIndex.Entry] = []
  private(set) var parameters = ParameterState()

  /// Reads `units`, in front of which `state` is in force, and says so; `again` tells that that state is another one.
  @discardableResult
  mutating func read(
    _ units: [UnitIndex.Entry], behind state: ParameterState, again: Bool = false,
    _ source: any ByteSource
  ) -> Bool {
    guard again || self.units != units else { return false }
    self.units = units
    parameters = state
    for unit in units {
      let tree = UnitParser.parse(source, bytes: unit.bytes, context: parameters.context)
      if tree.isComplete { parameters.apply(tree, unit: 0) }
    }
    return true
  }
}

extension UnitWalk.Failure {
  /// Whether the unit goes on behind the end of the file.
  fileprivate var isCut: Bool { if case .sizeTooLarge = self { true } else { false } }

  /// Whether all that is wrong is what the size field says.
  fileprivate var isAboutSize: Bool {
    switch self {
    case .sizeTooSmall, .sizeTooLarge: true
    case .tooShort, .source: false
    }
  }
}
