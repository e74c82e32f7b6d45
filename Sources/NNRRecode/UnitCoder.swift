import DeepCABAC
import NNRModel
import NNRSyntax

/// A payload as it is coded with some choices.
package struct CodedPayload: Sendable {
  /// The bytes of the payload.
  package var bytes: [UInt8]
  /// The entry points of all tensors.
  package var entries: [EntryPoint]
  /// The bits between them.
  package var distances: [Int]
  /// The payload bits that each tensor takes.
  package var bits: [Int]
  /// What it was coded with.
  package var candidate: UnitCandidate

  /// The choices in force for a tensor.
  package func choices(_ place: Int, _ loaded: LoadedTensor) -> TensorChoices {
    let costs = candidate.tensors[place]
    let now = loaded.choices
    return TensorChoices(
      unaryLength: candidate.unaryLength,
      scanOrder: loaded.coded.dimensions?.count ?? 1 > 1 ? candidate.scanOrder : now.scanOrder,
      rowSkip: now.rowSkip.map { _ in costs.coding.rowMask != nil },
      history: now.history.map { _ in costs.coding.historyFlag },
      states: costs.coding.ecoSets.count { $0 > 0 },
      codebookSize: loaded.codebook?.values.count, codebookOrder: loaded.codebook?.egk)
  }
}

/// Codes a unit for real.
package enum UnitCoder {
  /// The payload with the choices of a candidate; throws why it cannot be.
  package static func code(
    _ loaded: LoadedUnit, _ candidate: UnitCandidate,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) throws(RecodeRefusal) -> CodedPayload {
    let encoder = PayloadEncoder()
    encoder.shouldStop = shouldStop
    var bits: [Int] = []
    for (tensor, costs) in zip(loaded.tensors, candidate.tensors) {
      let start = encoder.position
      if let qp = tensor.start.dequantizer.qp {
        encoder.encodeQuantizationDelta(
          qp - (loaded.decoding.parameters.quantizationParameter ?? 0),
          bits: loaded.decoding.quantizationDeltaBits)
      }
      do throws(EncodingError) {
        try encode(tensor, costs, encoder)
      } catch .cancelled {
        throw .stopped
      } catch {
        throw .unwritable("\(error)")
      }
      bits.append(encoder.position - start)
    }
    let (payload, entries) = encoder.finish()
    return CodedPayload(
      bytes: payload, entries: entries, distances: encoder.distances, bits: bits,
      candidate: candidate)
  }

  /// The whole unit with a payload; throws why it cannot be written.
  package static func unit(
    _ loaded: LoadedUnit, _ payload: CodedPayload
  ) throws(RecodeRefusal) -> [UInt8] {
    let changes = UnitHeaderChange(loaded, payload).changes
    do throws(RewritingError) {
      return try UnitRewriter.rewrite(
        loaded.bytes, loaded.tree, context: loaded.context, changes)
    } catch {
      throw .unwritable("\(error)")
    }
  }

  private static func encode(
    _ tensor: LoadedTensor, _ costs: TensorCosts, _ encoder: PayloadEncoder
  ) throws(EncodingError) {
    var parameters = tensor.walked.parameters
    parameters.scanOrder = costs.options.scanOrder
    parameters.unaryLength = costs.unaryLength
    let geometry: TensorGeometry
    do throws(DecodingError) { geometry = try TensorGeometry(parameters) } catch {
      throw .parameters(error)
    }
    let levels = try TrellisPath.levels(
      of: tensor.walked.integers, geometry, dependent: parameters.dependentQuantization,
      rowMask: geometry.codesRowFlags ? costs.coding.rowMask ?? [] : [])
    try encoder.encode(
      parameters, levels: levels, coding: costs.coding, base: tensor.walked.base,
      history: costs.options.usesHistory ? tensor.walked.history : nil)
  }
}

/// The elements of a unit that become others with the choices.
struct UnitHeaderChange {
  /// The elements and what they become.
  private(set) var changes: [Element: Rewriting] = [:]

  /// The changes for a payload.
  init(_ loaded: LoadedUnit, _ payload: CodedPayload) {
    let unit = loaded.decoding.unit
    let candidate = payload.candidate
    changes = loaded.codebookChanges
    changes[.compressedDataUnitPayload] = .bytes(payload.bytes)
    if let isCoded = Self.codesUnaryLength(loaded, candidate) {
      changes[.cabacUnaryLengthFlag] = .numbers([isCoded ? 1 : 0])
      changes[.cabacUnaryLengthMinus1] = .numbers([candidate.unaryLength - 1])
    }
    guard loaded.tree.node(of: .scanOrder) != nil else { return }
    changes[.scanOrder] = .numbers([candidate.scanOrder])
    // A list that the payload does not use stays as it is.
    guard !payload.entries.isEmpty || candidate.scanOrder != unit.scanOrder else { return }
    let distances = payload.distances
    changes[.cabacEntryPointValue] = .numbers(payload.entries.map(\.value))
    changes[.cabacEntryPointState] = .numbers(payload.entries.map(\.state))
    changes[.cabacEntryPointDistance] = .numbers(
      distances.indices.map { $0 == 0 ? distances[0] : distances[$0] - distances[$0 - 1] })
  }

  /// Whether the unit says its unary length; nil where it has no flag for it.
  ///
  /// It need not say 10, unless something stands outside of the stream: what is left out may mean another one then.
  static func codesUnaryLength(_ loaded: LoadedUnit, _ candidate: UnitCandidate) -> Bool? {
    guard let flag = loaded.tree.number(of: .cabacUnaryLengthFlag) else { return nil }
    if candidate.unaryLength == 10, loaded.tree.outOfBand == nil { return false }
    return flag == 1 || candidate.unaryLength != loaded.decoding.unit.unaryLength
  }
}
