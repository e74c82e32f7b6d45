import NNRSyntax

/// All tensors that a stream codes, told from its headers.
public struct TensorDirectory: Sendable {
  /// The tensors in decoding order.
  public private(set) var tensors: [CodedTensor] = []
  /// The places in `tensors` of the tensors of each data unit, by unit number.
  public private(set) var byUnit: [Int: Range<Int>] = [:]
  /// The places of the tensors with a name, in decoding order.
  public private(set) var byName: [String: [Int]] = [:]
  /// The nodes of the update tree that data units say they are, by unit number.
  public private(set) var nodes: [Int: UpdateNode] = [:]
  /// The data units whose headers could not be read.
  public private(set) var unreadable: [Int] = []
  /// The weights before each unit that has weights for which its payload does not pay, of all such units.
  private var freeBefore: [Int: Int] = [:]

  /// Reads the headers of all data units of `stream`.
  init(_ stream: NNRStream) {
    var free = 0
    for (unit, entry) in stream.index.entries.enumerated() where entry.type == .compressedData {
      guard let header = stream.compressedDataUnit(unit) else {
        unreadable.append(unit)
        continue
      }
      if let node = header.node { nodes[unit] = node }
      let first = tensors.count
      for tensor in header.codedTensors {
        byName[tensor.name, default: []].append(tensors.count)
        tensors.append(tensor)
      }
      byUnit[unit] = first..<tensors.count
      let more = tensors[first...].reduce(0) { sum, tensor in
        let count = tensor.count ?? 0
        // What is refused whatever the budget takes nothing of it.
        guard count <= UnitDecoder.weightLimit else { return sum }
        return sum.saturatingAdd(
          UnitDecoder.freeWeights(count, payload: header.payload.count))
      }
      if more > 0 { freeBefore[unit] = free }
      free = free.saturatingAdd(more)
    }
  }

  /// The weights of the units before `unit` that their payloads do not pay for, as it costs no bits to claim them; 0 for a
  /// unit whose own payload pays.
  public func freeWeights(before unit: Int) -> Int { freeBefore[unit] ?? 0 }

  /// The last tensor called `name`; nil if there is none.
  public func last(named name: String) -> CodedTensor? {
    byName[name]?.last.map { tensors[$0] }
  }
}

extension NNRStream {
  /// The header of a data unit as facts; nil for other units and for headers that could not be read.
  public func compressedDataUnit(_ unit: Int) -> CompressedDataUnit? {
    guard index.entries.indices.contains(unit), index.entries[unit].type == .compressedData,
      let tree = tree(unit)
    else { return nil }
    return CompressedDataUnit(
      tree, unit: unit, offset: index.entries[unit].offset, parameters: parameters(before: unit))
  }
}
