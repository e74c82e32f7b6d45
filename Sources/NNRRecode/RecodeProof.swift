import NNRBits
import NNRModel
import NNRSyntax

/// Whether a chain of streams holds the integers, and by them the weights, of another one: every one is decoded from both and compared.
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
  ///
  /// With `isRenumbered` other integers are right where they give the same weights as 32-bit floats.
  public init(
    _ session: Session, _ bytes: [[UInt8]?], isRenumbered: Bool = false,
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
          ? Comparison() : Self.compare(session, other, stream: stream, isRenumbered, shouldStop))
    }
  }

  private static func compare(
    _ session: Session, _ other: Session, stream: Int, _ isRenumbered: Bool,
    _ shouldStop: @escaping @Sendable () -> Bool
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
        ? haveSameWeights(session, other, stream: stream, unit: unit, isRenumbered, shouldStop)
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

  private static func haveSameWeights(
    _ session: Session, _ other: Session, stream: Int, unit: Int, _ isRenumbered: Bool,
    _ shouldStop: @escaping @Sendable () -> Bool
  ) -> Bool {
    if haveSameBytes(session, other, stream: stream, unit: unit) { return true }
    let (first, second) = (IntegersSink(shouldStop), IntegersSink(shouldStop))
    guard session.decode(stream: stream, unit: unit, shouldStop: shouldStop, into: first) == nil,
      other.decode(stream: stream, unit: unit, shouldStop: shouldStop, into: second) == nil
    else { return false }
    let (before, after) = (first.starts, second.starts)
    return before.count == after.count
      && before.indices.allSatisfy { place in
        isSameTensor(before[place], after[place])
          && (first.integers[place] == second.integers[place]
            && haveSameEntries(before[place], after[place], first.integers[place])
            || isRenumbered
              && haveSameFloats(
                before[place], first.integers[place], after[place], second.integers[place]))
      }
  }

  private static func isSameTensor(_ before: TensorStart, _ after: TensorStart) -> Bool {
    before.tensor.nameBytes == after.tensor.nameBytes
      && before.tensor.dimensions == after.tensor.dimensions
      && before.dequantizer.qp == after.dequantizer.qp
  }

  /// Whether equal integers give equal weights: by the same quantizer, and the same entries of codebooks.
  private static func haveSameEntries(
    _ before: TensorStart, _ after: TensorStart, _ integers: [Int32]
  ) -> Bool {
    guard before.tensor.quantizer == after.tensor.quantizer else { return false }
    if before.tensor.codebook == after.tensor.codebook { return true }
    return integers.allSatisfy { before.dequantizer.value($0) == after.dequantizer.value($0) }
  }

  /// Whether other integers give the same weights as 32-bit floats.
  private static func haveSameFloats(
    _ before: TensorStart, _ first: [Int32], _ after: TensorStart, _ second: [Int32]
  ) -> Bool {
    first.count == second.count
      && zip(first, second).allSatisfy { one, other in
        guard let one = before.dequantizer.value(one), let other = after.dequantizer.value(other)
        else { return false }
        return Float(one).bitPattern == Float(other).bitPattern
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
