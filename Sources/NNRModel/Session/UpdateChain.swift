import NNRBits
import NNRSyntax

/// Parents and histories of updates, taken from the streams that were opened before.
extension Session {
  /// The last version of a tensor in the streams before `stream`; nil if none codes it or it cannot be decoded.
  public func version(of name: String, before stream: Int) -> TensorVersion? {
    for earlier in stride(from: stream - 1, through: 0, by: -1) {
      if let tensor = directory(earlier).last(named: name) {
        return version(of: tensor, in: earlier)
      }
    }
    return nil
  }

  /// The version of a tensor that a stream codes; nil if it cannot be decoded.
  public func version(of tensor: CodedTensor, in stream: Int) -> TensorVersion? {
    let key = VersionCache.Key(stream: stream, name: tensor.name)
    if let known = versions.withLock({ $0[key] }) { return known }
    let sink = LevelsSink()
    guard decode(stream: stream, unit: tensor.unit, into: sink) == nil,
      let header = streams[stream].compressedDataUnit(tensor.unit)
    else {
      // However many updates name it, it is tried once.
      versions.withLock { $0.insert(nil, for: key) }
      return nil
    }
    var found: TensorVersion?
    let countsAsHistory = streams[stream].parameters(before: tensor.unit).context
      .parentSignallingEnabled
    for (start, levels) in zip(sink.starts, sink.levels) {
      let before = version(of: start.tensor.name, before: stream)?.history ?? []
      let version = TensorVersion(
        stream: stream, node: header.node, levels: levels,
        history: countsAsHistory ? merged(before, levels) : before)
      versions.withLock {
        $0.insert(version, for: VersionCache.Key(stream: stream, name: start.tensor.name))
      }
      if start.tensor.name == tensor.name { found = version }
    }
    return found
  }

  private func merged(_ history: [UInt8], _ levels: [Int32]) -> [UInt8] {
    var mask = levels.map { $0 != 0 ? UInt8(1) : 0 }
    if history.count == mask.count {
      for place in mask.indices { mask[place] |= history[place] }
    }
    return mask
  }

  /// Adds parents' integers and histories to the decoding of an update.
  func addParents(_ decoding: inout UnitDecoding, stream: Int) {
    let header = decoding.unit
    for tensor in header.codedTensors {
      let version = version(of: tensor.name, before: stream)
      if header.temporalContexts, decoding.missingParent == nil {
        decoding.missingParent = whyMissing(version, header, tensor, stream: stream)
      }
      decoding.parents.append(header.temporalContexts ? version?.levels : nil)
      decoding.histories.append(version.flatMap { $0.history.isEmpty ? nil : $0.history })
    }
  }

  /// What keeps `version` from being the parent of a unit; nil if it is the parent.
  private func whyMissing(
    _ version: TensorVersion?, _ header: CompressedDataUnit, _ tensor: CodedTensor, stream: Int
  ) -> String? {
    guard let version else {
      if let holder = (0..<stream).last(where: { directory($0).last(named: tensor.name) != nil }) {
        return "the version in \(streams[holder].name) cannot be decoded itself"
      }
      return "needs the base stream of \(wanted(header)) (it holds \(tensor.name))"
    }
    switch header.parent {
    case .device(let device):
      guard let node = header.node, let parent = version.node else { return nil }
      if parent.device != device || parent.parameter != node.parameter
        || parent.depth + 1 != node.depth
      {
        return "needs the base stream of \(wanted(header)); "
          + "the one loaded is of device \(parent.device), depth \(parent.depth)"
      }
      return nil
    case .sha256, .sha512:
      return parentMatch(header, in: version.stream, name: tensor.name) == nil
        ? "needs the base stream whose payload has the hash in the header" : nil
    default: return nil
    }
  }

  private func wanted(_ header: CompressedDataUnit) -> String {
    guard case .device(let device) = header.parent, let node = header.node else {
      return "the parent"
    }
    return "device \(device), depth \(node.depth - 1)"
  }
}
