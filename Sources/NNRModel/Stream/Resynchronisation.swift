import NNRBits
import NNRSyntax

/// A unit whose size field cannot be true.
struct SizelessUnit {
  /// nnr_unit_type.
  let type: UnitType
  /// The number of bytes of the size field: 2 or 4.
  let sizeBytes: Int
  /// nnr_unit_size, in bytes.
  let claimedSize: Int
}

/// Finds where a stream continues behind bytes that are no unit.
///
/// Heads of units alone are found by chance in payloads. So the units of a continuation are parsed too, as far as a
/// budget allows; only where no such continuation is found, heads must do.
struct Resynchronisation {
  /// The most bytes that one search goes through.
  static let reach = 16 << 20
  /// How many plausible units in a row make a continuation, unless the file ends before.
  static let wantedUnits = 3

  private let source: any ByteSource
  private var near: ByteWindow
  private var far: ByteWindow
  private var judge: UnitJudge
  /// Looks at single units of valid streams: their cost must not use `judge` up.
  private var stray: UnitJudge
  private var measure: UnitMeasure
  /// The bytes that searches with parsing may still go through, so that many breaks do not cost their square.
  private var room = 4 * reach
  /// The bytes that looks into units without a broken chain may still go through: valid streams must not use `room` up.
  private var aside = 8 << 20
  /// Whether the last search with parsing went through all that it was asked to.
  private(set) var sawAll = true

  init(_ source: any ByteSource) {
    self.source = source
    near = ByteWindow(source)
    far = ByteWindow(source, size: 64)
    judge = UnitJudge(source)
    stray = judge
    measure = UnitMeasure(source)
  }

  /// Whether heads of units, of whatever type, follow where `unit` ends, or the file ends there.
  mutating func leadsOn(_ unit: UnitHead) -> Bool {
    var place = unit.bytes.upperBound
    for _ in 1..<Self.wantedUnits where place < source.count {
      guard let next = try? UnitWalk.unit(in: &far, at: place, limit: source.count) else {
        return false
      }
      place = next.bytes.upperBound
    }
    return true
  }

  /// Whether the unit in `bytes` can be parsed as a unit should.
  mutating func isSound(_ bytes: Range<Int>, _ context: UnitContext) -> Bool {
    judge.isSound(bytes, context)
  }

  /// The unit in `bytes`, if one fills them whatever size it claims.
  ///
  /// `mayBreakOff`: its header may want bits behind the end of `bytes`.
  mutating func unit(
    filling bytes: Range<Int>, _ context: UnitContext, mayBreakOff: Bool = false
  ) -> SizelessUnit? {
    guard let begin = Self.beginning(&near, bytes),
      judge.isSound(bytes, context) || mayBreakOff && judge.breaksOff(bytes, context)
    else { return nil }
    return begin
  }

  /// The unit at `place` and where it ends by what it holds; `claimed` is the end that its size gives, if that can be true.
  mutating func measured(
    _ place: Int, claimed: Int? = nil, _ parameters: ParameterState
  ) -> (unit: SizelessUnit, end: Int)? {
    guard let unit = Self.beginning(&near, place..<source.count) else { return nil }
    let end: Int
    switch measure.end(of: place, unit.type, parameters) {
    case .payload(let told):
      // Behind a codeword a unit may have more bytes, if it should not.
      guard
        told == claimed || told > claimed ?? -1 && begins(told, behind: unit)
          || confirms(told, parameters)
      else { return nil }
      end = told
    case .syntax(let told):
      // What ends without a codeword may have been read at the wrong place.
      guard told == claimed || begins(told, behind: unit) && isFree(place..<told, parameters) else {
        return nil
      }
      end = told
    case .open(let start):
      // The reference writes an empty string; data must not be taken for units.
      guard
        let told = [start + 1, start].first(where: {
          $0 == source.count ? claimed == nil : hasPayload($0, parameters)
        })
      else { return nil }
      end = told
    case nil: return nil
    }
    return (unit, end)
  }

  /// Whether something begins like a unit at `place`, or the file ends there.
  private mutating func begins(_ place: Int, behind unit: SizelessUnit) -> Bool {
    // Zeros look like one start unit after the other.
    place == source.count
      || Self.beginning(&far, place..<source.count).map {
        $0.type != .start || unit.type != .start
      } ?? false
  }

  /// Whether a unit that is sound by its size or ends with its payload starts at `place`, or the file ends there.
  private mutating func confirms(_ place: Int, _ parameters: ParameterState) -> Bool {
    if place == source.count { return true }
    guard Self.beginning(&far, place..<source.count) != nil else { return false }
    if hasPayload(place, parameters) { return true }
    guard let unit = try? UnitWalk.unit(in: &far, at: place, limit: source.count) else {
      return false
    }
    return judge.isSound(unit.bytes, parameters.context)
  }

  /// Whether a data unit starts at `place` whose payload ends as it should.
  private mutating func hasPayload(_ place: Int, _ parameters: ParameterState) -> Bool {
    guard place < source.count, let unit = Self.beginning(&far, place..<source.count),
      unit.type == .compressedData
    else { return false }
    return measure.end(of: place, unit.type, parameters) != nil
  }

  /// Whether it is known that no chain of sound units begins inside of a unit.
  private mutating func isFree(_ unit: Range<Int>, _ parameters: ParameterState) -> Bool {
    aside >= unit.count && !judge.isSpent
      && soundPlace(inside: unit.lowerBound + 1..<unit.upperBound, parameters.context) == nil
  }

  /// Whether a unit of a known type cannot be parsed as a unit should; false where too many were asked for.
  mutating func isBroken(_ unit: UnitHead, _ context: UnitContext) -> Bool {
    !stray.isSound(unit.bytes, context) && !stray.isSpent
  }

  /// The number of bytes of the size field at `place`.
  mutating func sizeBytes(at place: Int) -> Int {
    let head = try? near.bytes(place..<min(place + 5, source.count))
    return head.flatMap(UnitWalk.claim)?.sizeBytes ?? 2
  }

  /// The first place in `range` from which a chain of units that can be parsed leads on or to the end of the file.
  ///
  /// `sawAll` says afterwards whether nil means that there is none.
  mutating func soundPlace(in range: Range<Int>, _ context: UnitContext) -> Int? {
    let reach = judge.isSpent ? 0 : min(Self.reach, room)
    let end = min(range.upperBound, range.lowerBound.saturatingAdd(reach))
    sawAll = end >= range.upperBound
    guard range.lowerBound < end else { return nil }
    let found = search(range.lowerBound..<end, context)
    room -= (found ?? end) - range.lowerBound
    return found
  }

  /// The same inside of a unit behind which something unlikely stands: a mebibyte of it is gone through, and a few in all.
  mutating func soundPlace(inside range: Range<Int>, _ context: UnitContext) -> Int? {
    let end = min(range.upperBound, range.lowerBound.saturatingAdd(min(1 << 20, aside)))
    guard range.lowerBound < end, !judge.isSpent else { return nil }
    let found = search(range.lowerBound..<end, context)
    // A find pays for itself.
    if found == nil { aside -= end - range.lowerBound }
    return found
  }

  /// The first place at or behind `start` from which a chain of heads leads on or to the end of the file.
  mutating func plausiblePlace(from start: Int) -> Int? {
    start < source.count
      ? search(start..<min(source.count, start.saturatingAdd(Self.reach)), nil) : nil
  }

  private mutating func search(_ range: Range<Int>, _ context: UnitContext?) -> Int? {
    // Most streams go on close by.
    var step = 256
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + step, range.upperBound)
      step = min(step * 2, 1 << 16)
      // A head takes up to 5 bytes.
      guard let bytes = try? source.read(start..<min(end + 5, source.count)) else { return nil }
      for place in 0..<min(end - start, max(0, bytes.count - 2)) {
        guard Self.mayBeHead(bytes, place, left: source.count - start - place) else { continue }
        if let unit = Self.plausible(&near, start + place, end: source.count),
          chain(from: unit, in: context)
        {
          return start + place
        }
      }
      start = end
    }
    return nil
  }

  /// A quick look that lets every plausible head pass.
  private static func mayBeHead(_ bytes: [UInt8], _ place: Int, left: Int) -> Bool {
    let first = Int(bytes[place])
    if first & 0x80 == 0 {
      let size = first << 8 | Int(bytes[place + 1])
      return size >= 4 && size <= left && bytes[place + 2] < 7 << 2
    }
    return place + 4 < bytes.count && bytes[place + 4] < 7 << 2
  }

  /// What begins where `bytes` do, whatever its size says, by a quick look: nil if no unit of a known type begins so.
  private static func beginning(_ window: inout ByteWindow, _ bytes: Range<Int>) -> SizelessUnit? {
    guard
      let head = try? window.bytes(bytes.lowerBound..<min(bytes.lowerBound + 8, bytes.upperBound)),
      let claim = UnitWalk.claim(of: head), let type = UnitType(rawValue: claim.type), type.isKnown,
      mayBegin(type, head.dropFirst(claim.sizeBytes))
    else { return nil }
    return SizelessUnit(type: type, sizeBytes: claim.sizeBytes, claimedSize: claim.size)
  }

  private static func plausible(_ window: inout ByteWindow, _ place: Int, end: Int) -> UnitHead? {
    guard let unit = try? UnitWalk.unit(in: &window, at: place, limit: end),
      isLikely(unit, &window)
    else { return nil }
    return unit
  }

  /// Whether a unit has a type that is known, and begins as units of that type do.
  mutating func isLikely(_ unit: UnitHead) -> Bool { Self.isLikely(unit, &near) }

  private static func isLikely(_ unit: UnitHead, _ window: inout ByteWindow) -> Bool {
    guard let type = beginning(&window, unit.bytes)?.type else { return false }
    // A start unit has one byte behind its header; data units name at least a tensor.
    return type == .start ? (4...8).contains(unit.bytes.count) : unit.bytes.count >= 5
  }

  /// Whether a unit may begin with these bytes of its header, in any context.
  private static func mayBegin(_ type: UnitType, _ header: ArraySlice<UInt8>) -> Bool {
    guard let flags = header.first else { return false }
    let rest = header.dropFirst(flags & 1 == 1 ? 2 : 1)
    guard let first = rest.first else { return type != .start }
    let second = rest.dropFirst().first ?? 0
    switch type {
    case .start: return first <= 1
    case .layerParameterSet: return first & 0x7f == 0
    case .topology: return TopologyFormat(rawValue: Int(first)) != nil && second <= 1
    case .quantization: return first <= 1 && second <= 1
    case .compressedData: return PayloadType(rawValue: Int(first >> 3)) != nil
    default: return true
    }
  }

  private mutating func chain(from first: UnitHead, in context: UnitContext?) -> Bool {
    var units = [first]
    var broken: Int?
    while units.count < Self.wantedUnits {
      let place = units[units.count - 1].bytes.upperBound
      if place == source.count { break }
      if let unit = Self.plausible(&far, place, end: source.count) {
        units.append(unit)
        continue
      }
      // The size of the last one may be wrong as well.
      guard context != nil, units.count == Self.wantedUnits - 1,
        Self.beginning(&far, place..<source.count) != nil
      else { return false }
      broken = place
      break
    }
    guard let context else { return true }
    var state = context
    return units.allSatisfy { judge.isSound($0.bytes, &state) }
      && broken.map { self.unit(filling: $0..<source.count, state) != nil } ?? true
  }
}
