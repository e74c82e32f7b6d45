import NNRModel
import NNRSyntax

/// What one unit is to hold; the writer knows the rest from the description of the syntax.
///
/// Elements without a value get 0, or the smallest value that is allowed. Values are those of the bitstream: where a
/// structure works a value out (`CbZeroOffset`, entries, distances), it is the coded number.
public struct UnitPlan: Sendable {
  /// A value as it is coded.
  public enum Coded: Sendable, Hashable {
    /// A number, the bit pattern of a float, or the pattern of alignment bits.
    case number(Int)
    /// Text without its zero, a hash, a mask, payload or data.
    case bytes([UInt8])
    /// A text whose zero is missing.
    case unterminated([UInt8])
  }

  /// The number of nnr_unit_type.
  public var type: Int
  /// Which of the readings of uncertain syntax the unit is written for.
  public var reading = Reading()
  /// The values of an element: the nth for the nth time it is written, the last for all further times.
  public var values: [Element: [Coded]] = [:]
  /// Chooses values that `values` does not give: the element, how often it was written before, and what was written.
  public var choose: (@Sendable (Element, Int, any SyntaxScope) -> Coded?)?
  /// Where values that are not given otherwise are random: the seed.
  public var seed: UInt64?
  /// The units of an aggregate.
  public var contained: [UnitPlan] = []
  /// The size that is written in place of the right one.
  public var forcedSize: Int?
  /// Bytes behind the end of the syntax that still count as the unit.
  public var surplus: [UInt8] = []
  /// Loops are cut after so many turns, so that a huge count can be claimed without being met.
  public var loopLimit = 4096
  /// How many bytes are cut off the end, without telling the size field.
  public var cut = 0

  /// A unit of a type, all of whose elements have their defaults.
  public init(_ type: UnitType) { self.type = type.rawValue }

  /// A unit with a number as type.
  public init(type: Int) { self.type = type }

  /// The same with coded numbers for `element`.
  public func set(_ element: Element, _ numbers: Int...) -> UnitPlan {
    with(element, numbers.map(Coded.number))
  }

  /// The same with floats for `element`.
  public func set(_ element: Element, floats: Float...) -> UnitPlan {
    with(element, floats.map { .number(Int($0.bitPattern)) })
  }

  /// The same with texts for `element`.
  public func set(_ element: Element, texts: String...) -> UnitPlan {
    with(element, texts.map { .bytes(Array($0.utf8)) })
  }

  /// The same with bytes for `element`.
  public func set(_ element: Element, bytes: [UInt8]) -> UnitPlan { with(element, [.bytes(bytes)]) }

  /// The same with any coded values for `element`.
  public func with(_ element: Element, _ coded: [Coded]) -> UnitPlan {
    with(\.values[element], coded)
  }

  /// The same with another property.
  public func with<Value>(_ path: WritableKeyPath<UnitPlan, Value>, _ value: Value) -> UnitPlan {
    var plan = self
    plan[keyPath: path] = value
    return plan
  }

  /// The coded value for the time `turn` that `element` is written; nil if the plan has none.
  func coded(_ element: Element, turn: Int, scope: any SyntaxScope) -> Coded? {
    if element === Element.nnrUnitType { return .number(type) }
    if let list = values[element], let last = list.last {
      return turn < list.count ? list[turn] : last
    }
    return choose?(element, turn, scope)
  }
}
