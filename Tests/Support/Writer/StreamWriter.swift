import NNRBits
import NNRModel
import NNRSyntax

/// Writes bitstreams unit by unit, valid or broken on purpose.
///
/// Start units and parameter sets change what the units behind them may hold, as they do for the parser.
public struct StreamWriter: Sendable {
  /// The stream so far.
  public private(set) var bytes: [UInt8] = []
  /// The units so far, with the byte each starts at.
  public private(set) var units: [(offset: Int, unit: WrittenUnit)] = []
  /// What the units so far set for the next.
  public var context = UnitContext()

  /// A writer that has written nothing.
  public init() {}

  /// A stream of these units.
  public init(_ plans: UnitPlan...) {
    for plan in plans { append(plan) }
  }

  /// Writes a unit behind the others.
  @discardableResult public mutating func append(_ plan: UnitPlan) -> WrittenUnit {
    var writer = UnitWriter(plan, context)
    let unit = writer.write()
    context.update(from: writer)
    units.append((bytes.count, unit))
    bytes += unit.bytes
    return unit
  }

  /// Writes bytes that are no unit.
  public mutating func append(raw garbage: [UInt8]) { bytes += garbage }

  /// The stream, opened from memory.
  public func stream(named name: String = "written") -> NNRStream {
    NNRStream(source: MemorySource(bytes), name: name)
  }

  /// Where the parsed stream differs from what was written, as sentences.
  ///
  /// Only for streams whose units were all written with their right sizes.
  public func differences(from stream: NNRStream) -> [String] {
    guard stream.unitCount == units.count else {
      return ["\(units.count) units written, \(stream.unitCount) found"]
    }
    return units.indices.flatMap { place -> [String] in
      guard let tree = stream.tree(place) else { return ["unit \(place): no tree"] }
      return units[place].unit.differences(from: tree).map { "unit \(place), \($0)" }
    }
  }
}

extension UnitPlan {
  /// A start unit.
  public static func start(profile: Int = 1) -> UnitPlan {
    UnitPlan(.start).set(.independentlyDecodableFlag, 1).set(.generalProfileIdc, profile)
  }

  /// The model parameter set that the reference writes: uniform quantization, density 2.
  public static var modelParameters: UnitPlan {
    UnitPlan(.modelParameterSet).set(.independentlyDecodableFlag, 1).set(.topologyCarriageFlag, 1)
      .set(.mpsQuantizationMethodFlags, 1).set(.mpsQpDensity, 2)
  }

  /// The empty topology that the reference writes.
  public static var emptyTopology: UnitPlan {
    UnitPlan(.topology).set(.independentlyDecodableFlag, 1).set(.topologyData, bytes: [0])
  }

  /// A tensor of floats as the reference writes it: named, with node id, dimensions and unary length 11.
  public static func tensor(_ name: String, _ dimensions: Int..., payload: [UInt8]) -> UnitPlan {
    UnitPlan(.compressedData).set(.independentlyDecodableFlag, 1).set(.payloadType, 1)
      .set(.inputParametersPresentFlag, 1).set(.topologyElemId, texts: name)
      .set(.nodeIdPresentFlag, 1).set(.tensorDimensionsFlag, 1).set(.cabacUnaryLengthFlag, 1)
      .set(.countTensorDimensions, dimensions.count)
      .with(.tensorDimensions, dimensions.map(Coded.number)).set(.cabacUnaryLengthMinus1, 10)
      .set(.compressedDataUnitPayload, bytes: payload)
  }
}
