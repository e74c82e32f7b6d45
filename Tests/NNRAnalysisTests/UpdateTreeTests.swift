import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// The tree of updates against the ground truth of the corpus.
@Suite struct UpdateTreeTests {
  private static func chain(_ names: [String]) throws -> Session {
    Session(try names.map { (MemorySource(try Fixture($0).bytes()), $0) })
  }

  /// The element of a unit as the reference read it.
  private static func element(_ name: String, _ unit: Manifest.Unit) -> Int? {
    for element in unit.elements ?? [] where element.name == name {
      if case .int(let value) = element.value { return value }
    }
    return nil
  }

  /// The updates of the corpus, and streams of other nodes.
  private static let fixtures = Fixture.all.filter { fixture in
    guard let stream = try? fixture.stream() else { return true }
    let last = stream.parameters(before: stream.unitCount)
    return last.context.parentSignallingEnabled
      || ["device_id", "no_node_id", "parent_without_node_id", "tca_base"].contains(fixture.name)
  }

  /// Every node, parent and figure is that of the reference, on every update behind those that it needs.
  @Test(arguments: fixtures) func everyUpdate(_ fixture: Fixture) throws {
    let session = try fixture.session()
    let manifest = try fixture.manifest()
    let tree = UpdateTree(session)
    let round = session.streams.count - 1
    let found = tree.rows.compactMap { $0.updates[round] }.sorted {
      ($0.place.unit, $0.name) < ($1.place.unit, $1.name)
    }
    let wanted = manifest.coded_tensors.sorted { ($0.unit, $0.name) < ($1.unit, $1.name) }
    #expect(found.map(\.name) == wanted.map(\.name))
    #expect(tree.sums[round].parameters == wanted.count)
    #expect(tree.sums[round].errors == 0)
    for (update, tensor) in zip(found, wanted) {
      let unit = manifest.units[tensor.unit]
      #expect(update.place.stream == round && update.place.unit == tensor.unit)
      #expect(update.unitBytes == unit.size)
      #expect(unit.elements != nil)
      // A parent alone, without a node id, leaves the device out.
      #expect(update.node?.device == update.node.map { _ in Self.element("device_id", unit) ?? 0 })
      #expect(update.node?.parameter == Self.element("parameter_id", unit))
      #expect(update.node?.depth == Self.element("put_node_depth", unit))
      let isDifference = Self.element("parent_node_id_present_flag", unit) == 1
      #expect((update.parent != nil) == isDifference)
      #expect(update.usesTemporalContexts == tensor.temporal_context)
      let figures = try #require(update.figures, "\(update.failure?.description ?? "")")
      #expect(figures.count == tensor.levels.count)
      #expect(figures.count - figures.zeros == tensor.levels.nonzero)
      #expect(figures.history.map { $0 ? 1 : 0 } == tensor.hist_dep_sig_prob_enabled_flag)
      if tensor.row_skip_enabled_flag == 1 {
        #expect(figures.skippedRows == tensor.all_zero_rows)
      } else {
        #expect(figures.skippedRows == 0)
      }
    }
    // The tensors of a unit share the bytes of its codeword.
    #expect(Self.fixtures.count > 20)
    for (unit, updates) in Dictionary(grouping: found, by: \.place.unit) {
      guard let bytes = manifest.units[unit].cabac_bytes else { continue }
      let bits = updates.reduce(0) { $0 + ($1.figures?.bits ?? 0) }
      #expect(bits == bytes * 8, "unit \(unit): \(bits) of \(bytes) bytes")
    }
  }

  /// A base and four rounds: all that is told of them, and the chain of a parameter that one round leaves out.
  @Test func aChain() throws {
    let session = try Self.chain(["tca_base"] + (1...4).map { "tca_update\($0)" })
    let tree = UpdateTree(session)
    #expect(tree.rounds == 5 && tree.rows.count == 6)
    #expect(tree.sums.map(\.parameters) == [6, 6, 5, 6, 6])
    #expect(tree.sums.map(\.differences) == [0, 6, 5, 6, 6])
    #expect(tree.sums.map(\.temporal) == [0, 0, 5, 6, 6])
    #expect(tree.sums.map(\.figures.bits) == [35632, 8192, 4952, 6800, 6400])
    #expect(tree.sums.map(\.figures.count) == [6330, 6330, 4090, 6330, 6330])
    #expect(tree.sums.map(\.figures.skippedRows) == [0, 24, 14, 25, 24])
    #expect(tree.sums.allSatisfy { $0.errors == 0 && $0.warnings == 0 })
    let row = try #require(tree.rows.first { $0.name == "layers.1.weight" })
    #expect(row.devices == [0] && row.parameters == [2])
    #expect(row.updates.keys.sorted() == [0, 1, 3, 4])
    #expect([0, 1, 3, 4].map { row.updates[$0]?.node?.depth } == [0, 1, 2, 3])
    #expect([0, 1, 3, 4].map { row.updates[$0]?.parentPlace?.stream } == [nil, 0, 1, 3])
    #expect([1, 3, 4].map { row.updates[$0]?.parentPlace?.unit } == [5, 5, 5])
    #expect(row.updates[3]?.parent == .device(0))
  }

  /// Without the round between, contexts lack their parent's integers; without any, what decodes is only marked.
  @Test func missingParents() throws {
    let gap = UpdateTree(try Self.chain(["tca_base", "tca_update2"]))
    #expect(gap.sums.map(\.errors) == [0, 5] && gap.sums[1].figures.bits == 0)
    for update in gap.updates where update.place.stream == 1 {
      #expect(update.problem?.rule == .u02 && update.severity == .error && update.figures == nil)
      // The base is not its parent.
      #expect(update.parent == .device(0) && update.parentPlace == nil)
    }
    let alone = UpdateTree(try Self.chain(["tca_update1"]))
    #expect(alone.sums[0].errors == 0 && alone.sums[0].warnings == 6)
    #expect(alone.sums[0].figures.bits == 8192)
    for update in alone.updates {
      #expect(update.parentPlace == nil && update.problem?.rule == .u10)
      #expect(update.problem?.message == "no stream before this one codes \(update.name)")
    }
    let late = UpdateTree(try Self.chain(["tca_update1", "tca_update1"]))
    #expect(late.sums.map(\.errors) == [0, 6])
    let wrong = try #require(late.rows.first?.updates[1])
    #expect(
      wrong.problem?.text
        == "U03 the version before is device 0, parameter 0, depth 1, this one depth 1 of device 0")
    #expect(wrong.figures?.bits == 4040, "it decodes all the same")
    #expect(wrong.parentPlace == nil)
    // Two updates of one version are no fault: a tree has branches.
    let forked = UpdateTree(try Self.chain(["tca_base", "tca_update1", "tca_update1"]))
    #expect(forked.sums.map(\.errors) == [0, 0, 0])
    #expect(forked.rows.allSatisfy { $0.updates[2]?.parentPlace == $0.updates[0]?.place })
  }

  /// A payload that fails is told beside the parent that is not there, the worst first.
  @Test func aPayloadThatFails() throws {
    let payload: [UInt8] = [0xf7, 0xdf, 0xa0, 0x03, 0x05]
    var writer = StreamWriter(
      .start(), UnitPlan.modelParameters.set(.mpsParentSignallingEnabledFlag, 1), .emptyTopology)
    writer.append(
      UnitPlan.tensor("w", 2, 3, payload: payload).set(.parentNodeIdPresentFlag, 1)
        .set(.parentNodeIdType, 0).set(.putNodeDepth, 1))
    let session = Session([(MemorySource(writer.bytes), "cut")])
    let failure = try #require(session.decode(stream: 0, unit: 3, into: HashingSink()))
    let tree = UpdateTree(session)
    let update = try #require(tree.updates.first)
    #expect(update.figures == nil && tree.sums[0].errors == 1 && tree.sums[0].warnings == 0)
    #expect(update.complaints.map(\.severity) == [.error, .warning])
    #expect(update.complaints.first?.text == failure.description)
    #expect(update.complaints.last?.text == "U10 no stream before this one codes w")
  }

  /// A name that a stream codes twice has two rows, and both count.
  @Test func aNameTwice() throws {
    let payload: [UInt8] = [0xf7, 0xdf, 0xa0, 0x03, 0x05, 0x94, 0xf8]
    var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
    for _ in 0..<2 { writer.append(.tensor("w", 2, 3, payload: payload)) }
    let tree = UpdateTree(Session([(MemorySource(writer.bytes), "twice")]))
    #expect(tree.rows.map(\.name) == ["w", "w"])
    #expect(tree.updates.map(\.place.unit) == [3, 4])
    #expect(tree.sums[0].parameters == 2 && tree.sums[0].figures.count == 12)
  }
}
