import NNRModel
import PlainText
import TerminalScreen

/// What events do.
extension ExplorerModel {
  /// Takes an event; the effects are for the outside.
  public mutating func update(_ event: ExplorerEvent) -> [Effect] {
    let effects = respond(to: event)
    return lesson == nil ? effects : effects + continueLesson()
  }

  private mutating func respond(to event: ExplorerEvent) -> [Effect] {
    switch event {
    case .input(let event): return update(event)
    case .report(let report): return follow(.job(report.kind)) { $0.update(report) }
    case .told(let text, let failed):
      tell(text, failed: failed)
      return []
    case .opened(let streams, let path, let problem):
      return follow(.file(path)) { $0.add(streams, path: path, problem: problem) }
    case .changed(let place, let text):
      guard documents.indices.contains(place), documents[place].change != text else { return [] }
      documents[place].change = text
      return follows ? [.reload] : []
    case .reloaded(let streams, let problem):
      guard streams.count == documents.count else {
        return follow(.reload) { model in
          model.tell("cannot reload: \(problem)", failed: true)
          return []
        }
      }
      // The session behind the streams is another one now, so all of them are replaced.
      let effects = streams.indices.flatMap { replace($0, by: streams[$0]) }
      tell("reloaded")
      return effects + decodeSelection()
    }
  }

  private mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse):
      let before = (current, location)
      let effects = update(mouse)
      if before != (current, location) {
        note("bit \(NumberText.address(fileBit / 8)).\(fileBit % 8)")
      }
      return effects
    case .resize(let size):
      self.size = size
      follow()
      moveCell(row: document.cell.row, column: document.cell.column)
      arrangeCosts()
      return refreshHeat()
    case .paste(let text):
      guard prompt != nil else { return [] }
      _ = prompt?.line.insert(text)
      return promptEdited()
    case .tick, .wake: return []
    case .resumed: return [.repaint]
    case .quit: return [.quit]
    }
  }

  private mutating func update(_ report: JobReport) -> [Effect] {
    // Late news of a job that was replaced says nothing about the present.
    guard running[report.kind] == report.generation else { return [] }
    switch report.content {
    case .surveyed(let batch, let fraction):
      guard case .survey(let place) = report.kind, documents.indices.contains(place) else { break }
      documents[place].survey.add(batch, fraction: fraction)
      guard place == current, !batch.isEmpty else { break }
      if document.projection == .model {
        document.modelOutline.update(document.survey)
        follow()
      }
    case .found(let batch, let fraction):
      search?.add(batch, fraction: fraction)
      guard let search, search.wantsJump,
        let match = search.next(from: search.origin, forward: true, including: prompt != nil)
      else { break }
      self.search?.wantsJump = false
      view = .explorer
      if prompt == nil { remember() }
      show(match)
      return decodeSelection()
    case .filtered(let batch, _):
      filtering += batch
      document.outline.show(filtering)
      follow()
    case .decoded(let view):
      guard view.key == document.tensorView?.key else { break }
      document.tensorView = view
      settleCell()
      // News while cells are being worked out waits for them; the last always counts.
      if view.fraction >= 1 || running[.heat] == nil { return refreshHeat(evenIfSame: true) }
    case .traced(let found):
      take(found)
      return followBins() + followContexts()
    case .contexts(let found): take(found)
    case .diagnosed(let found): take(found)
    case .updated(let cells, let fraction): updates.add(cells, fraction: fraction)
    case .compared(let found): take(found)
    case .against(let found): take(found)
    case .tensors, .costs:
      if case .figures(let place) = report.kind { take(report.content, figuresOf: place) }
    case .parts(let parts): take(parts)
    case .heat(let image):
      document.cell.image = image
      document.cell.wanted = nil
    case .checking(let fraction):
      if case .check(let place) = report.kind, documents.indices.contains(place) {
        documents[place].checked = fraction
      }
    case .checked(let breaches, let decoded):
      if case .check(let place) = report.kind { take(breaches, decoded: decoded, of: place) }
    case .told(let text, let failed): tell(text, failed: failed)
    case .finished:
      running[report.kind] = nil
      finish(report.kind)
      // A check that was asked for goes on.
      if case .survey(let place) = report.kind, running[.check(document: place)] == nil,
        !documents[place].survey.isChecked.decoding
      {
        return check(place, decodes: documents[place].checksPayloads)
      }
    }
    return []
  }

  private mutating func finish(_ kind: Job.Kind) {
    switch kind {
    case .search:
      guard let search, prompt == nil else { return }
      let count = search.matches.count
      if count == 0 {
        tell("no match for \(search.input)", failed: true)
      } else {
        let here = SearchMatch(unit: location.unit, node: location.node, bit: location.bit)
        tell("match \(min(count, search.number(of: here))) of \(count): \(search.input)")
      }
    case .filter:
      tell(
        "\(NumberText.count(filtering.count, "unit")) fit \(document.filter); \(shownKey(of: "escape")) shows all"
      )
    case .survey(let place):
      if documents.indices.contains(place), documents[place].projection == .model {
        documents[place].modelOutline.update(documents[place].survey)
        follow()
      }
    case .decode, .bins, .contexts, .diagnose, .updates, .diff, .against, .figures, .parts, .heat,
      .check,
      .export:
      break
    }
  }

  /// Puts another stream in the place of one, keeping where the panes stand.
  mutating func replace(_ number: Int, by stream: NNRStream) -> [Effect] {
    var new = DocumentState(stream, path: documents[number].path)
    let old = documents[number]
    let place = old.location.carried(from: old, to: stream)
    new.location = place
    new.projection = old.projection
    new.findingsList = old.findingsList
    new.outlineList = old.outlineList
    new.tensors = old.tensors
    new.costs.order = old.costs.order
    new.costs.mode = old.costs.mode
    new.standard.isShown = old.standard.isShown
    new.notes = old.notes
    new.checksPayloads = old.checksPayloads
    let wasOpen = old.outline.isOpen(old.location.unit)
    new.figures.referencePath = old.figures.referencePath
    documents[number] = new
    bins.reopen()
    diagnosis.key = nil
    updates.isLoaded = false
    diff.isStale = true
    let shown = current
    current = number
    var effects = [survey(number)]
    if !old.filter.isEmpty { effects += beginFilter(old.filter) }
    select(place)
    if wasOpen { reveal(location) }
    if view == .tensors || view == .costs { effects += beginFigures() }
    // The view of differences begins its own again.
    let isInView = view == .diff && diff.pair?.a == number && diff.reference != nil
    if let path = old.figures.referencePath, !isInView || diff.isStopped {
      effects += beginComparison(against: path)
    }
    current = shown
    return effects
  }
}
