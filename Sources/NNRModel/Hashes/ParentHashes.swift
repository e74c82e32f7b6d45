extension Session {
  /// What of the parent unit was hashed: the reference leaves it open (format reference 6.1).
  public enum HashedPart: String, Sendable, CaseIterable {
    case payload
    case unit = "whole unit"
  }

  /// The part of the unit that codes `name` in stream `parent` whose hash the header gives; nil if none does.
  ///
  /// A unit is hashed once, however many updates ask.
  public func parentMatch(_ header: CompressedDataUnit, in parent: Int, name: String)
    -> HashedPart?
  {
    let (wanted, isLong): ([UInt8], Bool)
    switch header.parent {
    case .sha256(let hash): (wanted, isLong) = (hash, false)
    case .sha512(let hash): (wanted, isLong) = (hash, true)
    case .device, .unknown, nil: return nil
    }
    guard let tensor = directory(parent).last(named: name) else { return nil }
    let digests = digests(HashKey(stream: parent, unit: tensor.unit, isLong: isLong))
    return HashedPart.allCases.first { digests[$0] == wanted }
  }

  private func digests(_ key: HashKey) -> [HashedPart: [UInt8]] {
    if let known = hashes.withLock({ $0[key] }) { return known }
    let stream = streams[key.stream]
    let parts: [HashedPart: Range<Int>?] = [
      .payload: stream.compressedDataUnit(key.unit)?.payload,
      .unit: stream.index.entries[key.unit].bytes,
    ]
    let found = parts.compactMapValues { bytes -> [UInt8]? in
      guard let bytes, let data = try? stream.source.read(bytes) else { return nil }
      return key.isLong ? SHA2<UInt64>.hash(data) : SHA2<UInt32>.hash(data)
    }
    hashes.withLock { $0[key] = found }
    return found
  }
}

/// A unit and the kind of its hash.
struct HashKey: Hashable, Sendable {
  /// The number of the stream.
  let stream: Int
  /// The number of the unit.
  let unit: Int
  /// SHA-512, not SHA-256.
  let isLong: Bool
}
