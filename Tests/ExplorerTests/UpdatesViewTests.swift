import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen
import TestSupport
import Testing

@testable import Explorer

/// The update tree over several files.
@Suite struct UpdatesViewTests {
  @Test func roundsAndParents() throws {
    var session = try ExplorerSession("tca_base", "tca_update1", "tca_update2")
    session.keys("5")
    let rows = session.model.updates.rows
    #expect(!rows.isEmpty)
    let cells = rows.flatMap(\.updates.values)
    #expect(cells.contains { $0.place.stream == 2 && $0.usesTemporalContexts })
    for cell in cells where cell.parent != nil {
      #expect(cell.problem == nil, "\(cell.name): \(cell.problem?.text ?? "")")
      #expect(cell.failure == nil)
      #expect((cell.parentPlace?.stream ?? 9) < cell.place.stream)
    }
    #expect(cells.allSatisfy { ($0.figures?.zeros ?? 0) <= ($0.figures?.count ?? 0) })
  }

  @Test func missingParentsAreMarked() throws {
    var session = try ExplorerSession("tca_base", "tca_update2")
    session.keys("5 l j")
    #expect(session.screen.contains("E U02"))
  }

  @Test func enterOpensTheUnitInItsFile() throws {
    var session = try ExplorerSession("tca_base", "tca_update1")
    session.keys("5 l j")
    let cell = try #require(session.model.updates.selected)
    session.keys("Enter")
    #expect(session.model.current == 1)
    #expect(session.model.location.unit == cell.place.unit)
    #expect(session.model.focus == .outline)
    session.keys("C-o")
    #expect(session.model.current == 0)
  }

  /// A base and an update that names its parent by a hash of the payload.
  private func hashed(_ change: (inout [UInt8]) -> Void, device: Int = 0) throws -> ExplorerSession
  {
    let payload: [UInt8] = [0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8]
    var base = StreamWriter(.start(), .modelParameters, .emptyTopology)
    base.append(.tensor("w", 2, 3, payload: payload))
    let source = MemorySource(base.bytes)
    let unit = try #require(NNRStream(source: source, name: "base").compressedDataUnit(3))
    let digits = try #require(ContentHash.hex(of: source, unit.payload))
    var hash = stride(from: 0, to: digits.count, by: 2).compactMap { place in
      UInt8(String(Array(digits)[place..<place + 2]), radix: 16)
    }
    change(&hash)
    var update = StreamWriter(
      .start(), UnitPlan.modelParameters.set(.mpsParentSignallingEnabledFlag, 1), .emptyTopology)
    update.append(
      UnitPlan.tensor("w", 2, 3, payload: payload).set(.parentNodeIdPresentFlag, 1)
        .set(.parentNodeIdType, 1).set(.parentNodePayloadSha256, bytes: hash)
        .set(.deviceId, device).set(.putNodeDepth, 1))
    let session = Session([(source, "base.nnc"), (MemorySource(update.bytes), "update.nnc")])
    var explorer = ExplorerSession(
      ExplorerModel(
        session.opened(), size: Size(100, 24)))
    explorer.work()
    explorer.keys("5 l j")
    return explorer
  }

  @Test func parentsByHash() throws {
    let right = try hashed({ _ in }, device: 2)
    #expect(right.screen.contains("parent SHA-256 ") && right.screen.contains("→ u3 of base.nnc"))
    #expect(right.screen.contains("d0,2 p0") && right.screen.contains("device 2, parameter 0"))
    for rule in ["U02", "U03", "U06"] { #expect(!right.screen.contains(" \(rule) ")) }
    let wrong = try hashed({ $0[7] ^= 1 })
    #expect(wrong.screen.contains("W U06 no version before has the hash"))
    #expect(wrong.screen.contains("not among the open files"))
  }

  /// A parent that is there but cannot be decoded is not said to be missing.
  @Test func parentsThatCannotBeDecoded() throws {
    var session = try ExplorerSession("tca_base", "tca_update2", "tca_update3")
    session.keys("5 l j")
    #expect(session.screen.contains("E U02 needs the base stream of device 0, depth 1"))
    session.keys("l")
    #expect(session.screen.contains("the version in tca_update2.nnc cannot be decoded itself"))
  }

  /// The view has what the command lists.
  @Test func theModelIsThatOfTheCommand() throws {
    let names = ["tca_base", "tca_update1", "tca_update2"]
    var session = try ExplorerSession(names[0], names[1], names[2])
    session.keys("5")
    let streams = Session(
      try names.map { (MemorySource(try Fixture($0).bytes()), $0 + ".nnc") })
    let tree = UpdateTree(streams)
    #expect(session.model.updates.tree.updates == tree.updates)
    #expect(session.model.updates.tree.sums == tree.sums)
  }

  /// A click selects parameter and round; on the heading only the round, elsewhere neither.
  @Test func clicksSelectParameterAndRound() throws {
    var session = try ExplorerSession(
      "tca_base", "tca_update1", "tca_update2", "tca_update3")
    session.keys("5")
    let lines = session.screen.split(separator: "\n", omittingEmptySubsequences: false)
    func place(_ text: String, in row: Int) throws -> Int {
      let line = lines[row]
      let range = try #require(line.range(of: text))
      return line.distance(from: line.startIndex, to: range.lowerBound)
    }
    func click(_ x: Int, _ y: Int) {
      session.send(.input(.mouse(Mouse(.click, at: Point(x, y)))))
    }
    let heading = try #require(lines.firstIndex { $0.contains("2 tca_update1") })
    let row = try #require(lines.firstIndex { $0.contains("layers.1.weight") })
    click(try place("2 tca_update1", in: heading) + 3, row)
    #expect(session.model.updates.selected?.name == "layers.1.weight")
    #expect(session.model.updates.column == 1)
    click(try place("3 tca_update2", in: heading) + 3, heading)
    #expect(session.model.updates.column == 2 && session.model.updates.list.selection == 3)
    click(try place("layers.0.bias", in: row - 1), row - 1)
    #expect(session.model.updates.column == 2 && session.model.updates.list.selection == 2)
    click(4, row + 12)
    #expect(session.model.updates.column == 2 && session.model.updates.list.selection == 2)
  }

  @Test func aRoundIsSummedUp() throws {
    var session = try ExplorerSession("tca_base", "tca_update1", "tca_update2")
    session.keys("5 l l")
    #expect(session.screen.contains("round 3 · tca_update2.nnc"))
    #expect(session.screen.contains("4,952 payload bits, 1.211 a weight; 73.0 % of 4,090 integers"))
    #expect(session.screen.contains("14 of 172 rows skipped; contexts of 5 of 5"))
  }

  @Test func oneFileIsOneRound() throws {
    var session = try ExplorerSession("mlp_iris")
    session.keys("5")
    #expect(session.screen.contains("1 round, 0 differences"))
    session.keys("h l G g Enter")
    #expect(session.model.current == 0)
  }
}
