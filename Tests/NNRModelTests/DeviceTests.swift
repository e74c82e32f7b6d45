import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Updates of several devices in one session: each builds on what its own device sent before, as in the reference.
@Suite struct DeviceTests {
  private static let order = [
    "devices_base", "devices_1_update1", "devices_2_update1", "devices_1_update2",
    "devices_2_update2", "devices_1_update3", "devices_2_update3",
  ]

  private func session(_ names: [String]) throws -> Session {
    Session(try names.map { (source: MemorySource(try Fixture($0).bytes()), name: $0) })
  }

  private func parent(_ session: Session, _ stream: Int, _ name: String) throws -> ParentChoice {
    let tensor = try #require(session.directory(stream).last(named: name))
    let header = try #require(session.streams[stream].compressedDataUnit(tensor.unit))
    return try #require(session.parent(of: name, header, before: stream))
  }

  @Test func eachDeviceHasAChainOfItsOwn() throws {
    let session = try session(Self.order)
    for (stream, expected) in [1: 0, 2: 0, 3: 1, 4: 2, 5: 3, 6: 4] {
      for name in ["a.weight", "a.bias", "b.weight"] {
        let parent = try parent(session, stream, name)
        #expect(parent.stream == expected && parent.mismatch == nil, "\(stream) \(name)")
      }
    }
  }

  /// The order of the devices does not matter, nor does what the other one sent.
  @Test(arguments: [
    [0, 1, 3, 5], [0, 2, 4, 6], [0, 2, 1, 4, 3, 6, 5], [1, 3, 5], [2, 1, 4, 6],
  ])
  func integersAreThoseOfTheReference(_ places: [Int]) throws {
    let names = places.map { Self.order[$0] }
    let session = try session(names)
    for (stream, name) in names.enumerated() {
      let manifest = try Fixture(name).manifest()
      for tensor in manifest.coded_tensors {
        let sink = HashingSink()
        let failure = session.decode(stream: stream, unit: tensor.unit, into: sink)
        #expect(failure == nil, "\(name): \(failure?.description ?? "")")
        #expect(
          sink.tensors.first?.levelHash == tensor.levels.sha256_i32le, "\(name) \(tensor.name)")
      }
    }
  }

  @Test func aRoundThatWasLeftOutIsMissed() throws {
    let session = try session([Self.order[0], Self.order[1], Self.order[2], Self.order[5]])
    let parent = try parent(session, 3, "a.weight")
    #expect(parent.stream == 1)
    #expect(parent.mismatch == .depth(named: 2, found: 1))
    let tensor = try #require(session.directory(3).last(named: "a.weight"))
    let failure = try #require(session.decode(stream: 3, unit: tensor.unit, into: HashingSink()))
    #expect(failure.rule == .u02)
    #expect(
      failure.message
        == "needs the base stream of device 1 or 0, depth 2; the one loaded is of device 1, depth 1"
    )
  }

  /// The root need not be there: a first round is no fault without it, whatever others sent.
  @Test func aFirstRoundNeedsNoBase() throws {
    let session = try session([Self.order[1], Self.order[2], Self.order[4]])
    let tensor = try #require(session.directory(1).last(named: "a.weight"))
    let header = try #require(session.streams[1].compressedDataUnit(tensor.unit))
    #expect(session.parent(of: "a.weight", header, before: 1) == nil)
    #expect(try parent(session, 2, "a.weight").stream == 1)
    let decoding = try #require(session.decoding(stream: 1, unit: tensor.unit))
    #expect(decoding.histories.allSatisfy { $0 == nil })
  }

  /// A version that names no node is no parent in place of a round that was left out.
  @Test func aBaseWithoutNodesHidesNoGap() throws {
    let base = StreamWriter(
      .start(profile: 0), .modelParameters, UnitPlan.tensor("w", 2, 3, payload: [1, 2, 3])
    ).bytes
    func session(_ sources: [[UInt8]]) -> Session {
      Session(sources.enumerated().map { (MemorySource($1), "file \($0)") })
    }
    let gap = session([base, node(0, 1, parent: 0), node(0, 3, parent: 0)])
    #expect(try parent(gap, 1, "w").mismatch == nil)
    #expect(try parent(gap, 2, "w").mismatch == .depth(named: 2, found: 1))
    // Its own device has versions: that of device 0 is none of its rounds.
    let other = session([
      node(2, 1, parent: 0), node(0, 2, parent: 0), node(2, 3, parent: 0),
    ])
    #expect(try parent(other, 2, "w").mismatch == .depth(named: 2, found: 1))
  }

  /// A difference to what is not there counts for nothing, and is told, whether its payload decodes or not.
  @Test(arguments: [
    ([order[0], order[1], order[5]], Rule.u02)
  ]) func sumsLeaveOutWhatHasNoBase(_ names: [String], _ rule: Rule) throws {
    func sums(_ session: Session) throws -> ([String: [Float]], [(Int, Rule)]) {
      var found: [String: [Float]] = [:]
      let failures = try session.accumulatedParameters { parameter in
        found[parameter.name] = parameter.floats
        return true
      }
      return (found, failures.map { ($0.stream, $0.failure.rule) })
    }
    let last = names.count - 1
    let chain = try session(names)
    let (gap, failures) = try sums(chain)
    let (before, none) = try sums(try session(Array(names.dropLast())))
    #expect(none.isEmpty)
    #expect(failures.allSatisfy { $0.0 == last })
    #expect(failures.contains { $0.1 == rule })
    #expect(Set(failures.map(\.1)).isSubset(of: [rule, .p01, .p04, .u07]))
    // A tensor that the round between left out still has its parent.
    var added = 0
    for tensor in chain.directory(last).tensors {
      let hasParent = try parent(chain, last, tensor.name).mismatch == nil
      #expect((gap[tensor.name] != before[tensor.name]) == hasParent, "\(tensor.name)")
      if hasParent { added += 1 }
    }
    #expect(added == (rule == .u03 ? 1 : 0))
  }

  /// What another device sent is not added.
  @Test func sumsFollowTheParents() throws {
    func sums(_ names: [String]) throws -> [String: [Float]] {
      var found: [String: [Float]] = [:]
      let failures = try session(names).accumulatedParameters { parameter in
        found[parameter.name] = parameter.floats
        return true
      }
      #expect(failures.isEmpty)
      return found
    }
    for device in [1, 2] {
      let own = [Self.order[0]] + (1...3).map { "devices_\(device)_update\($0)" }
      let all = device == 1 ? Array(Self.order.dropLast()) : Self.order
      let (alone, among) = (try sums(own), try sums(all))
      #expect(alone.count == 3)
      #expect(among == alone)
    }
  }

  /// A stream with one parameter that is a node, and names a parent's device.
  private func node(_ device: Int, _ depth: Int, parent: Int?) -> [UInt8] {
    var unit = UnitPlan.tensor("w", 2, 3, payload: [1, 2, 3]).set(.deviceId, device)
      .set(.parameterId, 4).set(.putNodeDepth, depth)
    if let parent {
      unit = unit.set(.parentNodeIdPresentFlag, 1).set(.parentDeviceId, parent)
    }
    return StreamWriter(
      .start(), .modelParameters.set(.mpsParentSignallingEnabledFlag, 1), unit
    ).bytes
  }

  @Test func aNamedDeviceIsTheParentUnlessItIsTheConstantOfTheReference() throws {
    let sources = [
      node(0, 0, parent: nil), node(0, 1, parent: 0), node(5, 1, parent: 0), node(7, 1, parent: 0),
      // Device 5 names 0, as the reference does whatever the parent is; then 7; then what is not there.
      node(5, 2, parent: 0), node(5, 2, parent: 7), node(5, 2, parent: 6),
      // Device 9 has no version before: the named one is its parent.
      node(9, 2, parent: 0),
    ]
    let session = Session(sources.enumerated().map { (MemorySource($1), "file \($0)") })
    for (stream, expected) in [1: 0, 2: 0, 3: 0, 4: 2, 5: 3, 7: 1] {
      let parent = try parent(session, stream, "w")
      #expect(parent.stream == expected && parent.mismatch == nil, "\(stream): \(parent)")
    }
    #expect(try parent(session, 6, "w").mismatch == .device(named: 6, found: 5))
  }
}
