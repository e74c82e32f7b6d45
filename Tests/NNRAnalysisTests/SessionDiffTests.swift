import DeepCABAC
import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TestSupport
import Testing

/// Streams side by side: nothing for the same, the mirror for exchanged sides, exactly the change for one change.
@Suite struct SessionDiffTests {
  private static func session(_ bytes: [UInt8]...) -> Session {
    Session(bytes.map { (source: MemorySource($0), name: "made") })
  }

  private static func changed(_ diff: SessionDiff) -> [UnitDiff] {
    diff.streams.flatMap { $0.units.filter { !$0.isSame } }
  }

  @Test(arguments: ["cnn_block_bn", "tca_update1", "d1_codebook", "raw_float_mid", "names"])
  func sameIsEmpty(_ name: String) throws {
    let fixture = Fixture(name)
    let diff = SessionDiff(try fixture.session(), try fixture.session())
    #expect(diff.isEmpty && diff.weights.isEmpty && diff.costs.isEmpty)
    #expect(diff.streams.allSatisfy { stream in !stream.units.isEmpty })
  }

  @Test(arguments: [
    ("bitdepth_1", "bitdepth_2"), ("codebook_p0", "codebook_p1"), ("tca_update1", "tca_update2"),
    ("cnn_lsa", "cnn_lsa_bnf"), ("qp_density_0", "qp_density_3"), ("raw_float_mid", "zeros"),
  ]) func mirrors(_ left: String, _ right: String) throws {
    let one = SessionDiff(try Fixture(left).session(), try Fixture(right).session())
    let other = SessionDiff(try Fixture(right).session(), try Fixture(left).session())
    expectMirror(one, other)
    #expect(!one.isEmpty)
  }

  private func expectMirror(_ one: SessionDiff, _ other: SessionDiff) {
    #expect(one.isEmpty == other.isEmpty && one.sameWeights == other.sameWeights)
    for (left, right) in zip(one.streams, other.streams) {
      #expect(Set(left.units) == Set(right.units.map(\.mirrored)))
    }
    for (left, right) in zip(one.costs, other.costs) {
      #expect(left.classes.map(\.change) == right.classes.map { -($0.change ?? 0) })
    }
    let errors = Dictionary(
      other.weights.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for row in one.weights {
      let mirror = errors[row.name]
      #expect(mirror?.shapeA == row.shapeB && mirror?.shapeB == row.shapeA)
      #expect(mirror?.comparison?.maxError == row.comparison?.maxError)
      #expect(mirror?.comparison?.rmse == row.comparison?.rmse)
      #expect(mirror?.comparison?.equal == row.comparison?.equal)
    }
  }

  /// One level is changed: the report names it, its place in the scan and its bin.
  @Test(arguments: 0..<12) func oneLevel(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var stream = EncodedStream(seed: seed)
    stream.parameters.scanOrder = Int(seed % 2)
    if seed % 2 == 1 { stream.change = { $0.set(.scanOrder, 1) } }
    stream.parameters.dependentQuantization = false
    var other = stream
    let element = Int.random(in: 0..<24 * 17, using: &random)
    let before = stream.encoding.levels[element]
    other.encoding.levels[element] = before == 0 ? 3 : 0
    let diff = SessionDiff(try stream.session(), try other.session())
    let units = Self.changed(diff)
    #expect(units.count == 1)
    let unit = try #require(units.first)
    #expect(unit.a == 3 && unit.b == 3 && unit.title.names == ["w"])
    let names = Set(unit.elements.map(\.name))
    #expect(names.isSubset(of: ["nnr_unit_size", "nnr_compressed_data_unit_payload"]))
    #expect(names.contains("nnr_compressed_data_unit_payload"))
    let tensor = try #require(unit.payload?.tensors.first)
    let first = try #require(tensor.first)
    #expect(tensor.equal == 24 * 17 - 1 && tensor.compared == 24 * 17)
    #expect(first.element == element && first.row == element / 17 && first.column == element % 17)
    #expect(first.a.level == before && first.b.level == (before == 0 ? 3 : 0))
    let geometry = try TensorGeometry(stream.parameters)
    #expect(first.a.scanIndex == geometry.scanIndex(ofElement: element))
    // Zero or not is told by the sig_flag, the first bin of the level, which is the same bin on both sides.
    let bin = try #require(first.a.bin)
    #expect(bin == first.b.bin && bin.element == "sig_flag")
    var trace = try #require(BinTrace(try stream.session(), stream: 0, unit: 3))
    let traced = trace.bin(bin.index)
    let found = try #require(traced)
    #expect(found.event.row == first.row && found.event.column == first.column)
    #expect(found.event.position == bin.payloadBit)
    let weights = try #require(diff.weights.first?.comparison)
    #expect(diff.weights.count == 1 && weights.count - weights.equal == 1)
    // Density 2 and QP -8 make a step of 1/4.
    #expect(weights.maxError == 0.25 * Double(before == 0 ? 3 : before.magnitude))
    #expect(weights.worst.map(\.element) == [element])
    let bits = try #require(diff.costs.first).tensors.first?.change
    #expect(
      bits == Double((unit.elements.last?.b?.length ?? 0) - (unit.elements.last?.a?.length ?? 0)))
  }

  @Test func oneElement() throws {
    let payload = try EncodedStream().payload().bytes
    func stream(_ change: (UnitPlan) -> UnitPlan) -> Session {
      var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
      writer.append(change(.tensor("w", 24, 17, payload: payload)))
      return Self.session(writer.bytes)
    }
    let plain = stream { $0 }
    let diff = SessionDiff(plain, stream { $0.set(.deviceId, 1) })
    let unit = try #require(Self.changed(diff).first)
    #expect(Self.changed(diff).count == 1 && unit.elements.map(\.name) == ["device_id"])
    let element = try #require(unit.elements.first)
    // "10" and "11": the second bit; the element is behind 33 bits of size, header and name.
    #expect(element.differingBit == 1 && element.a?.bit == element.b?.bit)
    #expect(unit.firstBit == (element.a?.bit ?? 0) + 1)
    #expect(element.a?.value == .number(0) && element.b?.value == .number(1))
    #expect(unit.payload?.hasSameLevels == true && diff.weights.isEmpty && diff.sameWeights == 1)
    var options = DiffOptions()
    options.ignoring = ["device_id"]
    #expect(SessionDiff(plain, stream { $0.set(.deviceId, 1) }, options: options).isEmpty)
    options.ignoring = ["parameter_id"]
    #expect(!SessionDiff(plain, stream { $0.set(.deviceId, 1) }, options: options).isEmpty)
  }

  /// A bit of a name, of a type or of the profile changes what units are called: exactly that element and bit is named.
  @Test(arguments: Fixture.all) func oneBitOfATitle(_ fixture: Fixture) throws {
    let bytes = try fixture.bytes()
    guard bytes.count < 4096 else { return }
    var random = SeededGenerator(seed: 6)
    let whole = Self.session(bytes)
    let bits = TurnedBit.all(in: whole.streams[0])
    let elements = Dictionary(grouping: bits) { $0.element.prefix { $0 != "[" } }
    #expect(Set(elements.keys).isSuperset(of: ["nnr_unit_type", "general_profile_idc"]))
    for (element, bits) in elements.sorted(by: { $0.key < $1.key }) {
      var named = 0
      for bit in bits.shuffled(using: &random).prefix(16) {
        switch bit.outcome(in: bytes, of: whole, { Self.session($0) }) {
        case .named: named += 1
        case .otherUnits: break
        case .missed(let why): Issue.record("\(fixture) \(bit): \(why)")
        }
      }
      #expect(named > 0, "\(fixture) \(element)")
    }
  }

  /// What a unit that is called otherwise says about itself.
  @Test func renamedAndRetypedUnits() throws {
    let payload = try EncodedStream().payload().bytes
    func stream(_ name: String) -> [UInt8] {
      var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
      writer.append(.tensor("first", 24, 17, payload: payload))
      writer.append(.tensor(name, 24, 17, payload: payload))
      return writer.bytes
    }
    let whole = Self.session(stream("weight"))
    let longer = SessionDiff(whole, Self.session(stream("layer.weight")))
    let renamed = try #require(Self.changed(longer).first)
    #expect(Self.changed(longer).count == 1 && renamed.a == 4 && renamed.b == 4)
    #expect(renamed.title.names == ["weight"] && renamed.titleB?.names == ["layer.weight"])
    #expect(renamed.elements.map(\.name) == ["nnr_unit_size", "topology_elem_id"])
    #expect(renamed.payload?.hasSameLevels == true && renamed.hasSamePayload)
    // 5 is NNR_NDU, 4 NNR_QNT.
    var bytes = stream("weight")
    let start = whole.streams[0].index.entries[4].offset
    bytes[start + 2] ^= 1 << 2
    let retyped = try #require(Self.changed(SessionDiff(whole, Self.session(bytes))).first)
    #expect(retyped.title.type == "NNR_NDU" && retyped.titleB?.type == "NNR_QNT")
    #expect(retyped.elements.map(\.name) == ["nnr_unit_type"])
    #expect(retyped.elements.first?.differingBit == 5 && retyped.firstBit == 21)
    #expect(retyped.payload == nil)
  }

  /// What a side could not decode is no zero and no sum.
  @Test func whatIsNotDecodedIsNotCompared() throws {
    let base = try Fixture("tca_base").bytes()
    let rounds = try (1...3).map { try Fixture("tca_update\($0)").bytes() }
    let diff = SessionDiff(
      Self.session(base, rounds[0], rounds[1]), Self.session(base, rounds[0], rounds[2]))
    let broken = diff.weights.filter(\.isUndecoded)
    #expect(!broken.isEmpty && broken.allSatisfy { $0.comparison == nil })
    let costs = try #require(diff.costs.last).tensors.filter(\.isUndecoded)
    #expect(!costs.isEmpty && costs.allSatisfy { $0.b == nil && $0.change == nil && !$0.isSame })
    #expect(diff.chainCosts?.total.a == Double([base, rounds[0], rounds[1]].joined().count * 8))
    // A file that one side lacks has its costs.
    let longer = SessionDiff(Self.session(base, rounds[0]), Self.session(base))
    #expect(longer.costs.count == 2 && longer.costs[1].total.b == nil)
    #expect(longer.costs[1].total.a == Double(rounds[0].count * 8))
  }

  @Test func oneUnit() throws {
    let payloads = try (1...4).map { try EncodedStream(seed: $0).payload().bytes }
    func stream(_ order: [Int]) -> Session {
      var writer = StreamWriter(.start(), .modelParameters, .emptyTopology)
      for tensor in order {
        writer.append(.tensor("t\(tensor)", 24, 17, payload: payloads[tensor]))
      }
      return Self.session(writer.bytes)
    }
    let whole = stream([0, 1, 2, 3])
    let removed = Self.changed(SessionDiff(whole, stream([0, 2, 3])))
    #expect(removed.count == 1)
    #expect(
      removed.first?.a == 4 && removed.first?.b == nil && removed.first?.title.names == ["t1"])
    let added = Self.changed(SessionDiff(stream([0, 1, 3]), whole))
    #expect(added.count == 1 && added.first?.a == nil && added.first?.b == 5)
    let moved = Self.changed(SessionDiff(whole, stream([3, 0, 1, 2])))
    #expect(moved.count == 1)
    #expect(moved.first?.isMoved == true && moved.first?.a == 6 && moved.first?.b == 3)
    #expect(moved.first?.firstBit == nil && moved.first?.elements.isEmpty == true)
  }

  @Test func chains() throws {
    let names = ["tca_base", "tca_update1", "tca_update2"]
    func chain(_ names: [String]) throws -> Session {
      Session(
        try names.map {
          (source: MemorySource(try Fixture($0).bytes()) as any ByteSource, name: $0)
        })
    }
    let same = SessionDiff(try chain(names), try chain(names))
    #expect(same.isEmpty && same.streams.count == 3)
    let shorter = SessionDiff(try chain(names), try chain(Array(names.dropLast())))
    #expect(shorter.streams.map(\.isSame) == [true, true, false])
    #expect(shorter.streams.last?.b == nil)
    #expect(shorter.streams.last?.units.allSatisfy { $0.b == nil && $0.a != nil } == true)
    // The last update moves the weights: by what it holds.
    let row = try #require(shorter.weights.first { $0.comparison != nil })
    #expect(try #require(row.comparison).maxError > 0)
  }

  /// The sum over the files is that of the ledgers of both chains, class by class, whatever a file lacks.
  @Test func costsOfChains() throws {
    let files = ["tca_base", "tca_update1", "tca_update2"]
    func chain(_ count: Int) throws -> Session {
      Session(try files.prefix(count).map { (MemorySource(try Fixture($0).bytes()), $0) })
    }
    func bits(_ session: Session, _ name: String) -> Double {
      session.streams.indices.reduce(0) { sum, stream in
        let totals = BitLedger.decoded(session, stream: stream, threads: 1).totals
        return sum + (CostClass.allCases.first { $0.name == name }.map { totals[$0] } ?? 0)
      }
    }
    let (long, short) = (try chain(3), try chain(1))
    let found = try #require(SessionDiff(long, short).chainCosts)
    #expect(found.classes.count > 8 && found.classes.contains { !$0.isSame })
    for row in found.classes {
      let (a, b) = (try #require(row.a), try #require(row.b))
      #expect((a - bits(long, row.name)).magnitude < 1e-6, "\(row.name)")
      #expect((b - bits(short, row.name)).magnitude < 1e-6, "\(row.name)")
      #expect(row.change == b - a)
    }
    let sums = found.classes.reduce(0) { $0 + ($1.a ?? 0) }
    #expect((sums - (try #require(found.total.a))).magnitude < 1e-6)
    let mirror = try #require(SessionDiff(short, long).chainCosts)
    #expect(mirror.classes.map(\.change) == found.classes.map { $0.change.map { -$0 } })
    #expect(SessionDiff(try chain(1), try chain(1)).chainCosts == nil)
  }

  @Test func weightsBeyondTheBudgetAreNotCompared() throws {
    var options = Session.Options()
    options.maxMemory = 2 * 24 * 17 * 8
    func session(_ seed: UInt64) throws -> Session {
      let bytes = try EncodedStream(seed: seed).bytes()
      return Session([(MemorySource(bytes), "made")], options: options)
    }
    let fits = SessionDiff(try session(1), try session(2))
    #expect(fits.weightsSkipped == nil && fits.weights.count == 1)
    options.maxMemory -= 1
    let skipped = SessionDiff(try session(1), try session(2))
    #expect(skipped.weightsSkipped != nil && skipped.weights.isEmpty && !skipped.isEmpty)
  }

  @Test func undecodedSideIsNoRemoval() throws {
    var bytes = try EncodedStream().bytes()
    let whole = Self.session(bytes)
    bytes[bytes.count - 20] ^= 0xff
    let diff = SessionDiff(whole, Self.session(bytes))
    #expect(Self.changed(diff).first?.payload?.failureB != nil)
    #expect(Self.changed(diff).first?.payload?.failureA == nil)
    #expect(diff.weights.first?.isUndecoded == true)
    var options = DiffOptions()
    options.decodes = false
    let syntax = SessionDiff(whole, Self.session(bytes), options: options)
    #expect(!syntax.isEmpty && syntax.weights.isEmpty && syntax.costs.isEmpty)
  }
}
