import NNRModel
import NNRReport
import PlainText
import TerminalScreen

extension Job.Kind {
  /// The search for the integers that an encoder had.
  static let repair = Self("repair")
}

extension Job {
  /// Looks for the integers that the encoder of a chain had, and decodes with them from then on.
  static func repair(_ session: Session) -> Job {
    Job(
      .repair,
      progress: Progress("searching the encoder's integers") { $0.repairDone },
      escape: Escape { model in
        model.tell("stopped; the decoded integers stay")
      }
    ) { context in
      let repaired = session.repairedChain(shouldStop: context.isCancelled) { done in
        context.post { $0.repairDone = done }
      }
      if context.isCancelled() { return }
      context.postAndAsk { $0.take(repaired, inPlaceOf: session) }
    }
  }
}

extension Command {
  /// The repair of chains.
  static let repairing: [Command] = [
    Command(
      "repair-chain", ["p"], .look,
      "decode the chain with the integers that its encoder had, as far as a search finds them",
      panes: [.problems], hint: ("repair", 4)
    ) { model, _ in model.repairChain() }
  ]
}

extension ExplorerModel {
  /// Begins the search, or shows what it found.
  mutating func repairChain() -> [Effect] {
    let session = document.source.session
    guard session.repair == nil else {
      showRepair()
      return []
    }
    repairDone = 0
    return start(.repair(session))
  }

  /// Decodes with the integers of a repaired chain from now on, where they differ from what was decoded.
  mutating func take(_ repaired: Session, inPlaceOf session: Session) -> [Effect] {
    guard let repair = repaired.repair, !repair.findings.isEmpty || repair.changesDecoding else {
      tell("nothing to repair: the states of quantizer and coder do not part in this chain")
      return []
    }
    let streams = documents.map { document in
      document.source.session === session
        ? OpenStream(repaired, document.source.number, path: document.source.path)
        : document.source
    }
    let effects = replaceAll(by: streams)
    for number in documents.indices where documents[number].source.session === repaired {
      let columns = documents[number].tensors.columns
      if repair.repaired > 0, !columns.contains(TensorColumns.origin) {
        documents[number].tensors.columns.insert(
          TensorColumns.origin, at: min(1, columns.count))
      }
    }
    showRepair()
    return effects
  }

  private mutating func showRepair() {
    overlay = Overlay(title: "The encoder's integers", topic: .repair)
  }

  /// What the search found, in lines.
  func repairLines(_ width: Int) -> [StyledText] {
    let session = document.source.session
    guard let repair = session.repair else { return [] }
    let lines = RepairText.lines(repair, session)
    return lines.flatMap { StyledText.wrap(SafeText.line($0), width: width) }
      + ["", StyledText("\(shownKey(of: "reload")) reads the file as it stands again", .dim)]
  }
}
