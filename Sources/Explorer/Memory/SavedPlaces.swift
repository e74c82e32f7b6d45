import PlainText
import TerminalScreen

/// What is kept of a file between two runs: the last place, marks, notes, how it was looked at.
///
/// A line for each: `size BYTES`, `at UNIT BIT`, `mark LETTER UNIT BIT`, `note UNIT BIT NAME TEXT`, `look WHAT VALUE`. Lines
/// that are not understood are left out, so that an older program reads what a newer one wrote.
public struct SavedPlaces: Sendable, Hashable {
  /// The most lines that are read.
  private static let limit = 2 * NoteBook.limit

  /// The bytes of the file when the place was kept.
  public var size: Int
  /// The last place.
  public var last: Location?
  /// The marks.
  public var marks: [Character: Location] = [:]
  /// The notes.
  var notes = NoteBook()
  /// How it was looked at.
  var look = SavedLook()

  /// Nothing kept of a file of some size.
  public init(size: Int) { self.size = size }

  /// Reads what `text` wrote; nil if it holds nothing of the kind.
  public init?(_ text: String) {
    self.init(size: -1)
    for line in text.split(whereSeparator: \.isNewline).prefix(Self.limit) { read(line) }
    if size < 0 { return nil }
  }

  private mutating func read(_ line: Substring) {
    if line.hasPrefix("look ") { return look.read(line) }
    if line.hasPrefix("note ") { return readNote(line) }
    let words = line.split(separator: " ").map(String.init)
    let numbers = words.dropFirst(words.first == "mark" ? 2 : 1).compactMap { Int($0) }
    switch (words.first, numbers.count) {
    case ("size", 1): size = numbers[0]
    case ("at", 2): last = Location(unit: numbers[0], bit: numbers[1])
    case ("mark", 2):
      guard let letter = words[1].first, words[1].count == 1 else { return }
      marks[letter] = Location(unit: numbers[0], bit: numbers[1])
    default: return
    }
  }

  private mutating func readNote(_ line: Substring) {
    let words = line.split(separator: " ", maxSplits: 4)
    guard words.count == 5, let unit = Int(words[1]), let bit = Int(words[2]), unit >= 0, bit >= 0
    else { return }
    let place =
      words[3] == "-"
      ? NotePlace(unit: unit) : NotePlace(unit: unit, bit: bit, name: String(words[3]))
    notes[place] = String(words[4])
  }

  /// The lines.
  public var text: String {
    var lines = ["size \(size)"]
    if let last { lines.append("at \(last.unit) \(last.bit)") }
    for (letter, place) in marks.sorted(by: { $0.key < $1.key }) where letter != " " {
      lines.append("mark \(letter) \(place.unit) \(place.bit)")
    }
    for (place, text) in notes.sorted {
      lines.append(
        "note \(place.unit) \(place.bit) \(place.name.isEmpty ? "-" : place.name) \(text)")
    }
    return (lines + look.lines).joined(separator: "\n") + "\n"
  }
}

extension ExplorerModel {
  /// What is to be kept of the open files, with their paths.
  public var savedPlaces: [(path: String, places: SavedPlaces)] {
    documents.enumerated().compactMap { number, document in
      guard !document.path.isEmpty, document.path != "-" else { return nil }
      var places = SavedPlaces(size: document.stream.size)
      places.last = document.location
      for (letter, mark) in marks where mark.document == number {
        places.marks[letter] = mark.location
      }
      places.notes = document.notes
      places.look = savedLook(number)
      return (document.path, places)
    }
  }

  /// Takes up what was kept of the file with a path; the place only if the file has the size it had.
  public mutating func restore(_ places: SavedPlaces, path: String) {
    guard let number = documents.firstIndex(where: { $0.path == path }) else { return }
    let stream = documents[number].stream
    func found(_ place: Location) -> Location {
      var place = place.valid(in: stream)
      // The first bit of a unit stands for the whole unit.
      guard place.bit > 0 else { return place }
      place.node = stream.tree(place.unit)?.leaf(atBit: place.bit)
      return place
    }
    for (letter, place) in places.marks where marks[letter] == nil {
      marks[letter] = Bookmark(document: number, location: found(place))
    }
    documents[number].notes = places.notes
    take(places.look, of: number)
    if number == current { tellRestored(places) }
    guard let last = places.last, places.size == stream.size else { return }
    let shown = current
    current = number
    let place = found(last)
    select(place)
    reveal(place)
    current = shown
  }

  private mutating func tellRestored(_ places: SavedPlaces) {
    var facts: [String] = []
    if let last = places.last, places.size == document.stream.size, last.unit > 0 || last.bit > 0 {
      facts.append("back at u\(last.valid(in: document.stream).unit), where you left")
    }
    let letters = places.marks.keys.sorted().map(String.init).joined(separator: " ")
    if !letters.isEmpty { facts.append("marks \(letters)") }
    if places.notes.count > 0 { facts.append(NumberText.count(places.notes.count, "note")) }
    if !document.filter.isEmpty {
      facts.append("filter \(ShownText.line(document.filter)), Esc shows all")
    }
    if !facts.isEmpty { tell(facts.joined(separator: "; ")) }
  }
}
