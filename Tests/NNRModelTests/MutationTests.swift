import NNRModel
import TestSupport
import Testing

/// Fixtures cut, with bits turned and bytes changed: nothing traps or takes long, what holds for any bytes holds, and the
/// units that were not touched say what the manifest says.
///
/// All fixtures get a share of the cuts and bits here; `Tests/Fuzz/sweep` does all of them.
@Suite struct MutationTests {
  /// One of each kind: rare units, maps, blocks, codebooks, updates, raw floats, edition 1.
  static let victims = [
    "walk_units", "mps_three_maps", "mps_unification_map", "out_of_band_block",
    "decomposed_codebook", "update_codebook_update2", "raw_float_special", "d1_short",
    "ndu_data_format", "first_dim_shift", "mps_base_model_id", "topology_TEF",
  ].map { Fixture($0) }

  private func run(_ plan: DamagePlan, on trial: DamageTrial, seed: UInt64) {
    for (damage, depth) in plan.damages(of: trial, seed: seed) {
      let broken = trial.broken(damage, depth: depth)
      #expect(broken.isEmpty, "\(broken)")
    }
  }

  @Test(arguments: victims) func everyCutAndEveryBit(_ fixture: Fixture) throws {
    let trial = try DamageTrial(fixture)
    var plan = DamagePlan(mutations: 0)
    plan.randomCuts = 0
    plan.rulesEvery = 32
    plan.payloadsEvery = 96
    run(plan, on: trial, seed: 1)
  }

  @Test(arguments: Fixture.all) func someOfAll(_ fixture: Fixture) throws {
    let trial = try DamageTrial(fixture)
    run(
      DamagePlan.sample(of: trial, cuts: 48, flips: 48, mutations: 750), on: trial,
      seed: UInt64(trial.bytes.count))
  }

  @Test func theSampleHasAHundredThousandMutations() throws {
    let counts = try Fixture.all.map { fixture in
      let units = try fixture.stream().unitCount
      return DamagePlan.number(750, bytes: try fixture.bytes().count, units: units)
    }
    #expect(counts.reduce(0, +) >= 100_000 || RandomCases.percent < 100)
  }
}
