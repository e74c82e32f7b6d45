import NNRAnalysis

/// News of the contexts of a tensor.
public struct ContextsReport: Sendable {
  let key: TensorView.Key
  let tensor: Int
  /// The trace with what it learned on the way.
  let trace: BinTrace
  /// The contexts; nil if the decoder does not get to the tensor.
  let contexts: ContextCurves?
}

extension Job {
  /// Walks all bins of a tensor for its contexts.
  static func contexts(
    _ trace: BinTrace, tensor: Int, key: TensorView.Key, generation: Int
  ) -> Job {
    Job(kind: .contexts, generation: generation) { context in
      var trace = trace
      let found = ContextCurves(&trace, tensor: tensor, shouldStop: context.isCancelled)
      guard !context.isCancelled() else { return }
      context.post(
        .contexts(ContextsReport(key: key, tensor: tensor, trace: trace, contexts: found)))
      context.post(.finished)
    }
  }
}

extension ExplorerModel {
  /// Shows the contexts in place of the bins, or the bins again.
  mutating func toggleContexts() -> [Effect] {
    bins.showsContexts.toggle()
    guard bins.showsContexts else { return stopContexts() }
    selectContextOfBin()
    return followContexts()
  }

  /// Walks the tensor of the selected bin, if its contexts are shown and not known.
  mutating func followContexts() -> [Effect] {
    guard view == .bins, bins.showsContexts, let key = bins.key, let trace = bins.trace,
      let tensor = bins.selected?.tensor, bins.contextsTensor != tensor
    else { return [] }
    bins.contextsTensor = tensor
    bins.contexts = nil
    bins.contextsProblem = nil
    let number = nextGeneration(.contexts)
    return [.start(.contexts(trace, tensor: tensor, key: key, generation: number))]
  }

  /// Ends the walk, if there is one.
  mutating func stopContexts() -> [Effect] {
    guard running.removeValue(forKey: .contexts) != nil else { return [] }
    bins.contextsTensor = nil
    return [.cancel(.contexts)]
  }

  /// Takes the contexts that the background found.
  mutating func take(_ report: ContextsReport) {
    guard report.key == bins.key, report.tensor == bins.contextsTensor else { return }
    bins.contexts = report.contexts
    if bins.count == nil { bins.trace = report.trace }
    bins.contextsProblem = report.contexts == nil ? "the decoder does not get to the tensor" : nil
    selectContextOfBin()
  }

  /// Selects the context of the selected bin.
  private mutating func selectContextOfBin() {
    guard let context = bins.selected?.event.context,
      let row = bins.contexts?.contexts.firstIndex(where: { $0.context == context })
    else { return }
    bins.contextList.select(row, count: contextCount, page: page(.bins))
  }

  /// Goes from the selected context to its next bin, or to its first.
  mutating func openContext() {
    guard let curve = bins.selectedContext else { return }
    bins.showsContexts = false
    if bins.index < curve.first {
      bins.go(to: curve.first)
    } else if bins.selected?.event.context != curve.context {
      bins.run(.context(curve.context), forward: true)
    }
  }
}
