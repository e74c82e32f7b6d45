import NNRBits
import NNRSyntax

/// Walks the units of a file by their sizes, and finds its way where those are wrong.
struct UnitIndexer {
  typealias Entry = UnitIndex.Entry

  /// How far back units are looked at again where the chain breaks.
  private static let rollback = 64

  private(set) var entries: [Entry] = []
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var parameterUnits: [Int] = []

  private let source: any ByteSource
  private var search: Resynchronisation
  /// What the parameter units found so far set.
  private(set) var stage: ParameterStage
  /// The trees of parameter units that were parsed on the way.
  private(set) var trees: TreeCache
  /// How many entries are start units.
  private var startUnits = 0
  /// The entries that are not looked at again.
  private var firm = 0

  /// An indexer of `source` that has gone nowhere yet; the stream starts with `first`, and trees take up to `cacheBytes`.
  init(_ source: any ByteSource, _ first: ParameterState = ParameterState(), cacheBytes: Int = 0) {
    self.source = source
    stage = ParameterStage(first)
    trees = TreeCache(budget: cacheBytes)
    search = Resynchronisation(source)
  }

  /// Goes to the end of the file, or to the entry `limit`.
  mutating func walk(limit: Int) {
    var window = ByteWindow(source)
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
        if entries.count > firm, !search.isLikely(unit) || isStray(unit),
          let next = cut(entries.count - 1, parameters(), isBroken: false)
        {
          firm = entries.count
          place = next
        } else if type?.isKnown != true, !search.leadsOn(unit) {
          place = resume(from: place, nil)
        } else {
          var bytes = unit.bytes
          // A start unit swallows others without a trace: its header is all of it.
          if type == .start, bytes.count > 4,
            let (start, end) = search.measured(place, claimed: bytes.upperBound, parameters()),
            end < bytes.upperBound
          {
            bytes = place..<end
            noteSize(bytes, claimed: start.claimedSize, start.sizeBytes, .content)
          }
          append(bytes, type: type)
          place = bytes.upperBound
        }
      } catch {
        place = resume(from: place, error)
      }
    }
  }

  /// Whether a unit behind data units should be a parameter set or an aggregate, and cannot be read as one.
  private mutating func isStray(_ unit: UnitHead) -> Bool {
    unit.type != UnitType.compressedData.rawValue && entries.last?.type == .compressedData
      && search.isBroken(unit, parameters().context)
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
    while let last = parameterUnits.last, last >= first {
      parameterUnits.removeLast()
      trees[last] = nil
    }
    stage.forget(behind: first, places: parameterUnits)
  }
}

/// Where the chain of units breaks.
extension UnitIndexer {
  /// Steps over what is no unit at `place`, and returns where the stream goes on.
  ///
  /// A size that is wrong but within the file breaks the chain only later, at a place that was never the start of a
  /// unit. So the units before are looked at again, up to one that is sound; its own size may be too large.
  private mutating func resume(from place: Int, _ failure: UnitWalk.Failure?) -> Int {
    let parameters = parameters()
    let context = parameters.context
    var first = entries.count
    let least = max(firm, first - Self.rollback)
    while first > least, !search.isSound(entries[first - 1].bytes, context) { first -= 1 }
    // Where nothing is sound the judgement is worth nothing.
    if first == least, least > firm { first = entries.count }
    let start = first < entries.count ? entries[first].offset : place
    if first > firm, let next = cut(first - 1, parameters) {
      removeEntries(from: first)
      firm = first
      return next
    }
    if let (unit, end) = search.measured(start, parameters), mayBe(unit, at: first) {
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
    _ unit: Int, _ parameters: ParameterState, isBroken: Bool = true
  ) -> Int? {
    let entry = entries[unit]
    let claimed = entry.bytes.upperBound
    if let (_, end) = search.measured(entry.offset, claimed: claimed, parameters) {
      return end == claimed ? nil : settle(unit, to: end, .content)
    }
    guard entry.type != .aggregate, entry.size > 4 else { return nil }
    let context = parameters.context
    let inside = entry.offset + 4..<claimed
    let found =
      isBroken ? search.soundPlace(in: inside, context) : search.soundPlace(inside: inside, context)
    return found.map { settle(unit, to: $0, .another) }
  }

  /// Gives an entry another end, and returns that.
  private mutating func settle(_ unit: Int, to end: Int, _ witness: SizeWitness) -> Int {
    let entry = entries[unit]
    let bytes = entry.offset..<end
    entries[unit] = Entry(offset: entry.offset, size: bytes.count, type: entry.type)
    stage.forget(behind: unit, places: parameterUnits)
    trees[unit] = nil
    noteSize(bytes, claimed: entry.size, search.sizeBytes(at: entry.offset), witness)
    return end
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

  /// What the parameter sets so far say.
  private mutating func parameters() -> ParameterState {
    var parsed: [(place: Int, tree: SyntaxTree)] = []
    let state = stage.state(before: entries.count, places: parameterUnits) {
      [source, entries] place, state in
      let tree = UnitParser.parse(source, bytes: entries[place].bytes, context: state.context)
      parsed.append((place, tree))
      return tree
    }
    for (place, tree) in parsed { trees[place] = tree }
    return state
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
