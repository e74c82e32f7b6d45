import NNRAnalysis
import NNRModel
import NNRReport
import TerminalScreen

/// The bin stepper follows keys and the selected tensor.
extension ExplorerModel {
  /// Starts what the stepper lacks: the bins of another tensor, or what a key asked for.
  mutating func followBins() -> [Effect] {
    guard shows(.bins) else { return [] }
    let key = TensorView.Key(document: current, unit: location.unit)
    if bins.key != key {
      let (threshold, showsContexts) = (bins.threshold, bins.showsContexts)
      let place = bins.place?.key == key ? bins.place : nil
      bins = BinsState(place: place, threshold: threshold, showsContexts: showsContexts)
      bins.key = key
      let stopped = stop(.bins) + stop(.contexts)
      guard document.entry?.type == .compressedData else {
        bins.problem = "no tensor is selected: \(shownKey(of: "next-tensor")) goes to the next one"
        return stopped
      }
      bins.wanted = place.map { .index($0.index) } ?? .open
    }
    guard let request = bins.wanted else { return followContexts() }
    bins.wanted = nil
    if case .nothing(_, let isForward) = request {
      tell(isForward ? "no further one" : "no earlier one")
      return []
    }
    // What is already under way brings bins too; only a real target replaces it.
    if case .window = request, running[.bins] != nil { return [] }
    return start(.bins(request, bins.trace, key: key, of: document.source))
  }

  /// Shows the bins and goes where `step` says; a payload that is being opened goes there as soon as it is open.
  mutating func stepBins(_ step: (inout ExplorerModel) -> Void) -> [Effect] {
    enter(.bins)
    let opening = followBins()
    step(&self)
    return opening + followBins()
  }

  /// Shows the payload bit of the selected bin in the first view.
  mutating func showBinInSyntax() {
    guard let bin = bins.selected, let entry = document.entry, let unit = bins.trace?.decoding.unit
    else { return }
    let bit = (unit.payload.lowerBound - entry.offset) * 8 + bin.event.position
    enter(.explorer)
    pane = .bits
    strip = .bits
    jump(to: Location(unit: location.unit, node: document.tree?.leaf(atBit: bit), bit: bit))
  }

  /// Selects the bin or the context in a row of the table.
  mutating func clickBin(_ row: Int) {
    let page = page(.bins)
    guard row >= 0, row < page else { return }
    if bins.showsContexts {
      let top = bins.contextList.settled(count: contextCount, page: page).top
      bins.contextList.select(top + row, count: contextCount, page: page)
    } else if let first = bins.window.first?.index {
      bins.go(to: first + binsList(page).settled(count: bins.window.count, page: page).top + row)
    }
  }

  /// The selected bin stays a third from the top, so that what led to it and what follows are seen.
  func binsList(_ page: Int) -> ListState {
    let place = bins.index - (bins.window.first?.index ?? 0)
    return ListState(selection: place, top: max(0, place - page / 3))
  }

  /// Moves by bins.
  mutating func moveBins(_ motion: Motion) {
    let page = page(.bins)
    if bins.showsContexts {
      return bins.contextList.move(motion, count: contextCount, page: page)
    }
    switch motion {
    case .up: bins.go(to: bins.index - 1)
    case .down: bins.go(to: bins.index + 1)
    case .pageUp: bins.go(to: bins.index - page)
    case .pageDown: bins.go(to: bins.index + page)
    case .halfPageUp: bins.go(to: bins.index - max(1, page / 2))
    case .halfPageDown: bins.go(to: bins.index + max(1, page / 2))
    case .home: bins.go(to: 0)
    case .end: bins.wanted = .end
    }
  }
}
