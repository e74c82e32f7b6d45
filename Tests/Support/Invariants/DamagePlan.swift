/// What is done to a fixture: cuts, turned bits and mutations.
public struct DamagePlan: Sendable {
  /// The cuts among the first 2 KiB, one every so many bytes.
  public var cutStep = 1
  /// The cuts at random places.
  public var randomCuts = 500
  /// The turned bits of headers, one every so many.
  public var flipStep = 1
  /// The random mutations.
  public var mutations = 0
  /// One damage in so many is looked at by all rules.
  public var rulesEvery = 1
  /// One damage in so many is decoded.
  public var payloadsEvery = 1

  /// Everything, with a number of mutations.
  public init(mutations: Int) { self.mutations = mutations }

  /// A share of everything that a test run has time for.
  public static func sample(of trial: DamageTrial, cuts: Int, flips: Int, mutations: Int)
    -> DamagePlan
  {
    func number(_ count: Int) -> Int {
      Self.number(count, bytes: trial.bytes.count, units: trial.headers.count)
    }
    let bits = trial.headers.reduce(0) { $0 + $1.count }
    var plan = DamagePlan(mutations: number(mutations))
    plan.cutStep = max(1, min(2048, trial.bytes.count) / number(cuts))
    plan.randomCuts = number(cuts / 4)
    plan.flipStep = max(1, bits / number(flips))
    plan.rulesEvery = 32
    plan.payloadsEvery = 96
    return plan
  }

  /// The share of `count` that a stream gets: large ones, and those of many units, take longer each time.
  public static func number(_ count: Int, bytes: Int, units: Int) -> Int {
    let share = min(1, 16_000 / Double(bytes), 40 / Double(units))
    return RandomCases.count(Int(Double(count) * share), least: 2)
  }

  /// Every damage of `trial` with how far it is looked into.
  public func damages(of trial: DamageTrial, seed: UInt64) -> [(Damage, DamageTrial.Depth)] {
    let size = trial.bytes.count
    var random = SeededGenerator(seed: seed)
    var list: [Damage] = []
    // Steps start anywhere, so that fixtures of one family are cut at different places.
    for count in stride(from: random.pick(0...cutStep - 1), to: min(size, 2048), by: cutStep) {
      list.append(.cut(count))
    }
    for _ in 0..<randomCuts { list.append(.cut(random.pick(0...size))) }
    var skip = random.pick(0...flipStep - 1)
    for header in trial.headers {
      for bit in header {
        if skip == 0 { list.append(.flip(bit: bit)) }
        skip = skip == 0 ? flipStep - 1 : skip - 1
      }
    }
    for _ in 0..<mutations { list.append(.mutation(random.next())) }
    return list.enumerated().map { place, damage in
      let depth: DamageTrial.Depth =
        place % payloadsEvery == 0 ? .payloads : place % rulesEvery == 0 ? .rules : .syntax
      return (damage, depth)
    }
  }
}
