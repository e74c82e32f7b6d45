import NNRReport
import PlainText

/// Values of lessons out of the view of what other choices would have cost.
extension ExplorerModel {
  /// A fact of the tensor under the cursor of What if, or of the stream.
  func lookUpChoice(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.ChoiceFact(rawValue: argument) else { return .missing("no fact") }
    guard whatif.document == current else { return .missing("the command whatif comes first") }
    guard whatif.fraction >= 1 else { return .pending }
    switch fact {
    case .bestSize: return .text(NumberText.grouped(document.stream.size - whatif.savedBytes))
    case .tensor, .bits, .best, .saved, .change: break
    }
    guard whatif.rows.indices.contains(whatif.list.selection),
      let found = whatif.rows[whatif.list.selection].found
    else { return .missing("nothing was searched there") }
    switch fact {
    case .tensor: return .text(ShownText.line(found.tensor.name))
    case .bits: return .text(NumberText.grouped(found.bits))
    case .best: return .text(NumberText.grouped(found.bestBits))
    case .saved, .bestSize: return .text(NumberText.grouped(found.saving))
    case .change: return .text(RecodeText.changes([found]))
    }
  }

  /// A fact of the alternative under the cursor.
  func lookUpAlternative(_ argument: String) -> LessonFinding {
    guard let fact = LessonValue.AlternativeFact(rawValue: argument) else {
      return .missing("no fact")
    }
    guard let alternative = whatif.selected else {
      return running[.alternatives] != nil ? .pending : .missing("no tensor of What if is open")
    }
    switch fact {
    case .knob: return .text(alternative.knob.rawValue)
    case .value: return .text(RecodeText.value(alternative.value))
    case .bits:
      return alternative.bits.map { .text(NumberText.grouped($0)) } ?? .missing("it has no bits")
    }
  }
}
