import NNRBits
import NNRSyntax

/// An SEI message, with its place in the file and what it says if it is about a post-filter.
public struct CarriedMessage: Sendable {
  /// The NAL unit.
  public let nal: NALUnit
  /// The number of the message in its NAL unit.
  public let index: Int
  /// payloadType.
  public let type: Int
  /// payloadSize in bytes, emulation prevention not counted.
  public let size: Int
  /// The file's byte at which the type begins.
  public let offset: Int
  /// The file's byte at which the payload begins.
  public let payloadOffset: Int
  /// The file's byte behind the last one of the payload.
  public let end: Int
  /// The places in the file of the emulation prevention bytes within the message.
  public let removed: [Int]
  /// The payload, as far as it is there.
  public let payload: MappedSource
  /// The elements; nil for messages that are not about post-filters.
  public let tree: SyntaxTree?
  /// The network, if the message has one within.
  public let network: Network?
  /// What is wrong with it.
  public internal(set) var findings: [CarriageFinding] = []

  /// The bytes of a network within a message.
  public struct Network: Sendable {
    /// The byte of the payload at which it begins.
    public let payloadOffset: Int
    /// The bytes.
    public let source: MappedSource
    /// The places in the file of the emulation prevention bytes within it and in front of its first byte.
    public let removed: [Int]
  }

  /// What a message is about.
  public enum Kind: String, Sendable {
    case characteristics = "nnpfc"
    case activation = "nnpfa"
    case other
  }

  /// What it is about.
  public var kind: Kind {
    switch type {
    case 210: .characteristics
    case 211: .activation
    default: .other
    }
  }

  /// nnpfc_id or nnpfa_target_id; nil where it could not be read.
  public var filter: Int? { tree?.number(of: .nnpfcId) ?? tree?.number(of: .nnpfaTargetId) }

  /// Whether it defines a filter; nil where that could not be read, or the message is no NNPFC.
  public var isBase: Bool? { tree?.number(of: .nnpfcBaseFlag).map { $0 == 1 } }

  /// nnpfc_purpose.
  public var purpose: Int? { tree?.number(of: .nnpfcPurpose) }

  /// nnpfc_mode_idc.
  public var mode: Int? { tree?.number(of: .nnpfcModeIdc) }

  /// The place in the file of a bit of the payload.
  public func fileOffset(ofBit bit: Int) -> Int { payload.fileOffset(of: bit / 8) ?? end }
}
