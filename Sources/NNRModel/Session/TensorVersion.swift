import Synchronization

/// The integers of a tensor after one round of an update chain, and its history (format reference 6.3 and 6.6).
public struct TensorVersion: Sendable {
  /// The stream that coded it.
  public let stream: Int
  /// The node of the update tree.
  public let node: UpdateNode?
  /// The integers; bit patterns for raw floats.
  public let levels: [Int32]
  /// Which integers were ever non-zero in updates up to this one; empty if no round counts.
  public let history: [UInt8]
}

/// Versions of tensors within a budget of memory; nil for those that cannot be decoded.
struct VersionCache: Sendable {
  struct Key: Hashable, Sendable {
    var stream: Int
    var name: String
  }

  private let budget: Int
  private var versions: [Key: TensorVersion?] = [:]
  private var order: [Key] = []
  private var bytes = 0

  init(budget: Int) { self.budget = budget }

  /// The version; nil if it was not looked for.
  subscript(key: Key) -> TensorVersion?? { versions[key] }

  mutating func insert(_ version: TensorVersion?, for key: Key) {
    guard versions.updateValue(version, forKey: key) == nil else { return }
    order.append(key)
    bytes += Self.cost(version)
    while bytes > budget, order.count > 1 {
      guard let dropped = versions.removeValue(forKey: order.removeFirst()) else { continue }
      bytes -= Self.cost(dropped)
    }
  }

  /// Forgets the versions of tensors that streams from `stream` on code: they have become others.
  mutating func remove(_ names: Set<String>, from stream: Int) {
    order.removeAll { key in
      guard key.stream >= stream, names.contains(key.name),
        let dropped = versions.removeValue(forKey: key)
      else { return false }
      bytes -= Self.cost(dropped)
      return true
    }
  }

  private static func cost(_ version: TensorVersion?) -> Int {
    (version.map { $0.levels.count * 4 + $0.history.count } ?? 0) + 64
  }
}

/// Keeps all integers of a unit.
final class LevelsSink: TensorSink {
  private let shouldStop: @Sendable () -> Bool
  private(set) var starts: [TensorStart] = []
  private(set) var levels: [[Int32]] = []

  init(_ shouldStop: @escaping @Sendable () -> Bool = { false }) { self.shouldStop = shouldStop }

  func begin(_ start: TensorStart) {
    starts.append(start)
    levels.append([])
    // A claim is no reason to ask for memory: what is more grows with what is decoded.
    levels[levels.count - 1].reserveCapacity(min(start.tensor.count ?? 0, 1 << 20))
  }

  func take(_ run: ArraySlice<Int32>, first: Int) {
    levels[levels.count - 1].append(contentsOf: run)
  }

  func end(_ end: TensorEnd) {}

  var wantsMore: Bool { !shouldStop() }
}
