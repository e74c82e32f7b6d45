import DeepCABAC
import NNRBits
import NNRModel
import NNRSyntax

/// A tensor of a unit with its integers and what its payload says of it.
package struct LoadedTensor: Sendable {
  /// The tensor.
  package let coded: CodedTensor
  /// What the payload says first; the integers are in `walked`.
  package let start: TensorStart
  /// The tensor as alternatives are looked at.
  package var walked: WalkedTensor
  /// The geometry by the headers.
  package var geometry: TensorGeometry
  /// The codebook that it is coded with; nil for none.
  package var codebook: CompressedDataUnit.Codebook?
  /// The payload bits that it takes.
  package let bits: Int

  /// The choices of the stream.
  package var choices: TensorChoices {
    TensorChoices(
      unaryLength: coded.unaryLength, scanOrder: coded.scanOrder,
      rowSkip: start.rowSkipEnabledFlag, history: start.historyFlag,
      states: start.startStates.count { (1...8).contains($0) },
      codebookSize: coded.codebook?.values.count, codebookOrder: coded.codebook?.egk)
  }
}

/// A data unit, decoded: where a search for a shorter one begins.
package struct LoadedUnit: Sendable {
  /// The number of the unit.
  package let unit: Int
  /// What its decoding needs.
  package let decoding: UnitDecoding
  /// Its tree.
  package let tree: SyntaxTree
  /// Its bytes.
  package let bytes: [UInt8]
  /// Its tensors in coded order.
  package internal(set) var tensors: [LoadedTensor]
  /// What its parsing needed.
  package let context: UnitContext
  /// The integers of the parent of each tensor, whether contexts look at them or not; nil where none are at hand.
  package let knownParents: [[Int32]?]

  /// The bits of a tensor; what the unit takes beside payload bits is counted to its last tensor.
  package func wholeBits(of place: Int) -> Int {
    guard place == tensors.count - 1 else { return tensors[place].bits }
    return 8 * bytes.count - tensors.dropLast().reduce(0) { $0 + $1.bits }
  }

  /// Decodes a unit of a stream; throws why it cannot be coded anew.
  package init(
    _ session: Session, stream: Int, unit: Int, shouldStop: @escaping @Sendable () -> Bool
  ) throws(RecodeRefusal) {
    let file = session.streams[stream]
    guard file.index.entries.indices.contains(unit),
      file.index.entries[unit].type == .compressedData
    else { throw .noTensors }
    guard var decoding = session.decoding(stream: stream, unit: unit), let tree = file.tree(unit)
    else { throw .undecodable("its header could not be read") }
    decoding.shouldStop = shouldStop
    guard decoding.unit.payloadType != .rawFloat else { throw .rawFloats }
    if let evidence = session.dialectEvidence(stream), evidence.witness == nil {
      throw .ambiguousDialect
    }
    let weights = decoding.unit.codedTensors.reduce(0) { $0.saturatingAdd($1.count ?? 0) }
    // Integers, levels, parents and those of another path.
    let memory = weights.saturatingMultiply(16)
    guard memory <= decoding.maxMemory else { throw .tooLarge(memory) }
    do { bytes = try file.source.read(file.index.entries[unit].bytes) } catch {
      throw .undecodable("\(error)")
    }
    let sink = IntegersSink(shouldStop)
    let payload = Array(bytes[(bytes.count - decoding.unit.payload.count)...])
    if let failure = UnitDecoder.decode(decoding, payload: payload, into: sink) {
      throw shouldStop() ? .stopped : .undecodable(failure.description)
    }
    self.unit = unit
    self.decoding = decoding
    self.tree = tree
    context = file.parameters(before: unit).context
    knownParents =
      decoding.unit.parent == nil ? [] : Self.parents(session, stream: stream, decoding.unit)
    var tensors: [LoadedTensor] = []
    for (place, start) in sink.starts.enumerated() {
      do {
        tensors.append(try Self.tensor(start, sink, place, decoding))
      } catch {
        throw .undecodable("\(error)")
      }
    }
    self.tensors = tensors
  }

  private static func parents(
    _ session: Session, stream: Int, _ unit: CompressedDataUnit
  ) -> [[Int32]?] {
    unit.codedTensors.map { tensor in
      guard let choice = session.parent(of: tensor.name, unit, before: stream),
        choice.mismatch == nil
      else { return nil }
      return session.version(of: choice.tensor, in: choice.stream)?.levels
    }
  }

  private static func tensor(
    _ start: TensorStart, _ sink: IntegersSink, _ place: Int, _ decoding: UnitDecoding
  ) throws(DecodingError) -> LoadedTensor {
    let tensor = start.tensor
    let parameters = tensor.payloadParameters(decoding)
    let geometry = try TensorGeometry(parameters)
    let walked = WalkedTensor(
      parameters, integers: sink.integers[place],
      base: decoding.usesTemporalContexts ? decoding.parents[tensor.place] : nil,
      history: decoding.histories.indices.contains(tensor.place)
        ? decoding.histories[tensor.place] : nil,
      quantizationDeltaBits: tensor.quantizer == .skip ? 0 : decoding.quantizationDeltaBits)
    return LoadedTensor(
      coded: tensor, start: start, walked: walked, geometry: geometry, codebook: tensor.codebook,
      bits: sink.ends[place].bit - start.bit)
  }
}

/// Keeps all integers of a unit.
package final class IntegersSink: TensorSink {
  private let shouldStop: @Sendable () -> Bool
  /// What payloads say of the tensors.
  package private(set) var starts: [TensorStart] = []
  /// How the tensors end.
  package private(set) var ends: [TensorEnd] = []
  /// The integers of each tensor, in C order.
  package private(set) var integers: [[Int32]] = []

  /// A sink that takes no more once `shouldStop` says so.
  package init(_ shouldStop: @escaping @Sendable () -> Bool = { false }) {
    self.shouldStop = shouldStop
  }

  package func begin(_ start: TensorStart) {
    starts.append(start)
    integers.append([])
    // A claim is no reason to ask for memory: what is more grows with what is decoded.
    integers[integers.count - 1].reserveCapacity(min(start.tensor.count ?? 0, 1 << 20))
  }

  package func take(_ run: ArraySlice<Int32>, first: Int) {
    integers[integers.count - 1].append(contentsOf: run)
  }

  package func end(_ end: TensorEnd) { ends.append(end) }

  package var wantsMore: Bool { !shouldStop() }
}
