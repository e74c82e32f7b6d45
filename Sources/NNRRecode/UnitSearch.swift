import DeepCABAC
import NNRModel
import NNRSyntax

/// What a unit could be coded with: for each scan and unary length the best of what is left to choose for each of its tensors.
package struct UnitCandidate: Sendable {
  /// scan_order.
  package var scanOrder: Int
  /// cabac_unary_length.
  package var unaryLength: Int
  /// The costs of each tensor, in coded order.
  package var tensors: [TensorCosts]
  /// The bits of payload and header that differ between candidates, as predicted.
  package var bits: Double

  /// The bits of the payload, as predicted.
  package var payloadBits: Double { tensors.reduce(UnitSearch.endBits) { $0 + $1.bits } }
}

/// The search for the choices that code a unit in the fewest bits.
package struct UnitSearch {
  /// What ends a payload.
  package static var endBits: Double { 9 }

  private let loaded: LoadedUnit
  private let knobs: RecodeKnobs
  private let shouldStop: @Sendable () -> Bool
  /// The unary lengths that are looked at, ascending.
  package let lengths: [Int]

  /// A search over a unit.
  package init(
    _ loaded: LoadedUnit, _ knobs: RecodeKnobs,
    shouldStop: @escaping @Sendable () -> Bool = { false }
  ) {
    self.loaded = loaded
    self.knobs = knobs
    self.shouldStop = shouldStop
    let current = loaded.decoding.unit.unaryLength
    guard loaded.tree.node(of: .cabacUnaryLengthFlag) != nil else {
      lengths = [current]
      return
    }
    switch knobs.unaryLength {
    case .keep: lengths = [current]
    case .fixed(let length): lengths = [min(max(length, 1), 256)]
    case .best:
      var found: Set<Int> = []
      for tensor in loaded.tensors {
        var counts = UnaryLengths()
        counts.add(
          tensor.walked.integers, dependent: tensor.walked.parameters.dependentQuantization)
        found.formUnion(counts.chosen(current: current))
      }
      lengths = found.sorted()
    }
  }

  /// The scans that give the same integers.
  package var scans: [Int] {
    let unit = loaded.decoding.unit
    guard loaded.tree.node(of: .scanOrder) != nil else { return [unit.scanOrder] }
    let isScanned = loaded.tensors.contains {
      $0.geometry.rows > 1 && $0.geometry.width > 1 && ($0.coded.dimensions?.count ?? 0) > 1
    }
    // With dependent quantization the integers belong to the path of one scan; a scan that is not used can be left out.
    let possible =
      !isScanned ? [0, unit.scanOrder] : loaded.isDependent ? [unit.scanOrder] : Array(0...4)
    switch knobs.scanOrder {
    case .keep: return [unit.scanOrder]
    case .fixed(let order): return possible.contains(order) ? [order] : [unit.scanOrder]
    case .best: return Set(possible + [unit.scanOrder]).sorted()
    }
  }

  /// The walks of a tensor that are worth it, for a scan.
  private func options(_ tensor: LoadedTensor, scan: Int) -> [WalkOptions] {
    let scan = tensor.coded.dimensions?.count ?? 1 > 1 ? scan : 0
    guard tensor.geometry.codesRowFlags else {
      return [WalkOptions(scanOrder: scan, skipsRows: false, usesHistory: false)]
    }
    let hasZeroRows = tensor.walked.zeroRows(tensor.geometry).contains(1)
    let rows = Self.flags(
      knobs.rowSkip, now: tensor.start.rowSkipEnabledFlag ?? false, canBeSet: true,
      isWorthwhile: hasZeroRows)
    let history = Self.flags(
      knobs.history, now: tensor.start.historyFlag ?? false,
      canBeSet: canUseHistory(tensor),
      isWorthwhile: true)
    return history.flatMap { history in
      rows.map { WalkOptions(scanOrder: scan, skipsRows: $0, usesHistory: history) }
    }
  }

  /// Whether all receivers of a tensor hold the history that the flag asks for.
  private func canUseHistory(_ tensor: LoadedTensor) -> Bool {
    guard loaded.decoding.unit.parent != nil, tensor.walked.history != nil else { return false }
    // Someone who sets the flag himself knows his receivers.
    return tensor.start.historyFlag == true || knobs.isHistoryHeld == true
      || knobs.history == .fixed(1)
  }

  private static func flags(
    _ choice: RecodeKnobs.Choice, now: Bool, canBeSet: Bool, isWorthwhile: Bool
  ) -> [Bool] {
    switch choice {
    case .keep: return [now]
    case .fixed(let flag): return flag == 0 ? [false] : canBeSet ? [true] : [now]
    case .best: return canBeSet && isWorthwhile ? [false, true] : [false]
    }
  }

  private func states(_ tensor: LoadedTensor) -> StateChoice {
    switch knobs.states {
    case .best: .best
    case .standard: .standard
    case .keep: .kept(tensor.start.startStates, unaryLength: tensor.coded.unaryLength)
    }
  }

  /// The walks of a tensor for a scan; those whose trellis path is another one are left out.
  package func walks(_ place: Int, scan: Int) throws(RecodeRefusal) -> [TensorWalk] {
    let tensor = loaded.tensors[place]
    var found: [TensorWalk] = []
    for options in options(tensor, scan: scan) {
      do throws(EncodingError) {
        guard
          let walk = try TensorWalk(
            tensor.walked, options, lengths: lengths, shouldStop: shouldStop)
        else { throw .cancelled }
        found.append(walk)
      } catch .cancelled {
        throw .stopped
      } catch {
        // This way it cannot be coded.
      }
    }
    return found
  }

  /// All candidates, the shortest as predicted first.
  package func candidates() throws(RecodeRefusal) -> [UnitCandidate] {
    var found: [UnitCandidate] = []
    for scan in scans {
      var best = [[TensorCosts]](repeating: [], count: lengths.count)
      for place in loaded.tensors.indices {
        let walks = try walks(place, scan: scan)
        guard !shouldStop() else { throw .stopped }
        for (number, length) in lengths.enumerated() {
          let costs = walks.compactMap {
            $0.costs(
              unaryLength: length, states(loaded.tensors[place]),
              descends: loaded.tensors[place].geometry.count <= 4096)
          }
          if let least = costs.min(by: { $0.bits < $1.bits }) { best[number].append(least) }
        }
      }
      for (number, length) in lengths.enumerated()
      where best[number].count == loaded.tensors.count {
        var candidate = UnitCandidate(
          scanOrder: scan, unaryLength: length, tensors: best[number], bits: 0)
        candidate.bits =
          candidate.payloadBits + headerBits(scan: scan, unaryLength: length)
        found.append(candidate)
      }
    }
    return found.sorted { $0.bits < $1.bits }
  }

  /// The bits of the header that depend on the choices; those of entry points are estimated.
  private func headerBits(scan: Int, unaryLength: Int) -> Double {
    let candidate = UnitCandidate(scanOrder: scan, unaryLength: unaryLength, tensors: [], bits: 0)
    var bits = UnitHeaderChange.codesUnaryLength(loaded, candidate) == true ? 8.0 : 0
    guard scan > 0 else { return bits }
    for tensor in loaded.tensors where tensor.coded.dimensions?.count ?? 0 > 1 {
      let points = max(0, (tensor.geometry.rows - 1) / (4 << scan))
      if points > 0 { bits += 14 + Double(points) * (loaded.isDependent ? 21 : 18) }
    }
    return bits
  }
}
