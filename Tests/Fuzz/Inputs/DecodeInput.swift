import NNRAnalysis
import NNRBits
import NNRModel
import NNRReport
import NNRSyntax
import TestSupport

/// Streams made from bytes, whose payloads are decoded in every way that the program has.
///
/// The first byte says how: an even one takes what follows the third byte as streams as they are (the second and third say
/// where the first ends), an odd one takes choices for units that the writer makes.
struct DecodeInput {
  /// The streams, base first.
  let streams: [[UInt8]]

  /// The most weights that all tensors of an input may have.
  ///
  /// An input of 4 KiB reaches more only by rows that are skipped or bins that cost next to nothing, which go through the same
  /// loops as fewer; each weight is decoded three times here, and beyond this an input takes seconds. Sizes that are refused are
  /// not counted, so that refusing is tried with any number.
  private static let weightLimit = 1 << 19

  /// Reads the recipe.
  init(_ bytes: [UInt8]) {
    var reader = FuzzReader(bytes)
    let kind = reader.byte()
    streams = DecodeRecipe.streams(kind, &reader)
  }

  /// Decodes everything; the sentences say what does not hold.
  func broken() -> [String] {
    var options = Session.Options()
    options.maxMemory = 32 << 20
    let session = Session(streams.map { (MemorySource($0), "fuzz") }, options: options)
    let counts = session.streams.indices.flatMap { session.directory($0).tensors.map(\.count) }
    // Tensors that are refused take no time, however large they claim to be.
    let honest = counts.compactMap { $0 }.filter { $0 <= options.maxMemory / 4 }
    guard honest.reduce(0, +) <= Self.weightLimit else { return [] }
    return session.streams.indices.flatMap { broken(session, $0) } + brokenUpdates(session)
  }

  /// Every tensor stands in the tree of updates once, and what is wrong with it is told.
  private func brokenUpdates(_ session: Session) -> [String] {
    let tree = UpdateTree(session)
    var found: [String] = []
    let counts = session.streams.indices.map { session.directory($0).tensors.count }
    let listed = tree.updates
    if listed.count != counts.reduce(0, +) || tree.sums.map(\.parameters) != counts {
      found.append("\(counts) tensors, \(listed.count) updates")
    }
    for update in listed where update.figures == nil && update.failure == nil {
      found.append("\(update.place) has neither figures nor a failure")
    }
    let text = UpdateText.text(tree, session, width: 80)
    let acting: [Unicode.GeneralCategory] = [
      .control, .format, .lineSeparator, .paragraphSeparator, .surrogate,
    ]
    if text.unicodeScalars.contains(where: {
      $0 != "\n" && acting.contains($0.properties.generalCategory)
    }) {
      found.append("the tree of updates is not safe to print")
    }
    return found
  }

  private func broken(_ session: Session, _ stream: Int) -> [String] {
    var found: [String] = []
    let ledger = BitLedger.decoded(session, stream: stream, rowBits: true, threads: 1)
    let wanted = Double(streams[stream].count) * 8
    if (ledger.totals.total - wanted).magnitude > 1e-6 {
      found.append("stream \(stream): the ledger has \(ledger.totals.total) of \(wanted) bits")
    }
    for unit in ledger.units {
      let bits = ledger.costs(ofUnit: unit.number).total
      if (bits - Double(unit.size) * 8).magnitude > 1e-6 {
        found.append("unit \(unit.number): \(bits) bits in \(unit.size) bytes")
      }
    }
    if ledger.entries.contains(where: { $0.bits.isNaN || $0.bins < 0 }) {
      found.append("stream \(stream): an entry of the ledger is no number")
    }
    session.parameters(stream: stream) { parameter in
      _ = ParameterFigures(parameter, hashes: false)
      return true
    }
    var options = StreamCheck.Options()
    options.decodes = true
    let check = StreamCheck(session, stream: stream, options: options)
    let entries = session.streams[stream].index.entries
    for breach in check.breaches where entries.indices.contains(breach.unit) {
      let range = breach.diagnostic.range
      if range.start < 0 || range.end > entries[breach.unit].size * 8 {
        found.append("\(breach.rule.id) lies outside of unit \(breach.unit): \(range)")
      }
    }
    return found
  }
}
