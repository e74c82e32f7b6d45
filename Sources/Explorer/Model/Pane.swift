/// A part of the screen that can have the keyboard.
public enum Pane: String, CaseIterable, Sendable {
  /// The units, or the model.
  case outline
  /// The elements of the selected unit.
  case syntax
  /// Bytes and bits.
  case bits
  /// What the selected element is.
  case detail
  /// The weights of the selected tensor.
  case decode
  /// The tensors table, a view of its own.
  case tensors
  /// The broken rules, a view of its own.
  case diagnostics
  /// Why a payload does not decode, a view of its own.
  case diagnosis
  /// The bin stepper, a view of its own.
  case bins
  /// The update tree, a view of its own.
  case updates
  /// Two streams side by side, a view of its own.
  case diff
  /// Notes and marks, a view of their own.
  case notes
  /// Who paid which bits, a view of its own.
  case costs
  /// The selected tensor as shaded cells, a view of its own.
  case heat
  /// The selected tensor as numbers, a view of its own.
  case values
  /// The lesson, beside whichever view.
  case lesson

  /// The panes of the first view, in the order of Tab.
  static let explorer: [Pane] = [.outline, .syntax, .bits, .decode, .detail]

  /// The name in captions.
  var title: String {
    switch self {
    case .outline: "Outline"
    case .syntax: "Syntax"
    case .bits: "Bits"
    case .detail: "Detail"
    case .decode: "Decode"
    case .tensors: "Tensors"
    case .diagnostics: "Diagnostics"
    case .diagnosis: "Diagnosis"
    case .bins: "Bins"
    case .updates: "Updates"
    case .diff: "Diff"
    case .notes: "Notes"
    case .costs: "Costs"
    case .heat: "Heat map"
    case .values: "Values"
    case .lesson: "Lesson"
    }
  }
}

/// What fills the screen.
enum ExplorerView: String, CaseIterable, Sendable, Hashable {
  /// Outline, syntax, bits, detail and decode.
  case explorer
  /// The tensors table.
  case tensors
  /// The list of broken rules.
  case diagnostics
  /// Why a payload does not decode.
  case diagnosis
  /// The bin stepper.
  case bins
  /// The update tree.
  case updates
  /// Two streams side by side.
  case diff
  /// Notes and marks.
  case notes
  /// Who paid which bits.
  case costs
  /// The heat map of the selected tensor.
  case heat
  /// The numbers of the selected tensor.
  case values

  /// What it lists in place of the one that is selected; nil if it shows the selected place, or what is coded there.
  var list: String? {
    switch self {
    case .explorer, .diagnosis, .bins, .heat, .values: nil
    case .tensors: "the table of tensors"
    case .diagnostics: "the list of broken rules"
    case .updates: "the tree of updates"
    case .diff: "the list of differences"
    case .notes: "the list of notes"
    case .costs: "the list of costs"
    }
  }
}
