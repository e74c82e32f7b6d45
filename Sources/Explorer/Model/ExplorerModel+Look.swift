import TerminalScreen

extension ExplorerModel {
  /// What was chosen beside the documents: the view, its panes, and where views of several documents stand.
  ///
  /// A step of a lesson begins with a new one.
  struct Look: Sendable {
    /// What fills the screen.
    var view = Pane.explorer
    /// Where Esc leads back to, the last step first to be undone.
    var way: [BackStep] = []
    /// The pane of the first view that has the keyboard there.
    var pane = Pane.outline
    /// What shares the room below the syntax table where both do not fit.
    var strip = Pane.bits
    /// Whether one pane has the whole screen.
    var isZoomed = false
    /// The search in the lines of a list.
    var lineSearch = LineSearch()
    /// The bin stepper.
    var bins = BinsState()
    /// The update tree.
    var updates = UpdatesState()
    /// What the file carries that the stream is a part of.
    var carriers = CarriersState()
    /// What the tensors of a stream could save.
    var whatif = WhatifState()
    /// What an encoder could do otherwise.
    var advice = AdviceState()
    /// The search for the cause where a payload does not decode.
    var diagnosis = DiagnosisState()
    /// Two streams side by side.
    var diff = DiffState()
    /// The open files as runs.
    var compare = CompareState()
    /// Selection and scroll position of the list of notes and marks.
    var notesList = ListState()

    /// Has everything worked out again where it stands: the streams are other ones now.
    mutating func forgetStreams() {
      bins.reopen()
      diagnosis.isStale = true
      updates.isLoaded = false
      diff.isStale = true
      compare.forget()
      carriers.document = nil
      whatif = WhatifState()
      advice.document = nil
    }
  }

  /// A document as it is looked at first.
  func firstLook(_ number: Int) -> DocumentState.Look {
    var look = DocumentState.Look(units: documents[number].stream.unitCount)
    look.tensors.columns = usualColumns
    return look
  }

  /// Looks at everything as at the start; work that was asked for ends.
  mutating func beginAnew() -> [Effect] {
    let effects = stop(where: { $0.urgency == .asked && $0.kind != .export })
    overlay = nil
    search = nil
    look = Look()
    current = 0
    for number in documents.indices { documents[number].take(firstLook(number)) }
    select(Location())
    return effects
  }

  /// Whether the view that is open shows figures of all tensors.
  var showsFigures: Bool {
    shows(.tensors) || shows(.costs) || shows(.heat) && document.cell.scalesToStream
  }
}

/// What was chosen, as if it stood in the model itself.
extension ExplorerModel {
  var view: Pane {
    get { look.view }
    _modify { yield &look.view }
  }
  var way: [BackStep] {
    get { look.way }
    _modify { yield &look.way }
  }
  var pane: Pane {
    get { look.pane }
    _modify { yield &look.pane }
  }
  var strip: Pane {
    get { look.strip }
    _modify { yield &look.strip }
  }
  var isZoomed: Bool {
    get { look.isZoomed }
    _modify { yield &look.isZoomed }
  }
  var lineSearch: LineSearch {
    get { look.lineSearch }
    _modify { yield &look.lineSearch }
  }
  var bins: BinsState {
    get { look.bins }
    _modify { yield &look.bins }
  }
  var updates: UpdatesState {
    get { look.updates }
    _modify { yield &look.updates }
  }
  var diagnosis: DiagnosisState {
    get { look.diagnosis }
    _modify { yield &look.diagnosis }
  }
  var carriers: CarriersState {
    get { look.carriers }
    _modify { yield &look.carriers }
  }
  var whatif: WhatifState {
    get { look.whatif }
    _modify { yield &look.whatif }
  }
  var advice: AdviceState {
    get { look.advice }
    _modify { yield &look.advice }
  }
  var diff: DiffState {
    get { look.diff }
    _modify { yield &look.diff }
  }
  var compare: CompareState {
    get { look.compare }
    _modify { yield &look.compare }
  }
  var notesList: ListState {
    get { look.notesList }
    _modify { yield &look.notesList }
  }
}
