import DeepCABAC
import NNRModel

/// The levels of a tensor on both sides, as far as both could be decoded.
public struct LevelDiff: Sendable, Hashable {
  /// The bin at which a level first reads differently.
  public struct Bin: Sendable, Hashable {
    /// Its number, from the first bin of the payload.
    public let index: Int
    /// The element it belongs to, such as `abs_level_greater[1]`.
    public let element: String
    /// The payload bit position before it.
    public let payloadBit: Int
  }

  /// A level on one side.
  public struct Side: Sendable, Hashable {
    /// The integer; of raw floats the bit pattern.
    public let level: Int32
    /// Its place in the scan; nil for raw floats.
    public let scanIndex: Int?
    /// The bin at which it reads differently; nil for raw floats, and where the level takes no bins.
    public let bin: Bin?

    /// The weight whose bit pattern a raw float has as its level.
    public var weight: Float { Float(bitPattern: UInt32(bitPattern: level)) }
  }

  /// The first level that differs.
  public struct First: Sendable, Hashable {
    /// The place in C order.
    public let element: Int
    /// The row: the index in the first dimension.
    public let row: Int
    /// The column among all other dimensions, flattened.
    public let column: Int
    /// The level on the first side.
    public let a: Side
    /// The level on the second side.
    public let b: Side
    /// Whether both sides are raw floats: levels are bit patterns of weights.
    public let isRaw: Bool
  }

  /// The name, on the first side; not safe to print.
  public let name: String
  /// The name on the second side; nil if it is the same.
  public let nameB: String?
  /// Whether both sides are raw floats.
  public let isRaw: Bool
  /// Dimensions on the first side.
  public let shapeA: [Int]
  /// Dimensions on the second side.
  public let shapeB: [Int]
  /// The number of levels that were compared.
  public let compared: Int
  /// How many of them are the same.
  public let equal: Int
  /// The first level that differs, in decoding order; nil if none does.
  public let first: First?

  /// Whether shape and levels are the same.
  public var isSame: Bool { shapeA == shapeB && first == nil && equal == compared }

  /// The share of equal levels; 1 without levels.
  public var equalShare: Double { compared > 0 ? Double(equal) / Double(compared) : 1 }

  /// The same with the sides exchanged.
  public var mirrored: LevelDiff {
    LevelDiff(
      name: nameB ?? name, nameB: nameB.map { _ in name }, isRaw: isRaw, shapeA: shapeB,
      shapeB: shapeA,
      compared: compared, equal: equal,
      first: first.map {
        First(
          element: $0.element, row: $0.row, column: $0.column, a: $0.b, b: $0.a,
          isRaw: $0.isRaw)
      })
  }
}

/// The payloads of a unit on both sides.
public struct PayloadDiff: Sendable, Hashable {
  /// The tensors whose levels or shapes differ.
  public let tensors: [LevelDiff]
  /// Why the first side could not be decoded to its end; nil if it could.
  public let failureA: DecodeFailure?
  /// Why the second side could not be decoded to its end; nil if it could.
  public let failureB: DecodeFailure?

  /// Whether all levels are the same: the payloads differ in how they are coded only.
  public var hasSameLevels: Bool { tensors.isEmpty && failureA == nil && failureB == nil }

  /// The same with the sides exchanged.
  public var mirrored: PayloadDiff {
    PayloadDiff(tensors: tensors.map(\.mirrored), failureA: failureB, failureB: failureA)
  }
}

/// Keeps the integers of a unit.
final class LevelCollector: TensorSink {
  private let shouldStop: @Sendable () -> Bool
  private(set) var starts: [TensorStart] = []
  private(set) var ends: [TensorEnd] = []
  private(set) var levels: [[Int32]] = []

  init(_ shouldStop: @escaping @Sendable () -> Bool) { self.shouldStop = shouldStop }

  func begin(_ start: TensorStart) {
    starts.append(start)
    levels.append([])
  }

  func take(_ run: ArraySlice<Int32>, first: Int) {
    levels[levels.count - 1].append(contentsOf: run)
  }

  func end(_ end: TensorEnd) { ends.append(end) }

  var wantsMore: Bool { !shouldStop() }
}
