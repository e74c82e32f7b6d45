import NNRSyntax

/// The version of a parameter that a unit builds on, among the streams before its own (format reference 6.1 and 6.3).
public struct ParentChoice: Sendable {
  /// What keeps a version from being the one that a unit names.
  public enum Mismatch: Sendable, Hashable {
    /// It is of another device than the unit names.
    case device(named: Int, found: Int)
    /// It is of another parameter.
    case parameter(named: Int, found: Int)
    /// It is not one level above.
    case depth(named: Int, found: Int)
    /// Neither its payload nor its unit has the hash.
    case hash
  }

  /// The stream that codes the version.
  public let stream: Int
  /// The tensor that it is.
  public let tensor: CodedTensor
  /// Its node of the update tree; nil if it is none.
  public let node: UpdateNode?
  /// Why it is not the parent that the unit names; nil if it is, or the unit does not say.
  public let mismatch: Mismatch?
}

extension Session {
  /// What a unit of stream `stream` builds on for the parameter `name`: the version that fits, or else the last one, with the
  /// reason why it does not fit; nil if no stream before codes the parameter, or only other devices do in their first round.
  ///
  /// NNCodec writes parent_device_id 0 whatever the device is, and takes the last version of the unit's own device (format
  /// reference 6.1 and 6.3). So that one is looked for first where the unit names device 0 and is of another.
  public func parent(of name: String, _ header: CompressedDataUnit, before stream: Int)
    -> ParentChoice?
  {
    let isFirst = header.node.map { $0.depth <= 1 } ?? true
    var last: ParentChoice?
    for device in Self.devices(of: header) {
      var withoutNode: ParentChoice?
      var isKnown = false
      for earlier in predecessors(of: stream).reversed() {
        guard let tensor = directory(earlier).last(named: name) else { continue }
        let node = directory(earlier).nodes[tensor.unit]
        let choice = ParentChoice(
          stream: earlier, tensor: tensor, node: node,
          mismatch: mismatch(node, in: earlier, name, header, device: device))
        switch choice.mismatch {
        case nil where node != nil || header.node == nil || device == nil: return choice
        case nil: withoutNode = withoutNode ?? (isKnown && !isFirst ? nil : choice)
        case .device: last = last ?? choice
        case .depth, .parameter, .hash:
          // A round that was left out says more than another device.
          if !isKnown { last = choice }
          isKnown = true
        }
      }
      // Where the device has versions, others' are not its parents, but for the root.
      if let withoutNode, isFirst || !isKnown { return withoutNode }
      if isKnown, !isFirst { break }
    }
    // The root, on which the first round of a device builds, need not be coded; what other devices sent is none.
    if case .device = last?.mismatch, let own = header.node, isFirst,
      last?.node?.depth ?? 0 >= own.depth
    {
      return nil
    }
    return last
  }

  /// The devices that the parent may be of, the likely one first; nil where the device is not what the parent is known by.
  private static func devices(of header: CompressedDataUnit) -> [Int?] {
    switch header.parent {
    case .device(let named):
      guard let own = header.node?.device, named == 0, own != 0 else { return [named] }
      return [own, named]
    case .sha256, .sha512, .unknown: return [nil]
    // A whole value goes on with what its device knows of the past.
    case nil: return [header.node?.device]
    }
  }

  private func mismatch(
    _ node: UpdateNode?, in stream: Int, _ name: String, _ header: CompressedDataUnit, device: Int?
  ) -> ParentChoice.Mismatch? {
    switch header.parent {
    case .sha256, .sha512:
      return parentMatch(header, in: stream, name: name) == nil ? .hash : nil
    case .unknown: return nil
    case .device, nil:
      guard let own = header.node, let node, let device else { return nil }
      if node.device != device {
        return .device(
          named: Self.devices(of: header).last.flatMap { $0 } ?? device, found: node.device)
      }
      guard header.parent != nil else { return nil }
      if node.parameter != own.parameter {
        return .parameter(named: own.parameter, found: node.parameter)
      }
      return node.depth.saturatingAdd(1) == own.depth
        ? nil : .depth(named: own.depth - 1, found: node.depth)
    }
  }
}
