import NNRSyntax

/// A node of the parameter update tree in its ICNN_NDU_ID form (format reference 6.1).
public struct UpdateNode: Sendable, Hashable {
  /// device_id.
  public let device: Int
  /// parameter_id.
  public let parameter: Int
  /// put_node_depth.
  public let depth: Int

  /// The node that a unit says it is; nil if it does not.
  init?(_ tree: SyntaxTree) {
    guard let parameter = tree.number(of: .parameterId), let depth = tree.number(of: .putNodeDepth)
    else { return nil }
    device = tree.number(of: .deviceId) ?? 0
    self.parameter = parameter
    self.depth = depth
  }
}

/// How a unit names its parent (format reference 6.1).
public enum UpdateParent: Sendable, Hashable {
  /// ICNN_NDU_ID: the same parameter, one level up, of this device.
  case device(Int)
  /// ICNN_NDU_PL_SHA256: 32 bytes.
  case sha256([UInt8])
  /// ICNN_NDU_PL_SHA512: 64 bytes.
  case sha512([UInt8])
  /// A reserved way.
  case unknown

  /// The parent that a unit names; nil if it names none.
  init?(_ tree: SyntaxTree) {
    guard tree.number(of: .parentNodeIdPresentFlag) == 1 else { return nil }
    switch tree.number(of: .parentNodeIdType).flatMap(ParentNaming.init) {
    case .node: self = .device(tree.number(of: .parentDeviceId) ?? 0)
    case .sha256: self = .sha256(tree.node(of: .parentNodePayloadSha256)?.value.bytes ?? [])
    case .sha512: self = .sha512(tree.node(of: .parentNodePayloadSha512)?.value.bytes ?? [])
    case nil: self = .unknown
    }
  }
}
