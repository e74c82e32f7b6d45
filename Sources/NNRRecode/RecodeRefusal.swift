/// Why a unit keeps its bytes.
public enum RecodeRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// It is no data unit.
  case noTensors
  /// It holds raw floats.
  case rawFloats
  /// It cannot be decoded; the reason.
  case undecodable(String)
  /// Its integers would take more memory than is allowed; the bytes.
  case tooLarge(Int)
  /// An update names its payload by a hash.
  case namedByHash
  /// The stream does not say which software wrote it, and both readings of profile 0 fit all of it.
  case ambiguousDialect
  /// It could not be written again; the reason.
  case unwritable(String)
  /// Someone asked to stop.
  case stopped

  /// Whether something is wrong: raw floats and hashes are none of it.
  public var isFault: Bool {
    switch self {
    case .noTensors, .rawFloats, .namedByHash, .ambiguousDialect, .stopped: false
    case .undecodable, .tooLarge, .unwritable: true
    }
  }

  /// The reason, as words.
  public var description: String {
    switch self {
    case .noTensors: "no tensors"
    case .rawFloats: "raw floats"
    case .undecodable(let reason): "cannot be decoded: \(reason)"
    case .tooLarge(let bytes): "its integers take \(bytes) bytes; raise --max-memory"
    case .namedByHash: "an update names its payload by a hash"
    case .ambiguousDialect:
      "both readings of profile 0 fit the stream, and a shorter one would fit one of them"
    case .unwritable(let reason): "cannot be written again: \(reason)"
    case .stopped: "stopped"
    }
  }
}
