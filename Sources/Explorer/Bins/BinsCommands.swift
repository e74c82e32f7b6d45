import NNRAnalysis
import TerminalScreen

extension Command {
  private static func run(
    _ name: String, _ key: String, _ help: String, forward: Bool, hint: (String, Int)? = nil,
    _ target: @escaping @Sendable (ExplorerModel) -> BinTarget
  ) -> Command {
    Command(name, [key], .look, help, panes: [.bins], hint: hint) { model, _ in
      let wanted = target(model)
      model.bins.run(wanted, forward: forward)
      return model.followBins()
    }
  }

  private static func number(
    _ name: String, _ label: String, _ help: String,
    _ use: @escaping @Sendable (inout ExplorerModel, Double) -> Void
  ) -> Command {
    Command(name, [], .look, help, argument: .text(label)) { model, text in
      guard let value = Double(text), value >= 0, value.isFinite, value < 1e15 else {
        model.tell("\(name) needs a number from 0 to 10^15", failed: true)
        return []
      }
      return model.stepBins { use(&$0, value) }
    }
  }

  /// The bin stepper.
  static let stepping: [Command] = [
    .opening(.bins, ["4"], "step through the arithmetic decoder"),
    run("next-level", "] l", "first bin of the next level", forward: true, hint: ("level", 6)) {
      _ in .level
    },
    run("previous-level", "[ l", "first bin of the level before", forward: false) { _ in .level },
    run("next-row", "] r", "first bin of the next row", forward: true, hint: ("row", 4)) { _ in
      .row
    },
    run("previous-row", "[ r", "first bin of the row before", forward: false) { _ in .row },
    run(
      "next-lps", "] p", "next bin that is the less probable symbol", forward: true,
      hint: ("improbable", 5)
    ) { _ in .leastProbable },
    run("previous-lps", "[ p", "bin before that is the less probable symbol", forward: false) {
      _ in .leastProbable
    },
    run("next-costly", "] c", "next bin above the cost threshold", forward: true) {
      .cost(above: $0.bins.threshold)
    },
    run("previous-costly", "[ c", "bin before above the cost threshold", forward: false) {
      .cost(above: $0.bins.threshold)
    },
    run("next-of-context", "] x", "next bin of the same context", forward: true) {
      .context($0.bins.context)
    },
    run("previous-of-context", "[ x", "bin before of the same context", forward: false) {
      .context($0.bins.context)
    },
    Command(
      "contexts", ["c"], .look, "the contexts with their probability over time, or the bins",
      panes: [.bins], hint: ("contexts", 6)
    ) { model, _ in model.toggleContexts() },
    run("next-part", "] b", "first bin of the next tensor of the unit", forward: true) { _ in
      .tensor
    },
    run("previous-part", "[ b", "first bin of a tensor before", forward: false) { _ in .tensor },
    number("cost-over", "BITS", "next bin that costs more than so many bits") { model, bits in
      model.bins.threshold = bits
      model.bins.run(.cost(above: bits), forward: true)
    },
    number("bin", "NUMBER", "a bin of the payload by its number") { model, number in
      model.bins.jump(to: Int(number))
    },
    number("payload-bit", "BIT", "the bin that takes up a bit of the payload") { model, bit in
      model.bins.wanted = .bit(Int(bit), from: model.bins.index)
    },
  ]
}
