import TestSupport

/// All damages of one fixture, which the input names: what `MutationTests` has no time for.
public struct SweepInput {
  private let fixture: Fixture

  /// The most turned bits times units that are tried; beyond it bits are left out.
  private static let patience = 8_000_000

  /// Reads the fixture's name.
  public init(_ bytes: [UInt8]) {
    fixture = Fixture(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace })
  }

  /// Tries them all with a number of mutations; the sentences say what does not hold.
  public func broken(mutations: Int) -> [String] {
    guard let trial = try? DamageTrial(fixture, weightLimit: 1 << 17) else {
      return ["\(fixture) cannot be read"]
    }
    var plan = DamagePlan(mutations: mutations)
    // Thousands of units that are alike do not need every bit of every one.
    let bits = trial.headers.reduce(0) { $0 + $1.count }
    plan.flipStep = max(1, bits * trial.headers.count / Self.patience)
    if trial.headers.count > 1000 { plan.mutations = mutations / 10 }
    plan.rulesEvery = 16
    plan.payloadsEvery = 64
    var found: [String] = []
    for (damage, depth) in plan.damages(of: trial, seed: UInt64(trial.bytes.count)) {
      found += trial.broken(damage, depth: depth)
      if found.count > 20 { break }
    }
    return found
  }
}
