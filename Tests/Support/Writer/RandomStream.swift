import NNRModel
import NNRSyntax

/// A stream made from a seed, valid or damaged in one of many ways.
public struct RandomStream: Sendable {
  /// How a stream is damaged.
  public enum Damage: String, CaseIterable, Sendable {
    case wrongSize, zeroSize, cut, garbageBetween, trailing, surplus
    case reservedBits, badAlignment, badNames, unterminatedName
    case badCodebookOffset, hugeCount, hugeDimensions, flippedBits, unknownParent

    /// Whether a parser still finds all elements where and as they were written.
    public var keepsElements: Bool {
      switch self {
      case .reservedBits, .badAlignment, .badNames, .unknownParent: true
      default: false
      }
    }
  }

  /// The seed.
  public let seed: UInt64
  /// How it was damaged; nil for a valid stream.
  public let damage: Damage?
  /// The units as they were written.
  public let writer: StreamWriter
  /// The bytes, damage included.
  public let bytes: [UInt8]

  /// The stream of `seed`; damaged if `mayBeDamaged`, in about half of the cases.
  public init(seed: UInt64, mayBeDamaged: Bool = true) {
    var random = SeededGenerator(seed: seed)
    let damage =
      mayBeDamaged && random.once(in: 2) ? Damage.allCases.randomElement(using: &random) : nil
    var plans = Self.plans(&random)
    let victim = random.pick(0...plans.count - 1)
    if let damage {
      plans[victim] = damage.applied(to: plans[victim], &random)
    }
    var writer = StreamWriter()
    for (place, plan) in plans.enumerated() {
      if damage == .garbageBetween, place == victim {
        writer.append(raw: random.bytes(random.pick(1...40)))
      }
      writer.append(plan)
    }
    var bytes = writer.bytes
    switch damage {
    case .cut: bytes.removeLast(random.pick(1...bytes.count))
    case .trailing: bytes += random.bytes(random.pick(1...6))
    case .flippedBits:
      for _ in 0..<random.pick(1...8) {
        bytes[random.pick(0...bytes.count - 1)] ^= 1 << UInt8(random.pick(0...7))
      }
    default: break
    }
    self.seed = seed
    self.damage = damage
    self.writer = writer
    self.bytes = bytes
  }

  private static func plans(_ random: inout SeededGenerator) -> [UnitPlan] {
    var plans = [plan(0, &random), plan(1, &random)]
    for _ in 0..<random.pick(0...4) {
      let type = random.once(in: 3) ? random.pick(0...8) : 5
      plans.append(type > 6 ? plan(random.pick(7...63), &random) : plan(type, &random))
    }
    return plans
  }

  private static func plan(_ type: Int, _ random: inout SeededGenerator) -> UnitPlan {
    var plan = UnitPlan(type: type).with(\.seed, random.next())
    if random.once(in: 20) { plan = plan.set(.nnrUnitSizeFlag, 1) }
    if type == 1 || type == 2, random.once(in: 4) {
      plan.reading.mapsHoldOneLess = random.once(in: 2)
      plan.reading.unificationLoopsOverBitmask = random.once(in: 2)
    }
    if type == 5, random.once(in: 4) { plan.reading.assumedRank = 1 }
    if type == 6 {
      // The parser reads contained units by the reference's reading only.
      plan.contained = (0..<random.pick(2...4)).map { _ in
        UnitPlan(type: random.pick(0...5)).with(\.seed, random.next())
      }
    }
    return plan
  }
}

extension RandomStream.Damage {
  /// `plan`, damaged where the damage concerns a single unit.
  func applied(to plan: UnitPlan, _ random: inout SeededGenerator) -> UnitPlan {
    switch self {
    case .wrongSize: return plan.with(\.forcedSize, random.pick(0...60))
    case .zeroSize: return plan.with(\.forcedSize, 0)
    case .surplus: return plan.with(\.surplus, random.bytes(random.pick(1...9)))
    case .reservedBits:
      return plan.set(.nnrReservedZero1bit, 1).set(.nnrReservedZero2bits, random.pick(1...3))
        .set(.nnrReservedZero7bits, random.pick(1...127)).set(.nnrReservedZero1Bits, 1)
        .set(.nnrReservedZero3bits, random.pick(1...7))
    case .badAlignment: return plan.set(.byteAlignment, random.pick(0...255))
    case .badNames:
      return plan.with(.topologyElemId, Self.hostileNames).with(.baseModelId, Self.hostileNames)
    case .unterminatedName:
      return plan.with(.topologyElemId, [.unterminated(Array("no end".utf8))])
        .with(.topologyElemIdList, [.unterminated(Array("no end".utf8))])
    case .badCodebookOffset:
      return plan.set(.codebookPresentFlag, 1)
        .set(CodebookElements.weight.zeroOffset, random.once(in: 2) ? 1000 : -1000)
    case .hugeCount:
      return plan.with(\.loopLimit, 3).set(.countTensorDimensions, 1 << random.pick(3...33))
        .set(.countTopologyElementsMinus2, 1 << random.pick(3...33))
        .set(CodebookElements.weight.size, 1 << random.pick(3...34))
        .set(.countBits, 0xffff_ffff).set(.numOfNnrUnitsMinus2, 0xffff)
    case .hugeDimensions:
      return plan.with(\.loopLimit, 3).set(.tensorDimensionsFlag, 1)
        .set(.tensorDimensions, 1 << random.pick(20...39)).set(.scanOrder, 1)
        .set(.gNumberOfRows, 1 << random.pick(20...33))
    case .unknownParent: return plan.set(.parentNodeIdPresentFlag, 1).set(.parentNodeIdType, 3)
    case .cut, .garbageBetween, .trailing, .flippedBits: return plan
    }
  }

  /// Names with escape sequences, C1, bidi overrides, overlong codes, lone surrogates and broken UTF-8.
  private static let hostileNames: [UnitPlan.Coded] = [
    .bytes(Array("\u{1b}]0;owned\u{7}".utf8)), .bytes([0xc2, 0x9b, 0x33, 0x31, 0x6d]),
    .bytes(Array("\u{202e}gnp.exe".utf8)), .bytes([0xc0, 0xaf]), .bytes([0xed, 0xa0, 0x80]),
    .bytes([0xff, 0xfe, 0x41]),
  ]
}
