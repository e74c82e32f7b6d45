import NNRBits
import NNRModel
import NNRSyntax

/// Whether a chain of streams holds the integers of another one: every one is decoded from both and compared.
public struct RecodeProof: Sendable {
  /// What was compared of a stream.
  public struct Comparison: Sendable, Hashable {
    /// The tensors of the stream.
    public var tensors = 0
    /// Those whose integers, or whose bytes where they do not decode, are the same in both.
    public var equal = 0
    /// The name of the first one that is not.
    public var firstDifference: String?
  }

  /// The comparison of each stream.
  public private(set) var streams: [Comparison] = []

  /// Whether all is the same.
  public var holds: Bool {
    streams.allSatisfy { $0.equal == $0.tensors && $0.firstDifference == nil }
  }

  /// Compares the streams of `session` with `bytes`, which may be nil for those that stay.
  public init(
    _ session: Session, _ bytes: [[UInt8]?],
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    let openings = session.streams.indices.map { stream in
      Session.Opening(
        bytes[stream].map { MemorySource($0) } ?? session.streams[stream].source,
        name: session.streams[stream].name, predecessors: session.predecessors(of: stream))
    }
    let other = Session(openings: openings, options: session.options)
    for stream in session.streams.indices {
      streams.append(
        bytes[stream] == nil
          ? Comparison() : Self.compare(session, other, stream: stream, shouldStop))
    }
  }

  private static func compare(
    _ session: Session, _ other: Session, stream: Int, _ shouldStop: @escaping @Sendable () -> Bool
  ) -> Comparison {
    var result = Comparison()
    let (before, after) = (session.streams[stream].index, other.streams[stream].index)
    guard before.entries.map(\.type) == after.entries.map(\.type) else {
      result.firstDifference = "the units"
      return result
    }
    for (unit, entry) in before.entries.enumerated() {
      let count = session.directory(stream).byUnit[unit]?.count ?? 0
      result.tensors += count
      let isSame =
        entry.type == .compressedData
        ? haveSameIntegers(session, other, stream: stream, unit: unit, shouldStop)
        : haveSameBytes(session, other, stream: stream, unit: unit)
      if isSame {
        result.equal += count
      } else if result.firstDifference == nil {
        result.firstDifference =
          session.directory(stream).byUnit[unit]?.first.map {
            session.directory(stream).tensors[$0].name
          } ?? "unit \(unit)"
      }
    }
    return result
  }

  private static func haveSameIntegers(
    _ session: Session, _ other: Session, stream: Int, unit: Int,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) -> Bool {
    if haveSameBytes(session, other, stream: stream, unit: unit) { return true }
    let (first, second) = (IntegersSink(shouldStop), IntegersSink(shouldStop))
    guard session.decode(stream: stream, unit: unit, shouldStop: shouldStop, into: first) == nil,
      other.decode(stream: stream, unit: unit, shouldStop: shouldStop, into: second) == nil
    else { return false }
    return first.integers == second.integers
      && zip(first.starts, second.starts).allSatisfy { before, after in
        before.tensor.nameBytes == after.tensor.nameBytes
          && before.tensor.dimensions == after.tensor.dimensions
          && before.tensor.quantizer == after.tensor.quantizer
          && before.tensor.codebook == after.tensor.codebook
          && before.dequantizer.qp == after.dequantizer.qp
      }
  }

  private static func haveSameBytes(
    _ session: Session, _ other: Session, stream: Int, unit: Int
  ) -> Bool {
    let (before, after) = (session.streams[stream], other.streams[stream])
    guard before.index.entries[unit].size == after.index.entries[unit].size,
      let first = try? before.source.read(before.index.entries[unit].bytes),
      let second = try? after.source.read(after.index.entries[unit].bytes)
    else { return false }
    return first == second
  }
}
