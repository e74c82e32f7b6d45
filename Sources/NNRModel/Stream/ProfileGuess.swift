import NNRBits
import NNRSyntax

/// The profile of a stream that does not say it: its start unit is lost, or gives one that is not known.
///
/// The profile switches elements of edition 2 on (format reference 2.3), so units of one edition are seldom sound when they
/// are read by the other.
enum ProfileGuess {
  /// How many data units are tried, among how many units.
  private static let enough = (dataUnits: 8, units: 64)
  /// The most elements of a unit that are read for it.
  private static let elementLimit = 10_000

  /// general_profile_idc by which most of the first units are sound; nil where the stream says it or no unit tells.
  static func profile(of index: UnitIndex, in source: any ByteSource) -> Int? {
    let units = index.entries.lazy.filter { $0.type?.isKnown == true }.prefix(enough.units)
    guard let head = units.first else { return nil }
    if head.type == .start {
      let start = UnitParser.parse(source, bytes: head.bytes, context: UnitContext())
      guard (start.number(of: .generalProfileIdc) ?? 2) > 1 else { return nil }
    }
    let meant = Array(units).dropFirst(head.type == .start ? 1 : 0).prefix { $0.type != .start }
    let (first, second) = (vote(for: 0, meant, source), vote(for: 1, meant, source))
    return first == second ? nil : second > first ? 1 : 0
  }

  /// How well units fit a profile: how many are sound, and among equals the fewer breaches of rules, as a negative number.
  private static func vote(
    for profile: Int, _ units: ArraySlice<UnitIndex.Entry>, _ source: any ByteSource
  ) -> (sound: Int, breaches: Int) {
    var context = UnitContext()
    context.profile = profile
    context.fallbackProfile = profile
    context.elementLimit = elementLimit
    var vote = (sound: 0, breaches: 0)
    var left = enough.dataUnits
    for unit in units where left > 0 {
      let tree = UnitParser.parse(source, bytes: unit.bytes, context: context)
      context.update(from: tree.nodes)
      if UnitJudge.isSound(tree) { vote.sound += 1 }
      vote.breaches -= tree.diagnostics.filter { $0.severity != .info }.count
      if unit.type == .compressedData { left -= 1 }
    }
    return vote
  }
}
