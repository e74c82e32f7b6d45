import NNRModel

/// What tells units apart whose type or names do not.
struct UnitLikeness {
  /// The fewest bytes of a payload that tell whose it is.
  private static let leastBody = 8
  /// The most bytes in which versions of a unit differ, of units of 512 bytes and more; an eighth of smaller ones.
  private static let mostDifferent = 64
  /// How many bytes are read at a time.
  private static let block = 4096

  private let sides: [NNRStream?]

  /// Tells units of two streams apart; nil for a side without one.
  init(_ sides: [NNRStream?]) { self.sides = sides }

  /// What an alignment may ask.
  var evidence: PartEvidence {
    var evidence = PartEvidence()
    evidence.content = content
    evidence.body = body
    evidence.areAlike = areAlike
    return evidence
  }

  /// A hash of all bytes; nil if they cannot be read.
  private func content(_ side: Int, _ unit: Int) -> String? {
    sides[side].flatMap { ContentHash.hex(of: $0.source, $0.index.entries[unit].bytes) }
  }

  /// A hash of the payload.
  private func body(_ side: Int, _ unit: Int) -> String? {
    guard let stream = sides[side], let data = stream.compressedDataUnit(unit),
      data.payload.count >= Self.leastBody
    else { return nil }
    return ContentHash.hex(of: stream.source, data.payload)
  }

  /// Whether two units are of one size and differ in few bytes.
  private func areAlike(_ i: Int, _ j: Int) -> Bool {
    guard let a = sides[0], let b = sides[1] else { return false }
    let (one, other) = (a.index.entries[i], b.index.entries[j])
    guard one.size == other.size, one.size > 0 else { return false }
    let limit = max(1, min(one.size / 8, Self.mostDifferent))
    var different = 0
    for start in stride(from: 0, to: one.size, by: Self.block) {
      let length = min(Self.block, one.size - start)
      func read(_ stream: NNRStream, _ offset: Int) -> [UInt8]? {
        try? stream.source.read(offset + start..<offset + start + length)
      }
      guard let left = read(a, one.offset), let right = read(b, other.offset) else { return false }
      for (byte, another) in zip(left, right) where byte != another { different += 1 }
      if different > limit { return false }
    }
    return true
  }
}
