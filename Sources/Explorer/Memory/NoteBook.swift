import NNRSyntax

/// What a note is attached to, so that it is found again in another run: a unit, or a node of its tree by bit and name.
struct NotePlace: Hashable, Sendable {
  /// The entry of the stream's index.
  var unit: Int
  /// The first bit of the node; 0 for the unit as a whole.
  var bit: Int
  /// The name of the node without blanks; empty for the unit as a whole.
  var name: String

  /// A unit as a whole.
  init(unit: Int) {
    self.unit = unit
    bit = 0
    name = ""
  }

  /// A node of a unit's tree.
  init(unit: Int, _ node: SyntaxNode) {
    self.unit = unit
    bit = node.range.start
    name = String(node.name.map { $0.isWhitespace ? "_" : $0 })
  }

  /// A place as it was kept.
  init(unit: Int, bit: Int, name: String) {
    self.unit = unit
    self.bit = bit
    self.name = name
  }
}

/// The notes on one stream.
struct NoteBook: Sendable, Hashable {
  /// The most characters of a note.
  static let longest = 1000
  /// The most notes that are kept.
  static let limit = 5000

  private var texts: [NotePlace: String] = [:]

  /// No notes.
  init() {}

  /// The number of notes.
  var count: Int { texts.count }

  /// The note at a place; nil or blank takes it away.
  subscript(_ place: NotePlace) -> String? {
    get { texts[place] }
    set {
      // A line break would be the end of the note in the file.
      let text = String((newValue ?? "").map { $0.isNewline ? " " : $0 }.prefix(Self.longest))
      guard text.contains(where: { !$0.isWhitespace }) else {
        texts[place] = nil
        return
      }
      if texts[place] != nil || texts.count < Self.limit { texts[place] = text }
    }
  }

  /// All notes in the order of the stream.
  var sorted: [(place: NotePlace, text: String)] {
    texts.sorted {
      ($0.key.unit, $0.key.bit, $0.key.name) < ($1.key.unit, $1.key.bit, $1.key.name)
    }.map { ($0.key, $0.value) }
  }
}

extension DocumentState {
  /// The note on a node of a unit, or on the unit as a whole.
  func note(_ unit: Int, _ node: Int?, _ tree: SyntaxTree?) -> String? {
    guard notes.count > 0 else { return nil }
    guard let place = node, place > 0 else { return notes[NotePlace(unit: unit)] }
    guard let tree, tree.nodes.indices.contains(place) else { return nil }
    return notes[NotePlace(unit: unit, tree.nodes[place])]
  }

  /// What a note of the selected place would be attached to.
  var notePlace: NotePlace {
    guard let node = look.location.node, node > 0, let tree, tree.nodes.indices.contains(node)
    else {
      return NotePlace(unit: look.location.unit)
    }
    return NotePlace(unit: look.location.unit, tree.nodes[node])
  }

  /// Where the node of a note is now; the bit where it was if the node is gone.
  func found(_ note: NotePlace) -> Location {
    guard !note.name.isEmpty else { return Location(unit: note.unit).valid(in: stream) }
    let place = Location(unit: note.unit, bit: note.bit).valid(in: stream)
    guard let tree = stream.tree(place.unit) else { return place }
    let node = tree.nodes.indices.first {
      $0 > 0 && tree.nodes[$0].range.start == note.bit
        && NotePlace(unit: note.unit, tree.nodes[$0]) == note
    }
    return Location(unit: place.unit, node: node ?? tree.leaf(atBit: place.bit), bit: place.bit)
  }
}
