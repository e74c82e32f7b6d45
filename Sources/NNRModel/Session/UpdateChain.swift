import NNRBits
import NNRSyntax

/// Parents and histories of updates, taken from the streams that were opened before.
extension Session {
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
    let countsAsHistory = countsAsHistory(header, in: stream)
    for (start, decoded) in zip(sink.starts, sink.levels) {
      let place = ChainRepair.Place(
        stream: stream, unit: tensor.unit, tensor: start.tensor.place)
      let levels = repairState.withLock { $0?.standIns[place] } ?? decoded
      let before = parentVersion(of: start.tensor.name, header, before: stream)?.history ?? []
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

  /// Whether the integers of a unit count for the history of those that follow (format reference 6.6).
  func countsAsHistory(_ header: CompressedDataUnit, in stream: Int) -> Bool {
    streams[stream].parameters(before: header.unit).context.parentSignallingEnabled
      || repairState.withLock { $0?.historyIncludesBase ?? false }
  }

  private func merged(_ history: [UInt8], _ levels: [Int32]) -> [UInt8] {
    var mask = levels.map { $0 != 0 ? UInt8(1) : 0 }
    if history.count == mask.count {
      for place in mask.indices { mask[place] |= history[place] }
    }
    return mask
  }

  private func parentVersion(of name: String, _ header: CompressedDataUnit, before stream: Int)
    -> TensorVersion?
  {
    parent(of: name, header, before: stream).flatMap { version(of: $0.tensor, in: $0.stream) }
  }

  /// Adds parents' integers and histories to the decoding of an update.
  func addParents(_ decoding: inout UnitDecoding, stream: Int) {
    let header = decoding.unit
    for tensor in header.codedTensors {
      let choice = parent(of: tensor.name, header, before: stream)
      let version = choice.flatMap { self.version(of: $0.tensor, in: $0.stream) }
      if header.temporalContexts, decoding.missingParent == nil {
        decoding.missingParent = whyMissing(choice, isDecoded: version != nil, header, tensor)
      }
      decoding.parents.append(header.temporalContexts ? version?.levels : nil)
      decoding.histories.append(version.flatMap { $0.history.isEmpty ? nil : $0.history })
    }
  }

  /// What keeps the parent of a unit from being at hand; nil if it is.
  private func whyMissing(
    _ choice: ParentChoice?, isDecoded: Bool, _ header: CompressedDataUnit, _ tensor: CodedTensor
  ) -> String? {
    guard let choice else {
      return "needs the base stream of \(wanted(header)) (it holds \(tensor.name))"
    }
    switch choice.mismatch {
    case .hash: return "needs the base stream whose payload has the hash in the header"
    case .device, .parameter, .depth:
      guard let node = choice.node else { break }
      return "needs the base stream of \(wanted(header)); "
        + "the one loaded is of device \(node.device), depth \(node.depth)"
    case nil: break
    }
    return isDecoded
      ? nil : "the version in \(streams[choice.stream].name) cannot be decoded itself"
  }

  private func wanted(_ header: CompressedDataUnit) -> String {
    guard case .device(let device) = header.parent, let node = header.node else {
      return "the parent"
    }
    // NNCodec names device 0 whatever the device is.
    let devices = device == 0 && node.device != 0 ? "\(node.device) or 0" : "\(device)"
    return "device \(devices), depth \(node.depth - 1)"
  }
}
