/// Why bits could not be read.
public enum BitError: Error, Hashable, Sendable {
  /// `wanted` bits were asked for at bit `position`, behind which only `available` are left.
  case endOfUnit(position: Int, wanted: Int, available: Int)
  /// An exp-Golomb prefix of more than 32 zeros starts at bit `position`.
  case prefixTooLong(position: Int)
  /// A string that starts at bit `position` has no terminating zero byte.
  case unterminatedString(position: Int)
  /// A byte aligned element starts at bit `position`, which is not the first bit of a byte.
  case notAligned(position: Int)
  /// The bytes could not be had.
  case source(SourceError)
}

extension BitError {
  /// The same `bits` bits further on: what is wrong in a part, counted in the whole.
  public func shifted(by bits: Int) -> BitError {
    switch self {
    case .endOfUnit(let position, let wanted, let available):
      .endOfUnit(position: position + bits, wanted: wanted, available: available)
    case .prefixTooLong(let position): .prefixTooLong(position: position + bits)
    case .unterminatedString(let position): .unterminatedString(position: position + bits)
    case .notAligned(let position): .notAligned(position: position + bits)
    case .source: self
    }
  }
}

extension BitError: CustomStringConvertible {
  /// A sentence for a person.
  public var description: String {
    switch self {
    case .endOfUnit(let position, let wanted, let available):
      "\(wanted == 1 ? "1 bit is" : "\(wanted) bits are") wanted at bit \(position), \(available == 1 ? "1 is" : "\(available) are") left in the unit"
    case .prefixTooLong(let position):
      "the exp-Golomb prefix at bit \(position) has more than 32 zeros"
    case .unterminatedString(let position):
      "the string at bit \(position) has no terminating zero byte"
    case .notAligned(let position): "bit \(position) is not the start of a byte"
    case .source(let error): "\(error)"
    }
  }
}
