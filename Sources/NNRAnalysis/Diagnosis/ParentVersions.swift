import NNRModel

/// The integers of the versions that a unit could have as its parent, by the streams of the chain that code them.
struct ParentVersions {
  /// The most versions that are looked at, the latest first.
  private static let limit = 8

  /// The integers of each tensor of the unit, by the number of the stream.
  private(set) var byStream: [Int: [[Int32]]] = [:]

  /// The stream whose version the unit builds on, or else the last that has one.
  var likely: Int? { chosen.flatMap { byStream[$0] == nil ? nil : $0 } ?? byStream.keys.max() }
  private var chosen: Int?

  /// The versions before stream `stream` of the tensors of a unit.
  init(_ session: Session, _ decoding: UnitDecoding, before stream: Int) {
    let tensors = decoding.unit.codedTensors
    guard let first = tensors.first else { return }
    chosen = session.parent(of: first.name, decoding.unit, before: stream)?.stream
    let order =
      (chosen.map { [$0] } ?? [])
      + session.predecessors(of: stream).reversed().filter { $0 != chosen }
    for earlier in order where byStream.count < Self.limit {
      let levels = tensors.compactMap { tensor -> [Int32]? in
        guard let coded = session.directory(earlier).last(named: tensor.name),
          let found = session.version(of: coded, in: earlier)?.levels, found.count == tensor.count
        else { return nil }
        return found
      }
      if levels.count == tensors.count { byStream[earlier] = levels }
    }
  }

  /// A decoding with the integers of a stream as parents; nil if the stream has none.
  func parents(of stream: Int, into decoding: UnitDecoding) -> UnitDecoding? {
    guard let levels = byStream[stream] else { return nil }
    var other = decoding
    other.parents = levels
    other.missingParent = nil
    return other
  }
}
