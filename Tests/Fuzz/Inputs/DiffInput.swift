import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import TestSupport

/// Two streams side by side, made as for `DecodeInput`; of a single one the second side has some bits turned.
struct DiffInput {
  /// What must be the same both ways; what was added or removed in one place may stand in another order.
  private struct Facts: Hashable {
    let (a, b): (Int?, Int?)
    let titles: [UnitTitle?]
    let isMoved: Bool
    let elements: Set<ElementDiff>
    let firstBit: Int?
    let payload: PayloadDiff?

    init(_ unit: UnitDiff) {
      (a, b) = (unit.a, unit.b)
      titles = [unit.title, unit.titleB]
      isMoved = unit.isMoved
      elements = Set(unit.elements)
      firstBit = unit.firstBit
      payload = unit.payload
    }
  }

  private let sides: [[UInt8]]
  /// What chooses the bit of a title that is turned.
  private let choice: Int

  /// Reads the recipe.
  init(_ bytes: [UInt8]) {
    let streams = DecodeInput(bytes).streams
    choice = bytes.prefix(64).reduce(bytes.count) { ($0 &* 31 &+ Int($1)) & 0xffff }
    guard streams.count == 1, let only = streams.first else {
      sides = streams
      return
    }
    // The input itself says which bits.
    var other = only
    for (place, byte) in bytes.prefix(3).enumerated() where !other.isEmpty {
      other[(Int(byte) * 251 + place * 7) % other.count] ^= byte | 1
    }
    sides = [only, other]
  }

  /// Compares them both ways, and each with itself; the sentences say what does not hold.
  func broken() -> [String] {
    let sessions = sides.map { FuzzSession.open([$0]) }
    guard sessions.count == 2, sessions.allSatisfy({ FuzzSession.isSmall($0, 1 << 15) }) else {
      return []
    }
    var found: [String] = []
    for (session, bytes) in zip(sessions, sides) {
      let same = SessionDiff(session, FuzzSession.open([bytes]))
      if !same.isEmpty || !same.weights.isEmpty { found.append("a stream differs from itself") }
    }
    let one = SessionDiff(sessions[0], sessions[1])
    let other = SessionDiff(sessions[1], sessions[0])
    if one.isEmpty != other.isEmpty || one.sameWeights != other.sameWeights {
      found.append("the other way round something else differs")
    }
    for (left, right) in zip(one.streams, other.streams)
    where Set(left.units.map(Facts.init)) != Set(right.units.map { Facts($0.mirrored) }) {
      found.append("units are not mirrored")
    }
    for (left, right) in zip(one.costs, other.costs)
    where left.classes.map(\.change) != right.classes.map({ $0.change.map { -$0 } }) {
      found.append("costs are not mirrored")
    }
    for unit in one.streams.flatMap(\.units) {
      if unit.firstBit == nil, !unit.elements.isEmpty {
        found.append("the same bytes differ: unit \(unit.a ?? -1)")
      }
      if let bit = unit.firstBit, bit < 0 { found.append("the first bit is \(bit)") }
    }
    found += unnamed(sessions[0])
    _ = DiffText.text(one)
    var json = JSONWriter()
    DiffDocument.write(one, to: &json)
    return found
  }

  /// Turns one bit of a type, a name or a profile: the diff must name it.
  private func unnamed(_ whole: Session) -> [String] {
    let bits = TurnedBit.all(in: whole.streams[0])
    guard !bits.isEmpty else { return [] }
    let bit = bits[choice % bits.count]
    let outcome = bit.outcome(in: sides[0], of: whole) { FuzzSession.open([$0]) }
    guard case .missed(let why) = outcome else { return [] }
    return ["\(bit) is not named: \(why)"]
  }
}
