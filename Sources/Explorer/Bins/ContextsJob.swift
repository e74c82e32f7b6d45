import NNRAnalysis

extension Job.Kind {
  /// The contexts of the tensor that is stepped through.
  static let contexts = Self("contexts")
}

extension Job {
  /// Walks all bins of a tensor for its contexts.
  static func contexts(_ trace: BinTrace, tensor: Int, key: TensorView.Key) -> Job {
    Job(.contexts, progress: Progress("walking")) { context in
      var trace = trace
      let found = ContextCurves(&trace, tensor: tensor, shouldStop: context.isCancelled)
      guard !context.isCancelled() else { return }
      let walked = trace
      context.post { model in
        guard model.bins.key == key, model.bins.contextsTensor == tensor else { return }
        model.take(found, walked)
      }
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
    guard bins.showsContexts, let key = bins.key, let trace = bins.trace,
      let tensor = bins.selected?.tensor, bins.contextsTensor != tensor
    else { return [] }
    bins.contextsTensor = tensor
    bins.contexts = nil
    bins.contextsProblem = nil
    return start(.contexts(trace, tensor: tensor, key: key))
  }

  /// Ends the walk, if there is one.
  mutating func stopContexts() -> [Effect] {
    if running[.contexts] != nil { bins.contextsTensor = nil }
    return stop(.contexts)
  }

  /// Takes the contexts of the tensor, nil if the decoder does not get to it, and what the trace learned on the way.
  fileprivate mutating func take(_ found: ContextCurves?, _ trace: BinTrace) {
    bins.contexts = found
    if bins.count == nil { bins.trace = trace }
    bins.contextsProblem = found == nil ? "the decoder does not get to the tensor" : nil
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
