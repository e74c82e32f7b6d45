import DeepCABAC
import NNRAnalysis
import NNRReport
import PlainText
import TerminalScreen

/// What the selected bin does: registers, estimators, the level it belongs to.
extension ExplorerModel {
  /// Registers and estimators, the most telling lines first.
  func binLines(_ width: Int, _ glyphs: GlyphSet) -> [StyledText] {
    guard let bin = bins.selected else { return [] }
    if hidden.hides(.bin) { return [StyledText("hidden while the question waits", .tentative)] }
    let event = bin.event
    var lines = [binHeadline(bin)]
    lines += binFailure(bin, width)
    if let before = event.before, let after = event.after {
      let probability = TracedBin.probability(before)
      let next = TracedBin.probability(after)
      var bar = StyledText("P(MPS \(event.mps ?? 0)) ", .dim)
      let room = max(6, min(24, width - 34))
      let filled = glyphs.bar(probability, width: room)
      bar.append(filled, .bar)
      let rest = max(0, room - CellText.width(filled, glyphs: glyphs))
      bar.append(String(repeating: glyphs.isASCII ? "." : "░", count: rest), .barTrack)
      bar.append(" \(NumberText.fixed(probability, 3))", .number)
      bar.append(" → \(NumberText.fixed(next, 3))", .derived)
      lines.append(bar)
      lines.append(binHistory(width, glyphs))
      if let trace = bins.trace, let context = event.context {
        let unary =
          trace.tensors.indices.contains(bin.tensor)
          ? trace.tensors[bin.tensor].unaryLength : 10
        let name = ContextLayout(unaryLength: unary).name(of: context)
        lines.append(StyledText("context \(context)  ", .dim) + StyledText(name, .name))
      }
      lines.append(estimator("fast S0", before.fast, after.fast))
      lines.append(
        estimator("slow S1", before.sum - 16 * before.fast, after.sum - 16 * after.fast))
      lines.append(estimator("sum 16·S0 + S1", before.sum, after.sum))
    }
    lines += arithmetic(event)
    if let trellis = trellis(bin) { lines.append(trellis) }
    return lines
  }

  private func binHeadline(_ bin: TracedBin) -> StyledText {
    let event = bin.event
    var line = StyledText(bin.elementName, .title)
    line.append(" = \(event.bin)", .number.adding(.bold))
    let kind =
      switch event.kind {
      case .context: bin.walked.isLeastProbable ? "improbable (LPS)" : "probable (MPS)"
      case .bypass: "bypass"
      case .terminate: "terminate"
      case .rangeReset: "R is set to 256"
      }
    line.append("  \(kind)  ", bin.walked.isLeastProbable ? .warning : .normal)
    line.append("\(NumberText.fixed(event.cost, 3)) bit", .number)
    return line
  }

  /// What stopped the decoder, and what it would have needed; shown at the last bin.
  private func binFailure(_ bin: TracedBin, _ width: Int) -> [StyledText] {
    guard let trace = bins.trace, let count = trace.count, bin.index == count - 1 else { return [] }
    guard let ending = TraceEnding(trace) else {
      return [StyledText("the payload ends well: stop bit and zeros fill the last byte", .success)]
    }
    return (["E \(ending.failure)"] + ending.explanation).flatMap {
      StyledText.wrap($0, width: width, style: .error)
    }
  }

  private func binHistory(_ width: Int, _ glyphs: GlyphSet) -> StyledText {
    let room = max(4, width - 26)
    let past = bins.history(limit: room)
    let shares = past.map { bin in (bin.mpsProbability ?? 0.5) * 2 - 1 }
    let plot = shares.map { glyphs.column(max(0.02, $0)) }.joined()
    return StyledText("0.5…1 over its bins ", .dim) + StyledText(plot, .bar)
      + StyledText(" \(past.count)", .dim)
  }

  private func estimator(_ label: String, _ before: Int, _ after: Int) -> StyledText {
    let name = label + String(repeating: " ", count: max(1, 16 - label.count))
    return StyledText(name, .dim) + StyledText("\(before)", .number)
      + StyledText(" → \(after)", .derived)
      + StyledText(
        after == before ? "" : "  (\(after > before ? "+" : "−")\(abs(after - before)))", .dim)
  }

  private func arithmetic(_ event: BinEvent) -> [StyledText] {
    switch event.kind {
    case .context:
      guard let lps = event.lps, let sum = event.before?.sum else { return [] }
      let rest = event.range - lps
      let value = event.offset >> 7
      let isProbable = value < rest
      return [
        StyledText(
          "L = RPS[R \(event.range) & 0xe0, |sum >> 7| \(abs(sum >> 7))] = \(lps); M = R − L = \(rest)",
          .dim),
        StyledText(
          "V >> 7 = \(value) \(isProbable ? "<" : "≥") M: \(isProbable ? "MPS, R = M" : "LPS, R = L, V −= M << 7")",
          .dim),
      ]
    case .bypass:
      return [
        StyledText(
          "2·V \(event.bin == 1 ? "≥" : "<") R << 7 = \(event.range << 7): \(event.bin)", .dim)
      ]
    case .terminate:
      return [StyledText("R −= 2; V \(event.bin == 1 ? "≥" : "<") R << 7: \(event.bin)", .dim)]
    case .rangeReset: return [StyledText("a block row starts: contexts go back, R = 256", .dim)]
    }
  }

  /// The step of dependent quantization that the level makes.
  private func trellis(_ bin: TracedBin) -> StyledText? {
    guard let trace = bins.trace, trace.tensors.indices.contains(bin.tensor),
      trace.tensors[bin.tensor].dqFlag, let state = bin.walked.state, (0..<8).contains(state),
      let level = bins.level.last?.walked.level
    else { return nil }
    let parity = level & 1
    let next = ProbabilityTables.trellis[2 * state + parity]
    let quantizer = state & 1 == 0 ? "Q0, even multiples" : "Q1, odd multiples and 0"
    return StyledText("trellis state \(state) (\(quantizer)), parity \(parity) → \(next)", .dim)
  }

  /// The level of the selected bin as the path through its binarization.
  func levelLines(_ height: Int, _ glyphs: GlyphSet) -> [StyledText] {
    if hidden.hides(.bin) { return [] }
    let path = bins.level
    guard let bin = bins.selected, let last = path.last, let level = last.walked.level else {
      return [StyledText("not part of a level", .dim)]
    }
    let event = bin.event
    var title = StyledText("level \(level)", .title)
    if let integer = last.walked.integer, Int(integer) != level {
      title.append(" → integer \(integer)")
    }
    title.append("  row \(event.row ?? 0), column \(event.column ?? 0)", .dim)
    let cost = path.reduce(0) { $0 + $1.event.cost }
    title.append("  \(NumberText.fixed(cost, 2)) bit", .number)
    // A long path is cut around the selected bin.
    let room = max(1, height - 1)
    let here = bin.index - (path.first?.index ?? 0)
    let first = max(0, min(here - room / 2, path.count - room))
    return [title]
      + path.enumerated().dropFirst(first).prefix(room).map { place, step in
        branch(step, place, isLast: place + 1 == path.count, isHere: place == here, glyphs)
      }
  }

  private func branch(
    _ step: TracedBin, _ place: Int, isLast: Bool, isHere: Bool, _ glyphs: GlyphSet
  ) -> StyledText {
    let joint = glyphs.junction(isLast ? .bottomLeft : .left) + glyphs.horizontal
    var line = StyledText(isHere ? glyphs.pointer : " ", .normal)
    line += StyledText(joint + " ", .frameLine)
    line += StyledText(step.elementName, isHere ? .coded.adding(.bold) : .coded)
    line.append(" = \(step.event.bin)", .number)
    line.append("  " + Self.meaning(step), .derived)
    return line
  }

  /// What a bin says of its level.
  private static func meaning(_ step: TracedBin) -> String {
    let isOne = step.event.bin == 1
    let index = step.event.element.index
    switch step.event.element.syntaxClass {
    case .sigFlag: return isOne ? "not 0" : "level 0"
    case .signFlag: return isOne ? "negative" : "positive"
    case .absLevelGreater: return isOne ? "|level| > \(index + 1)" : "|level| = \(index + 1)"
    case .absRemainderPrefix:
      return isOne ? "remainder ≥ \((1 << min(index + 1, 40)) - 1)" : "\(index) suffix bits follow"
    case .absRemainderSuffix: return "a bit of the remainder"
    default: return ""
    }
  }
}
