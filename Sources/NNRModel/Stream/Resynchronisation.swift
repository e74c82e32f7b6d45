import NNRBits
import NNRSyntax

/// Finds where a stream continues behind bytes that are no unit.
enum Resynchronisation {
  /// The most bytes that are searched.
  static let reach = 1 << 20
  /// How many plausible units in a row make a continuation, unless the file ends before.
  static let wantedUnits = 3

  /// The first place at or behind `start` from which a chain of plausible units leads on or to the end of the file.
  static func next(in source: any ByteSource, from start: Int) -> Int? {
    var near = ByteWindow(source)
    var far = ByteWindow(source)
    var place = start
    let end = min(source.count, start.saturatingAdd(reach))
    while place < end {
      if let first = plausible(&near, place, source.count), leadsOn(&far, first, source.count) {
        return place
      }
      place += 1
    }
    return nil
  }

  private static func plausible(_ window: inout ByteWindow, _ place: Int, _ limit: Int)
    -> UnitHead?
  {
    guard let unit = try? UnitWalk.unit(in: &window, at: place, limit: limit),
      let type = UnitType(rawValue: unit.type), type.isKnown
    else { return nil }
    // A start unit has one byte behind its header; data units name at least a tensor.
    let isShort = type == .start ? unit.bytes.count > 8 : unit.bytes.count < 5
    return isShort ? nil : unit
  }

  private static func leadsOn(_ window: inout ByteWindow, _ first: UnitHead, _ limit: Int) -> Bool {
    var place = first.bytes.upperBound
    for _ in 1..<wantedUnits {
      if place == limit { return true }
      guard let unit = plausible(&window, place, limit) else { return false }
      place = unit.bytes.upperBound
    }
    return true
  }
}
