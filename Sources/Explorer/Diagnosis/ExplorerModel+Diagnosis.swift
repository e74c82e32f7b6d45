import NNRAnalysis
import NNRModel
import TerminalScreen

extension Command {
  /// From a failure to its cause.
  static let diagnosing: [Command] = [
    Command(
      "diagnose", ["d"], .look,
      "why a payload does not decode: where it first looks wrong, which other reading ends well",
      aliases: ["diagnosis"],
      panes: [.outline, .syntax, .bits, .detail, .decode, .problems, .bins, .diagnosis],
      hint: ("diagnose", 2)
    ) { model, _ in
      model.enter(.diagnosis)
      if model.diagnosis.isStopped { model.diagnosis.isStale = true }
      return model.followDiagnosis() + model.decodeSelection()
    }
  ]
}

extension Job.Kind {
  /// Why a payload does not decode.
  static let diagnose = Self("diagnose")
}

extension Job {
  /// Looks for the cause where the payload of a unit does not decode.
  static func diagnose(_ place: OpenStream, _ key: TensorView.Key) -> Job {
    Job(
      .diagnose, progress: Progress("diagnosing"),
      escape: Escape(where: { $0.shows(.diagnosis) }) { model in
        model.diagnosis.isStopped = true
        model.diagnosis.problem = "stopped; \(model.shownKey(of: "diagnose")) begins again"
      }
    ) { context in
      var told = context.now()
      func tell(_ found: PayloadDiagnosis?, _ isComplete: Bool) {
        context.post { if $0.diagnosis.key == key { $0.take(found, isComplete: isComplete) } }
      }
      let found = PayloadDiagnosis(
        place.session, stream: place.number, unit: key.unit, shouldStop: context.isCancelled
      ) { found in
        guard context.now() - told >= .milliseconds(60), !context.isCancelled() else { return }
        told = context.now()
        tell(found, false)
      }
      guard !context.isCancelled() else { return }
      tell(found, true)
    }
  }
}

/// The search for a cause follows the selected unit.
extension ExplorerModel {
  /// Begins the search for another unit than before.
  mutating func followDiagnosis() -> [Effect] {
    let key = TensorView.Key(document: current, unit: location.unit)
    guard diagnosis.key != key || diagnosis.isStale else { return [] }
    diagnosis = DiagnosisState(key: key, list: diagnosis.key == key ? diagnosis.list : ListState())
    let stopped = stop(.diagnose)
    guard document.entry?.type == .compressedData else {
      let key = shownKey(of: "next-tensor")
      diagnosis.problem = "no tensor is selected: \(key) goes to the next one"
      return stopped
    }
    return start(.diagnose(document.source, key))
  }

  /// Takes what was found out by now; nil where there is no arithmetic codeword to look at.
  fileprivate mutating func take(_ found: PayloadDiagnosis?, isComplete: Bool) {
    diagnosis.isComplete = isComplete
    guard let found else {
      diagnosis.problem = "the unit has no arithmetic codeword"
      return
    }
    diagnosis.rows = DiagnosisRow.rows(found, isComplete: isComplete)
    // A line that is not there yet may still come.
    guard isComplete else { return }
    diagnosis.list.settle(count: diagnosis.rows.count, page: page(.diagnosis))
  }

  /// Goes from an event to its bin, and from a reading to the element that says otherwise.
  mutating func openDiagnosis() -> [Effect] {
    guard let row = diagnosis.selected else { return [] }
    if let bin = row.bin {
      remember()
      return stepBins { model in
        model.bins.showsContexts = false
        model.bins.go(to: bin)
      }
    }
    guard let place = place(ofFirst: row.elements) else {
      if !row.elements.isEmpty { tell("no unit up to this one has it", failed: true) }
      return []
    }
    enter(.explorer)
    jump(to: place)
    reveal(place)
    return decodeSelection()
  }

  /// Where the selected unit has one of some elements, or the parameter set before it that does.
  private func place(ofFirst elements: [String]) -> Location? {
    let entries = document.stream.index.entries
    let sets = (0..<location.unit).reversed().filter {
      [.modelParameterSet, .layerParameterSet, .start].contains(entries[$0].type)
    }
    for unit in [location.unit] + sets {
      let nodes = document.stream.tree(unit)?.nodes ?? []
      let node = nodes.firstIndex { node in elements.contains { $0 == node.element?.name } }
      if let node { return Location(unit: unit, node: node, bit: nodes[node].range.start) }
    }
    return nil
  }
}
