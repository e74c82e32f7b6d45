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
    case .grown(let streams): return grow(to: streams)
    case .reloaded(let streams, let problem):
      guard streams.count == documents.count else {
        return follow(.reload) { model in
          model.tell("cannot reload: \(problem)", failed: true)
          return []
        }
      }
      let effects = replaceAll(by: streams)
      tell("reloaded")
      return effects
    }
  }

  private mutating func update(_ event: Event) -> [Effect] {
    switch event {
    case .key(let key): return press(key)
    case .mouse(let mouse):
      let before = (current, location)
      let effects = update(mouse)
      if before != (current, location), shown.lines(self) == nil {
        note("bit \(bitAddress)")
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

  /// Puts other streams in the places of all.
  mutating func replaceAll(by streams: [OpenStream]) -> [Effect] {
    // The session behind the streams is another one now, so all of them are replaced, and work on them is in vain.
    var effects = stop(where: { $0.kind != .export && $0.kind != .search })
    look.forgetStreams()
    effects += streams.indices.flatMap { replace($0, by: streams[$0]) }
    return effects + decodeSelection()
  }

  /// Takes other streams in place of all: those that were open are looked at as before, new ones from their start.
  mutating func grow(to streams: [OpenStream]) -> [Effect] {
    guard !streams.isEmpty else { return [] }
    let paths = documents.map(\.path)
    let known = streams.map { stream in
      stream.path.isEmpty ? nil : paths.firstIndex(of: stream.path)
    }
    var effects = stop(where: { $0.kind != .export && $0.kind != .search })
    look.forgetStreams()
    // Numbers of documents mean others where some were put in between, or are gone.
    let stay = known.enumerated().allSatisfy { $1 == nil || $0 == $1 } && known.count >= paths.count
    if !stay { diff = DiffState() }
    let before = documents
    let shown = current
    documents = zip(streams, known).map { stream, place in
      place.map { before[$0] } ?? DocumentState(stream)
    }
    current = known.firstIndex { $0 == shown } ?? 0
    compare.column = current
    updates.column = current
    for (number, place) in known.enumerated() {
      if place == nil {
        documents[number].take(firstLook(number))
        effects += survey(number)
      } else {
        effects += replace(number, by: streams[number])
      }
    }
    let new = known.count { $0 == nil }
    tell(
      new > 0
        ? "\(NumberText.count(new, "more file")), \(documents.count) in all" : "files are gone")
    return effects + decodeSelection()
  }

  /// Puts another stream in the place of one, which is looked at as the one before was.
  private mutating func replace(_ number: Int, by source: OpenStream) -> [Effect] {
    let shown = current
    current = number
    let old = document
    var look = old.look(at: source)
    // The cursor goes back to its weight as soon as that is decoded.
    if look.cell.target == nil, let grid = shownGrid {
      look.cell.target = look.cell.row.saturatingMultiply(grid.width)
        .saturatingAdd(look.cell.column)
    }
    document = DocumentState(source)
    document.take(look)
    document.notes = old.notes
    var effects = survey(number)
    if !look.filter.isEmpty { effects += beginFilter(look.filter) }
    follow()
    if old.outline.isOpen(old.location.unit) { reveal(location) }
    effects += startFigures()
    // The view of differences begins its own again.
    let isInView = shows(.diff) && diff.pair?.a == number && diff.reference != nil
    if let path = look.referencePath, !isInView || diff.isStopped {
      effects += beginComparison(against: path)
    }
    current = shown
    return effects
  }
}
