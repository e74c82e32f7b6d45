/// Takes choices from an input; behind its end all choices are the first.
struct FuzzReader {
  private var bytes: ArraySlice<UInt8>

  /// A reader of all bytes.
  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  /// Whether nothing is left.
  var isAtEnd: Bool { bytes.isEmpty }

  /// A byte.
  mutating func byte() -> Int { Int(bytes.popFirst() ?? 0) }

  /// A number of 0 to `count` - 1.
  mutating func pick(_ count: Int) -> Int {
    let number = count > 256 ? byte() << 8 | byte() : byte()
    return number % max(1, count)
  }

  /// An element of a list that is not empty.
  mutating func pick<Element>(of list: [Element]) -> Element { list[pick(list.count)] }

  /// Yes or no.
  mutating func flag() -> Bool { byte() & 1 == 1 }

  /// The next bytes, at most `count`.
  mutating func take(_ count: Int) -> [UInt8] {
    let taken = Array(bytes.prefix(count))
    bytes = bytes.dropFirst(count)
    return taken
  }

  /// All that is left.
  mutating func rest() -> [UInt8] { take(bytes.count) }
}
