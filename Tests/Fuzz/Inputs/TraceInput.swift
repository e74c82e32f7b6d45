import DeepCABAC
import NNRAnalysis
import NNRModel
import NNRReport

/// Streams as for `DecodeInput`, whose payloads are walked bin by bin, both ways, beside the fast decoder.
struct TraceInput {
  private let streams: [[UInt8]]
  private let choices: FuzzReader

  /// Reads the recipe.
  init(_ bytes: [UInt8]) {
    streams = DecodeInput(bytes).streams
    choices = FuzzReader(bytes.reversed())
  }

  /// Walks all payloads; the sentences say what does not hold.
  func broken() -> [String] {
    let session = FuzzSession.open(streams)
    guard FuzzSession.isSmall(session, 1 << 14) else { return [] }
    return session.streams.indices.flatMap { stream in
      session.directory(stream).byUnit.keys.sorted().flatMap { broken(session, stream, $0) }
    }
  }

  private func broken(_ session: Session, _ stream: Int, _ unit: Int) -> [String] {
    var reader = choices
    guard
      var trace = BinTrace(session, stream: stream, unit: unit, spacing: 1 + reader.pick(200))
    else { return [] }
    var bins: [TracedBin] = []
    while let bin = trace.bin(bins.count) { bins.append(bin) }
    var found: [String] = []
    if trace.count != bins.count { found.append("\(bins.count) bins of \(trace.count ?? -1)") }
    found += brokenBins(bins)
    found += brokenDecoding(session, stream, unit, trace, bins)
    for _ in 0..<8 where !bins.isEmpty {
      let index = reader.pick(bins.count)
      if trace.bin(index) != bins[index] { found.append("bin \(index) is another one backwards") }
      let back = trace.previous(.leastProbable, before: index)
      let expected = bins[..<index].last { $0.walked.isLeastProbable }
      if back != expected { found.append("the improbable bin before \(index) is another one") }
    }
    if let tensor = bins.last?.tensor, let curves = ContextCurves(&trace, tensor: tensor) {
      let own = bins.filter { $0.tensor == tensor && $0.event.context != nil }
      if curves.contexts.reduce(0, { $0 + $1.bins }) != own.count {
        found.append("the contexts have not \(own.count) bins")
      }
      _ = TextTable(Table(ContextTable.fields, curves.contexts)).text
    }
    _ = RowText.text.write(Table(TraceTable.fields, bins.prefix(20))) { _ in }
    found += brokenEnding(trace)
    return found.map { "unit \(unit): \($0)" }
  }

  /// Positions do not go back, numbers and costs are numbers.
  private func brokenBins(_ bins: [TracedBin]) -> [String] {
    for (bin, next) in zip(bins, bins.dropFirst()) {
      if next.index != bin.index + 1 || next.event.position < bin.event.position {
        return ["bin \(next.index) at \(next.event.position) follows \(bin.index)"]
      }
    }
    let wrong = bins.first { !($0.event.cost >= 0 && $0.event.cost.isFinite) }
    return wrong.map { ["bin \($0.index) costs \($0.event.cost)"] } ?? []
  }

  /// What is said of a bad end fits the walk: more bytes are needed than there are just where the payload ran out.
  private func brokenEnding(_ trace: BinTrace) -> [String] {
    guard let ending = TraceEnding(trace) else {
      return TraceText.ending(trace).map { ["nothing was needed, but \($0)"] } ?? []
    }
    var found: [String] = []
    if TraceText.ending(trace) == nil { found.append("needed: \(ending.needed ?? "")") }
    if let end = trace.end, end.bytesConsumed != ending.bytesNeeded {
      found.append("\(ending.bytesNeeded) bytes needed, \(end.bytesConsumed) consumed")
    }
    if ending.failure.rule.id == "P04", ending.bytesNeeded <= ending.bytesAvailable {
      found.append("\(ending.bytesNeeded) of \(ending.bytesAvailable) bytes needed, too few")
    }
    return found
  }

  /// The fast decoder has the same integers and the same end.
  private func brokenDecoding(
    _ session: Session, _ stream: Int, _ unit: Int, _ trace: BinTrace, _ bins: [TracedBin]
  ) -> [String] {
    let sink = LevelSink()
    let failure = session.decode(stream: stream, unit: unit, into: sink)
    let isSound = trace.failure == nil && trace.end?.isSound == true
    // What the parameter sets lack is no matter of the bins.
    if let failure, !failure.rule.id.hasPrefix("P") { return [] }
    if (failure == nil) != isSound {
      return ["decoding ends with \(failure.map { "\($0)" } ?? "all well"), the trace \(isSound)"]
    }
    guard failure == nil else { return [] }
    for bin in bins {
      guard let row = bin.event.row, let column = bin.event.column,
        let integer = bin.walked.integer,
        sink.levels.indices.contains(bin.tensor)
      else { continue }
      let levels = sink.levels[bin.tensor]
      let place = row * (levels.count / max(1, trace.tensors[bin.tensor].rows)) + column
      if !levels.indices.contains(place) || levels[place] != integer {
        return ["bin \(bin.index): integer \(integer) at \(row), \(column) is another one decoded"]
      }
    }
    return []
  }
}

/// Keeps the integers.
private final class LevelSink: TensorSink {
  private(set) var levels: [[Int32]] = []

  func begin(_ start: TensorStart) { levels.append([]) }

  func take(_ run: ArraySlice<Int32>, first: Int) { levels[levels.count - 1] += run }

  func end(_ end: TensorEnd) {}

  var wantsMore: Bool { true }
}
