import NNRModel
import NNRSyntax
import TestSupport
import Testing

@testable import NNRAnalysis

/// Quirks of the reference that explain entry points which do not agree are told apart (format reference 8).
@Suite struct EntryPointQuirkTests {
  /// A block of 64 × 64 with local scaling, decomposed where ranks are given.
  private func block(scanOrder: Int, gRows: Int? = nil, rank: Int = 0) throws -> CompressedDataUnit
  {
    let names = gRows == nil ? ["w", "w_scaling"] : ["w_G", "w_H", "w_scaling"]
    var plan = UnitPlan.tensor("w", 64, 64, payload: [0]).set(.payloadType, 3)
      .set(.multipleTopologyElementsPresentFlag, 1)
      .with(.topologyElemIdList, names.map { UnitPlan.Coded.bytes(Array($0.utf8)) })
      .set(.countTopologyElementsMinus2, names.count - 2)
      .set(.compressedParameterTypes, gRows == nil ? 2 : 3).set(.scanOrder, scanOrder)
    if let gRows { plan = plan.set(.gNumberOfRows, gRows).set(.decompositionRank, rank) }
    let writer = StreamWriter(.start(profile: 0), .modelParameters, plan)
    return try #require(writer.stream().compressedDataUnit(2))
  }

  private func quirks(_ unit: CompressedDataUnit, _ dialect: Dialect) -> [String?] {
    unit.codedTensors.map { EntryPointQuirk($0, of: unit, dialect: dialect)?.rawValue }
  }

  @Test func oneBlockRowOfGAndSeveralOfHAreQ7() throws {
    for (rows, rank, quirk) in [(8, 9, "Q7"), (8, 8, nil), (9, 9, nil), (1, 64, "Q7")] {
      let unit = try block(scanOrder: 1, gRows: rows, rank: rank)
      #expect(quirks(unit, .d2) == [quirk, quirk, quirk], "\(rows), \(rank)")
    }
    #expect(quirks(try block(scanOrder: 2, gRows: 8, rank: 9), .d2) == [nil, nil, nil])
    #expect(quirks(try block(scanOrder: 0, gRows: 8, rank: 9), .d2) == [nil, nil, nil])
  }

  @Test func vectorsInFrontOfTheWeightAreQ8InTheOldDialectOnly() throws {
    let unit = try block(scanOrder: 1)
    #expect(quirks(unit, .d1).last == "Q8")
    #expect(quirks(unit, .d2) == [nil, nil])
    #expect(quirks(try block(scanOrder: 0), .d1) == [nil, nil])
  }
}
