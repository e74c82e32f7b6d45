import DeepCABAC
import NNRModel

/// Measures searching and coding, each by itself, on one thread.
public enum EncodeBench {
  /// What was measured.
  public struct Result: Sendable {
    /// The weights of all tensors that were coded.
    public var weights = 0
    /// The bytes of payload as coded with the choices of the stream.
    public var payloadBytes = 0
    /// The seconds that coding all payloads took, from levels to bytes, once for each round.
    public var coding: [Double] = []
    /// The seconds that searching and coding all units took, all knobs, once for each round.
    public var searching: [Double] = []
  }

  /// Codes a stream `rounds` times with its own choices, and searches and codes it as often.
  public static func run(_ session: Session, stream: Int, rounds: Int) -> Result {
    var result = Result()
    let clock = ContinuousClock()
    let units = session.directory(stream).byUnit.keys.sorted().compactMap { unit in
      try? LoadedUnit(session, stream: stream, unit: unit, shouldStop: { false })
    }
    result.weights = units.reduce(0) { $0 + $1.tensors.reduce(0) { $0 + $1.geometry.count } }
    for round in 0..<rounds {
      var (coding, searching, bytes) = (Duration.zero, Duration.zero, 0)
      for unit in units {
        let candidate = unit.ownChoices
        coding += clock.measure {
          bytes += (try? UnitCoder.code(unit, candidate))?.bytes.count ?? 0
        }
        searching += clock.measure {
          _ = try? UnitRecoding(unit, RecodeKnobs(), shouldStop: { false })
        }
      }
      if round == 0 { result.payloadBytes = bytes }
      result.coding.append(coding.seconds)
      result.searching.append(searching.seconds)
    }
    return result
  }
}

extension Duration {
  /// In seconds.
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

extension LoadedUnit {
  /// What the unit is coded with.
  var ownChoices: UnitCandidate {
    let unit = decoding.unit
    let costs = tensors.map { tensor in
      let options = WalkOptions(
        scanOrder: tensor.walked.parameters.scanOrder,
        skipsRows: tensor.start.rowSkipEnabledFlag ?? false,
        usesHistory: tensor.start.historyFlag ?? false)
      return TensorCosts(
        unaryLength: tensor.coded.unaryLength, options: options,
        coding: TensorCoding(
          historyFlag: options.usesHistory,
          rowMask: options.skipsRows ? tensor.start.rowMask : nil,
          ecoSets: tensor.start.startStates.map { $0 <= 8 ? $0 : 0 }))
    }
    return UnitCandidate(
      scanOrder: unit.scanOrder, unaryLength: unit.unaryLength, tensors: costs, bits: 0)
  }
}
