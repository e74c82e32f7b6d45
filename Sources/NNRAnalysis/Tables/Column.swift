import Ordering

/// What there is to say of one column of a table, whoever shows it: text, CSV, JSON, filters, completion, the screen.
public struct Column: Hashable, Sendable {
  /// What the values of a column are.
  public enum Kind: Hashable, Sendable {
    /// A number without a unit.
    case number
    /// A number of bytes.
    case size
    /// A share, 0 to 1, shown in percent.
    case percent
    /// A share, 0 to 1, shown as a bar: a picture of a number that stands in another column.
    case bar
    /// True or false.
    case flag
    /// A word or a few.
    case text
    /// A name out of a stream: what tells it from others may stand anywhere in it.
    case name
    /// A sentence about something that is wrong.
    case message
    /// The sides of a tensor.
    case shape
    /// Shares, 0 to 1, one after the other.
    case curve

    /// True if the values are compared as numbers.
    public var isNumeric: Bool { [.number, .size, .percent, .bar].contains(self) }

    /// True if the values are text.
    public var isText: Bool { [.text, .name, .message].contains(self) }

    /// What may be left out of a cell for which there is no room.
    public var cut: Cut {
      switch self {
      case .name: .middle
      case .text, .message, .curve: .end
      case .number, .size, .percent, .bar, .flag, .shape: .never
      }
    }

    fileprivate var width: Int {
      switch self {
      case .number, .size, .text: 9
      case .percent: 7
      case .bar: 10
      case .flag: 3
      case .name: 24
      case .message: 30
      case .shape: 14
      case .curve: 16
      }
    }
  }

  /// Where the cells of a column stand.
  public enum Alignment: Hashable, Sendable {
    /// At the left edge.
    case left
    /// At the right edge.
    case right
  }

  /// What may be left out of a cell for which there is no room.
  public enum Cut: Hashable, Sendable {
    /// Nothing: half a number is another one.
    case never
    /// The middle.
    case middle
    /// The end.
    case end
  }

  /// The name in `--columns`, `--sort`, `--filter`, CSV and JSON.
  public var key: String
  /// Other names that are understood for it.
  public var aliases: [String]
  /// The heading for people.
  public var title: String
  /// What the values are.
  public var kind: Kind
  /// What the column says, in a sentence.
  public var summary: String
  /// The room that a cell usually needs: its width where rows come one by one and cannot be measured first.
  public var width: Int
  /// What goes first when room is short: a lower number stays longer, and 0 always stays.
  public var priority: Int
  /// All values that there can be; empty if there is no end of them.
  public var values: [String]
  /// How values may begin, or not: `NNR_PT_` for payload types.
  public var prefix: String
  /// Values that are likely to be looked for, as candidates for completion.
  public var examples: [String]

  /// A column; the title is the key and the width that of its kind unless given.
  public init(
    _ key: String, aliases: [String] = [], title: String? = nil, kind: Kind, summary: String = "",
    width: Int? = nil, priority: Int = 5, values: [String] = [], prefix: String = "",
    examples: [String]? = nil
  ) {
    self.key = key
    self.aliases = aliases
    self.title = title ?? key
    self.kind = kind
    self.summary = summary
    self.width = width ?? max(kind.width, self.title.count)
    self.priority = priority
    self.values = values
    self.prefix = prefix
    self.examples = examples ?? values
  }

  /// Where its cells stand: numbers right, all else left.
  public var alignment: Alignment { kind.isNumeric && kind != .bar ? .right : .left }

  /// Whether `name` is its key, or understood for it.
  func isCalled(_ name: String) -> Bool { key == name || aliases.contains(name) }

  /// The value that someone means by `word`: without regard to case and `prefix`; `word` itself where anything can
  /// stand, and nil if it is none of `values`.
  func value(meant word: String) -> String? {
    guard !values.isEmpty, !values.contains(word) else { return word }
    func folded(_ word: String) -> Substring {
      let word = word.lowercased()
      let prefix = prefix.lowercased()
      return word.hasPrefix(prefix) ? word.dropFirst(prefix.count) : word[...]
    }
    let wanted = folded(word)
    return values.first { folded($0) == wanted }
  }
}

extension [Column] {
  /// The place of the column of a name, key or alias.
  public func place(of name: String) -> Int? {
    firstIndex { $0.key == name } ?? firstIndex { $0.isCalled(name) }
  }

  /// The place of the column of a name; throws what name may have been meant.
  public func place(named name: String) throws(TableError) -> Int {
    guard let place = place(of: name) else {
      throw TableError.unknownColumn(name, near: NearNames.of(name, among: map(\.key)))
    }
    return place
  }

  /// The places of the columns of a list such as `name,bits`, each once.
  public func places(listed list: String) throws(TableError) -> [Int] {
    var places: [Int] = []
    for part in list.split(separator: ",") {
      let name = String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      let place = try place(named: name)
      if !places.contains(place) { places.append(place) }
    }
    guard !places.isEmpty else { throw TableError.noColumns }
    return places
  }
}
