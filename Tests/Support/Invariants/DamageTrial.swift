import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax

/// A fixture that is damaged again and again: whatever the damage, what must hold for any bytes holds, and the units that
/// it left alone say what they said.
public struct DamageTrial: Sendable {
  /// How far a damaged stream is looked into.
  public enum Depth: Sendable {
    /// The index, the trees of damaged units, and those of some others.
    case syntax
    /// All trees, and all rules that need no decoding.
    case rules
    /// Payloads too.
    case payloads
  }

  /// The fixture's bytes.
  public let bytes: [UInt8]
  /// The first bit and the number of bits of each unit's header, in the file.
  public let headers: [Range<Int>]

  private let name: String
  private let stream: NNRStream
  private let manifest: Manifest
  private let outOfBand: [String: OutOfBand]
  private let before: [(source: any ByteSource, name: String)]
  private let dialect: Dialect
  private let trees: [TreeFingerprint?]
  /// The unit that starts at a byte.
  private let units: [Int: Int]
  /// The most weights that are decoded for one damage.
  private let weightLimit: Int

  /// Reads a fixture; with `weightLimit`, payloads are decoded only of streams that have no more weights.
  public init(_ fixture: Fixture, weightLimit: Int = 1 << 15) throws {
    name = fixture.name
    bytes = try fixture.bytes()
    manifest = try fixture.manifest()
    let session = try fixture.session()
    outOfBand = session.options.outOfBand
    before = session.streams.dropLast().map { ($0.source, $0.name) }
    let last = session.streams.count - 1
    stream = session.streams[last]
    dialect = session.dialect(last)
    self.weightLimit = weightLimit
    var trees: [TreeFingerprint?] = []
    var headers: [Range<Int>] = []
    for (unit, entry) in stream.index.entries.enumerated() {
      let tree = stream.tree(unit)
      trees.append(tree.map(TreeFingerprint.init))
      headers.append(entry.offset * 8..<entry.offset * 8 + (tree?.payloadStart ?? 0))
    }
    self.trees = trees
    self.headers = headers
    units = Dictionary(
      stream.index.entries.enumerated().map { ($1.offset, $0) }, uniquingKeysWith: { $1 })
  }

  /// What does not hold for the damaged stream, as sentences.
  public func broken(_ damage: Damage, depth: Depth) -> [String] {
    let (changed, touched) = damage.apply(to: bytes)
    var found: [String] = []
    let taken = ThreadTime.measure {
      switch depth {
      case .syntax:
        let known = outOfBand
        let other = NNRStream(source: MemorySource(changed), name: "changed") { known[$0] }
        found = brokenBySyntax(other, touched, sample: changed.count &+ touched.lowerBound)
      case .rules: found = brokenBySession(changed, touched, decodes: false)
      case .payloads: found = brokenBySession(changed, touched, decodes: true)
      }
    }
    if taken > ThreadTime.patience { found.append("it took \(taken) s") }
    return found.map { "\(name), \(damage): \($0)" }
  }

  // MARK: syntax

  /// The unit of the original that is the unit `number` of `other`, if the damage left it and what it depends on alone.
  private func untouched(_ number: Int, of other: NNRStream, _ touched: Range<Int>) -> Int? {
    let entry = other.index.entries[number]
    guard let unit = units[entry.offset], stream.index.entries[unit] == entry,
      !entry.bytes.overlaps(touched),
      !touchesParameters(touched) || context(number, of: other) == context(unit, of: stream)
    else { return nil }
    return unit
  }

  /// Whether the damage may change what is set for the units behind it.
  private func touchesParameters(_ touched: Range<Int>) -> Bool {
    stream.index.parameterUnits.contains { stream.index.entries[$0].bytes.overlaps(touched) }
  }

  /// What the units before `unit` set, whether it is said or assumed.
  private func context(_ unit: Int, of stream: NNRStream) -> UnitContext {
    var context = stream.parameters(before: unit).context
    context.fallbackProfile = 0
    return context
  }

  /// Looks at some units; `sample` chooses among those that are not damaged, nil takes all.
  private func brokenBySyntax(_ other: NNRStream, _ touched: Range<Int>, sample: Int?) -> [String] {
    var found = StreamInvariants.brokenByEntries(other)
    let chosen = sample.map { $0 % max(1, other.unitCount) }
    for (number, entry) in other.index.entries.enumerated() {
      let isSame =
        units[entry.offset].map { stream.index.entries[$0] == entry } ?? false
        && !entry.bytes.overlaps(touched)
      guard !isSame || chosen == nil || chosen == number else { continue }
      found += StreamInvariants.broken(unit: number, of: other)
      guard isSame, let unit = untouched(number, of: other, touched) else { continue }
      if other.tree(number).map(TreeFingerprint.init) != trees[unit] {
        found.append("unit \(unit) is not touched, but parsed otherwise")
      }
    }
    return found
  }

  // MARK: rules and payloads

  private func brokenBySession(_ changed: [UInt8], _ touched: Range<Int>, decodes: Bool)
    -> [String]
  {
    var options = Session.Options()
    options.outOfBand = outOfBand
    options.maxMemory = 64 << 20
    let session = Session(
      before + [(MemorySource(changed) as any ByteSource, "changed")], options: options)
    let last = session.streams.count - 1
    let other = session.streams[last]
    var found = brokenBySyntax(other, touched, sample: nil)
    // Tensors that are refused take no time, however large they claim to be.
    let honest = session.streams.indices.flatMap { session.directory($0).tensors }
      .compactMap(\.count).filter { $0 <= options.maxMemory / 4 }
    var checking = StreamCheck.Options()
    checking.decodes = decodes && honest.reduce(0, { $0.saturatingAdd($1) }) <= weightLimit
    let check = StreamCheck(session, stream: last, options: checking)
    let entries = other.index.entries
    for breach in check.breaches where entries.indices.contains(breach.unit) {
      let range = breach.diagnostic.range
      if range.start < 0 || range.end > entries[breach.unit].size * 8 {
        found.append("\(breach.rule.id) lies outside of unit \(breach.unit): \(range)")
      }
    }
    if checking.decodes { found += brokenByLevels(session, last, touched) }
    return found
  }

  /// Compares the integers of untouched units with the manifest.
  private func brokenByLevels(_ session: Session, _ last: Int, _ touched: Range<Int>) -> [String] {
    let other = session.streams[last]
    guard session.dialect(last) == dialect else { return [] }
    var found: [String] = []
    for number in other.index.entries.indices
    where other.index.entries[number].type == .compressedData {
      guard let unit = untouched(number, of: other, touched) else { continue }
      let (now, then) = (other.parameters(before: number), stream.parameters(before: unit))
      // Names by index come from a topology that may be damaged; the base may be another.
      guard now.qpDensity == then.qpDensity, now.referenceList == then.referenceList else {
        continue
      }
      let expected = manifest.coded_tensors.filter { $0.unit == unit }
      let sink = HashingSink()
      guard session.decode(stream: last, unit: number, into: sink) == nil else {
        if !expected.isEmpty && name != "walk_units" {
          found.append("unit \(unit) is not touched, but cannot be decoded")
        }
        continue
      }
      for tensor in expected {
        let same = sink.tensors.first { $0.start.tensor.name == tensor.name }
        if same?.levelHash != tensor.levels.sha256_i32le {
          found.append("unit \(unit) is not touched, but \(tensor.name) has other levels")
        }
      }
    }
    return found
  }
}
