import TerminalScreen

/// Marks and the last place in a file, as they are kept between two runs.
///
/// A line for each: `size BYTES`, `at UNIT BIT`, `mark LETTER UNIT BIT`. Lines that are not understood are left out, so
/// that an older program reads what a newer one wrote.
public struct SavedPlaces: Sendable, Hashable {
  /// The bytes of the file when the place was kept.
  public var size: Int
  /// The last place.
  public var last: Location?
  /// The marks.
  public var marks: [Character: Location] = [:]

  /// Nothing kept of a file of some size.
  public init(size: Int) { self.size = size }

  /// Reads what `text` wrote; nil if it holds nothing of the kind.
  public init?(_ text: String) {
    self.init(size: -1)
    for line in text.split(whereSeparator: \.isNewline).prefix(200) {
      let words = line.split(separator: " ").map(String.init)
      let numbers = words.dropFirst(words.first == "mark" ? 2 : 1).compactMap { Int($0) }
      switch (words.first, numbers.count) {
      case ("size", 1): size = numbers[0]
      case ("at", 2): last = Location(unit: numbers[0], bit: numbers[1])
      case ("mark", 2):
        guard let letter = words[1].first, words[1].count == 1 else { continue }
        marks[letter] = Location(unit: numbers[0], bit: numbers[1])
      default: continue
      }
    }
    if size < 0 { return nil }
  }

  /// The lines.
  public var text: String {
    var lines = ["size \(size)"]
    if let last { lines.append("at \(last.unit) \(last.bit)") }
    for (letter, place) in marks.sorted(by: { $0.key < $1.key }) where letter != " " {
      lines.append("mark \(letter) \(place.unit) \(place.bit)")
    }
    return lines.joined(separator: "\n") + "\n"
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
      return (document.path, places)
    }
  }

  /// Takes up what was kept of the file with a path; the place only if the file has the size it had.
  public mutating func restore(_ places: SavedPlaces, path: String) {
    guard let number = documents.firstIndex(where: { $0.path == path }) else { return }
    let stream = documents[number].stream
    func found(_ place: Location) -> Location {
      var place = place.valid(in: stream)
      place.node = stream.tree(place.unit)?.leaf(atBit: place.bit)
      return place
    }
    for (letter, place) in places.marks where marks[letter] == nil {
      marks[letter] = Bookmark(document: number, location: found(place))
    }
    guard let last = places.last, places.size == stream.size, last.unit > 0 || last.bit > 0 else {
      return
    }
    let shown = current
    current = number
    let place = last.bit > 0 ? found(last) : last.valid(in: stream)
    select(place)
    reveal(place)
    current = shown
    if number == shown {
      let kept = places.marks.keys.sorted().map(String.init).joined(separator: " ")
      tell("back at u\(place.unit), where you left" + (kept.isEmpty ? "" : "; marks \(kept)"))
    }
  }
}
