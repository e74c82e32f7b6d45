/// The views by their names.
///
/// A new one is a folder and a line here.
struct Views: Sendable {
  /// The views of the explorer, in the order of their keys; then those without a number, and the parts of the first.
  static let standard = Views([
    FirstView(), TensorsView(), CostsView(), BinsView(), UpdatesView(), ProblemsView(), DiffView(),
    WhatifView(), CompareView(), CarriersView(), AdviceView(), NotesView(), DiagnosisView(),
    HeatView(),
    ValuesView(),
    OutlineView(), SyntaxView(), BitsView(), DecodeView(), DetailView(), LessonView(),
  ])

  /// All of them.
  let all: [any View]
  private let places: [Pane: Int]

  /// Some views, the first of which is there from the start.
  init(_ views: [any View]) {
    all = views
    places = Dictionary(
      views.enumerated().map { ($1.pane, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// These and another one.
  func adding(_ view: any View) -> Views { Views(all + [view]) }

  /// Their names.
  var panes: [Pane] { all.map(\.pane) }

  /// The view with a name; the first for one that is not here.
  subscript(pane: Pane) -> any View { all[places[pane] ?? 0] }

  /// The pane with a name.
  func pane(named name: String) -> Pane? { panes.first { $0.name == name } }
}

/// Where names become views: all that depends on which one is open goes through here.
extension ExplorerModel {
  /// Whether a view is open.
  func shows(_ pane: Pane) -> Bool { view == pane }

  /// The pane of the view that has the keyboard, or had it before the lesson: a part of the first view, or all of another.
  var front: Pane { shows(.explorer) ? pane : view }

  /// What has the keyboard.
  public var focus: Pane { lesson?.hasFocus ?? false ? .lesson : front }

  /// Whether a pane has the keyboard.
  func hasKeyboard(_ pane: Pane) -> Bool { focus == pane }

  /// What has the keyboard, as a value.
  var focused: any View { views[focus] }

  /// What fills the screen, as a value.
  var shown: any View { views[view] }
}

extension Command {
  /// The command that opens a view.
  static func opening(
    _ pane: Pane, _ keys: [String], _ help: String, aliases: [String] = [],
    hint: (String, Int)? = nil
  ) -> Command {
    Command(pane.name, keys, .look, help, aliases: aliases, hint: hint) { model, _ in
      model.open(pane)
    }
  }
}
