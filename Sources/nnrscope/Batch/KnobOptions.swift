import ArgumentParser
import NNRRecode

/// What may be chosen otherwise.
struct KnobOptions: ParsableArguments {
  @Option(help: "The unary length: 1 to 256, best or keep.") var unary = "best"
  @Option(help: "scan_order: 0 to 4, best or keep.") var scan = "best"
  @Option(help: "row_skip_enabled_flag: on, off, best or keep.") var rowSkip = "best"
  @Option(help: "hist_dep_sig_prob_enabled_flag: on, off, best or keep.") var history = "best"
  @Option(help: "Start states of contexts: keep, default or best.") var states = "best"
  @Option(help: "codebook_egk, the order of codes of entries: 0 to 15, best or keep.") var egk =
    "best"
  @Flag(help: "Leave out the entries at the ends of codebooks that no weight has.")
  var trimCodebooks = false
  @Flag(
    help: """
      Give tensors of few values, quantized uniformly, a codebook: integers become others, each weight stays as a 32-bit \
      float. For a file that no update counts from.
      """)
  var codebooks = false

  /// The knobs that the options say, for a chain of `files`.
  func knobs(files: Int) throws -> RecodeKnobs {
    if codebooks, files > 1 {
      throw ExitStatus.usage(
        "--codebooks is for one file: updates count from the integers, and these become others")
    }
    var knobs = RecodeKnobs()
    knobs.codebookOrder = try number(egk, in: 0...15, "--egk")
    knobs.trimsCodebooks = trimCodebooks
    knobs.makesCodebooks = codebooks
    knobs.unaryLength = try number(unary, in: 1...256, "--unary")
    knobs.scanOrder = try number(scan, in: 0...4, "--scan")
    knobs.rowSkip = try flag(rowSkip, "--row-skip")
    knobs.history = try flag(history, "--history")
    guard let states = RecodeKnobs.States(rawValue: states) else {
      throw ExitStatus.usage("--states is keep, default or best, not \(states)")
    }
    knobs.states = states
    return knobs
  }

  private func number(
    _ text: String, in range: ClosedRange<Int>, _ option: String
  ) throws -> RecodeKnobs.Choice {
    switch text {
    case "best": return .best
    case "keep": return .keep
    default:
      guard let number = Int(text), range.contains(number) else {
        throw ExitStatus.usage(
          "\(option) is \(range.lowerBound) to \(range.upperBound), best or keep, not \(text)")
      }
      return .fixed(number)
    }
  }

  private func flag(_ text: String, _ option: String) throws -> RecodeKnobs.Choice {
    switch text {
    case "best": return .best
    case "keep": return .keep
    case "on": return .fixed(1)
    case "off": return .fixed(0)
    default: throw ExitStatus.usage("\(option) is on, off, best or keep, not \(text)")
    }
  }
}
