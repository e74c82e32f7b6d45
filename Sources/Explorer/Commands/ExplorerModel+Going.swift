import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen

/// What the jumps do.
extension ExplorerModel {
  /// Why the stream cannot be searched: what is open shows one tensor; nil if it can.
  var searchProblem: String? {
    switch shown.subject {
    case .syntax: nil
    case .bins, .weights:
      "\(shown.pane.title) shows one tensor; \(shownKey(of: "explorer")) shows the stream to search in"
    }
  }

  /// Shows another of the open files, in the view that is open.
  mutating func showDocument(_ number: Int) -> [Effect] {
    current = number
    follow()
    followSelection()
    return decodeSelection()
  }

  /// Goes to the first view from a list.
  mutating func showPlace() {
    if shown.lines(self) != nil { enter(.explorer) }
  }

  private mutating func fail(_ text: String) -> [Effect] {
    tell(text, failed: true)
    return []
  }

  private mutating func arrive(_ place: Location) -> [Effect] {
    jump(to: place)
    enter(.explorer)
    return decodeSelection()
  }

  /// A byte, a bit, a unit, or the name of an element; nil if the text is none of them.
  mutating func place(_ text: String) -> [Effect]? {
    if text.hasPrefix("u"), let number = Int(text.dropFirst()) { return go(toUnit: "\(number)") }
    if Self.byteAndBit(text) != nil { return go(toBit: text) }
    if SyntaxCatalog.standard.elements.contains(where: { $0.name == text }) {
      return go(toElement: text)
    }
    return nil
  }

  /// Goes to what a text names.
  mutating func go(to text: String) -> [Effect] {
    if let effects = place(text) { return effects }
    if !document.survey.units(named: text).isEmpty { return go(toTensor: text) }
    return fail(
      "no place \(text)"
        + (didYouMean(text) ?? ": try 0x1f4, 0x1f4.3, u12, or a name of an element or tensor"))
  }

  /// The tensors whose names are most like a text, as the end of a sentence; nil if none is.
  private func didYouMean(_ text: String) -> String? {
    let names = document.survey.tensors.lazy.flatMap { document.survey.units[$0].names }
    let near = NearNames.of(text, among: Array(names.prefix(10_000)))
    return near.isEmpty ? nil : "; did you mean \(near.joined(separator: ", "))?"
  }

  /// Reads `0x1f4.3` or `500`.
  private static func byteAndBit(_ text: String) -> (byte: Int, bit: Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let byte =
      first.lowercased().hasPrefix("0x") ? Int(first.dropFirst(2), radix: 16) : Int(first)
    guard let byte, byte >= 0 else { return nil }
    guard parts.count == 2 else { return (byte, 0) }
    guard let bit = Int(parts[1]), (0...7).contains(bit) else { return nil }
    return (byte, bit)
  }

  /// Goes to a bit of the file.
  mutating func go(toBit text: String) -> [Effect] {
    guard let (byte, bit) = Self.byteAndBit(text) else {
      return fail("\(text) is no place: write 0x1f4 or 0x1f4.3")
    }
    guard let found = document.stream.source.byte(atFileOffset: byte),
      let place = Location.at(fileBit: found * 8 + bit, in: document.stream)
    else { return fail("byte \(byte) is behind the end (\(document.stream.size) bytes)") }
    return arrive(place)
  }

  /// Goes to a unit.
  mutating func go(toUnit text: String) -> [Effect] {
    guard let unit = Int(text), unit >= 0, unit < document.stream.unitCount else {
      return fail("units are numbered 0 to \(max(0, document.stream.unitCount - 1))")
    }
    return arrive(Location(unit: unit))
  }

  /// Goes to a tensor, or to the first whose name holds the text.
  mutating func go(toTensor text: String) -> [Effect] {
    let survey = document.survey
    let exact = survey.units(named: text).first
    let near =
      exact
      ?? survey.tensors.first { unit in
        survey.units[unit].names.contains { $0.contains(text) }
      }
    guard let unit = near, !text.isEmpty else {
      return fail(
        "no tensor \(text)"
          + (didYouMean(text) ?? (survey.isComplete ? "" : " among those read so far")))
    }
    return arrive(Location(unit: unit))
  }

  /// Goes to the next element of a name: in this unit at once, in others by a search.
  mutating func go(toElement name: String) -> [Effect] {
    guard SyntaxCatalog.standard.elements.contains(where: { $0.name == name }) else {
      return fail("no element \(name)")
    }
    showPlace()
    return beginSearch(.element(name), input: name, origin: location)
  }

  /// Goes to the next or the previous one of a kind, in the list that is open or in the stream; a sentence if there is none.
  mutating func go(_ stride: Stride, forward: Bool) -> String? {
    let isList = shown.selection(ofLine: selectedLine(of: view), self) != nil
    if shown.strides.contains(stride) || isList && (stride == .unit || stride == .tensor) {
      return shown.go(stride, forward: forward, &self)
    }
    let problem =
      switch stride {
      case .unit: goToUnit(forward: forward) { _ in true }
      case .tensor: goToUnit(forward: forward) { $0 == .compressedData }
      case .element: goToElement(forward ? 1 : -1)
      case .problem: goToFinding(forward: forward)
      }
    if problem == nil { followSelection(orSelect: false) }
    return problem
  }

  /// Goes to the next unit of a kind; a sentence if there is none.
  mutating func goToUnit(forward: Bool, _ fits: (UnitType?) -> Bool) -> String? {
    let entries = document.stream.index.entries
    var unit = location.unit
    while true {
      unit += forward ? 1 : -1
      guard entries.indices.contains(unit) else {
        return "no \(forward ? "further" : "earlier") one"
      }
      if fits(entries[unit].type) { break }
    }
    jump(to: Location(unit: unit))
    return nil
  }

  /// Goes some elements on.
  mutating func goToElement(_ step: Int) -> String? {
    let places = document.syntax.places
    guard !places.isEmpty else { return "no elements here" }
    let row =
      location.node == nil
      ? (step > 0 ? 0 : places.count - 1) : document.syntax.row(of: location.node) + step
    guard places.indices.contains(row) else {
      return "no \(step > 0 ? "further" : "earlier") one in this unit"
    }
    selectSyntax(row)
    return nil
  }

  /// Goes to the next broken rule; a sentence if there is none.
  mutating func goToFinding(forward: Bool) -> String? {
    let findings = document.survey.shown
    let here = (location.unit, location.bit)
    func at(_ finding: Survey.Finding) -> (Int, Int) {
      (finding.unit, finding.diagnostic.range.start)
    }
    // Findings are in the order of units, but not always of bits within one.
    let found =
      forward
      ? findings.filter { at($0) > here }.min { at($0) < at($1) }
      : findings.filter { at($0) < here }.max { at($0) < at($1) }
    guard let found else {
      return document.survey.isComplete
        ? "no \(forward ? "further" : "earlier") broken rule" : "none found yet, still reading"
    }
    let place = place(of: found)
    jump(to: place)
    reveal(place)
    tell(
      "\(found.diagnostic.severity.letter) \(found.diagnostic.rule.id) \(found.diagnostic.message)")
    return nil
  }
}
