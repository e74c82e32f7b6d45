import NNRBits
import NNRSyntax

/// Writes one unit by the description of its syntax: the counterpart of the parser.
public struct UnitWriter: SyntaxScope {
  let plan: UnitPlan
  /// What the units before it say.
  public private(set) var context: UnitContext
  private var out = BitWriter()
  private var written: [WrittenElement] = []
  private var broken: [Rule] = []
  private var numbers: [Element: [Int]] = [:]
  private var texts: [Element: [UInt8]] = [:]
  private var counts: [Element: Int] = [:]
  private var counters: [Int] = []
  private var random: SeededGenerator?

  init(_ plan: UnitPlan, _ context: UnitContext) {
    self.plan = plan
    self.context = context
    random = plan.seed.map { SeededGenerator(seed: $0) }
  }

  // MARK: the values that conditions see

  /// Which reading the conditions follow.
  public var reading: Reading { plan.reading }
  /// The bits written so far.
  public var position: Int { out.position }
  /// The last number of an element; nil if it was not written.
  public func value(of element: Element) -> Int? { numbers[element]?.last }
  /// How often an element was written.
  public func count(of element: Element) -> Int { counts[element] ?? 0 }
  /// All numbers of an element.
  public func values(of element: Element) -> [Int] { numbers[element] ?? [] }
  /// The last text of an element; nil if it was not written.
  public func text(of element: Element) -> [UInt8]? { texts[element] }

  // MARK: the walk

  /// The unit, its size put right.
  mutating func write() -> WrittenUnit {
    write(.unit)
    out.raw(plan.surplus)
    fixSize()
    let bytes = Array(out.bytes.dropLast(plan.cut))
    return WrittenUnit(bytes: bytes, elements: written, brokenRules: broken, reading: plan.reading)
  }

  /// A message that is no unit: its structure as planned, up to the last bit that has a value.
  public static func message(_ structure: Structure, _ plan: UnitPlan) -> WrittenUnit {
    var writer = UnitWriter(plan, UnitContext())
    writer.write(structure)
    return WrittenUnit(
      bytes: writer.out.bytes, elements: writer.written, brokenRules: writer.broken,
      reading: plan.reading)
  }

  private mutating func write(_ structure: Structure) { write(structure.items) }

  private mutating func write(_ items: [SyntaxItem]) {
    for item in items {
      switch item {
      case .read(let element, let descriptor, let rule):
        if element === Element.aggregateData, !plan.contained.isEmpty {
          writeContained()
        } else {
          write(element, descriptor, rule)
        }
      case .structure(let structure): write(structure)
      case .when(let condition, let rows, let otherwise):
        write(condition.holds(in: self) ? rows : otherwise)
      case .loop(_, let count, let from, let step, let rows):
        loop(count.evaluate(in: self), from.evaluate(in: self), step, rows)
      case .composite(let element, let value, let rows): writeComposite(element, value, rows)
      case .derive: break
      case .constraint(let rule, let condition, _):
        if !condition.holds(in: self) { broken.append(rule) }
      }
    }
  }

  private mutating func loop(_ count: Int, _ from: Int, _ step: Int, _ rows: [SyntaxItem]) {
    guard count > 0 else { return }
    counters.append(from)
    for turn in 0..<min(count, plan.loopLimit) {
      counters[counters.count - 1] = from + turn * step
      write(rows)
    }
    counters.removeLast()
  }

  private mutating func writeComposite(
    _ element: Element, _ value: Variable, _ rows: [SyntaxItem]
  ) {
    let (start, place, outer) = (out.position, written.count, counters)
    note(element, .none, start)
    counters = []
    write(rows)
    counters = outer
    let number = Expression.variable(value).evaluate(in: self)
    numbers[element, default: []].append(number)
    written[place].value = .number(number)
    written[place].range.length = out.position - start
  }

  // MARK: elements

  private mutating func write(_ element: Element, _ descriptor: Descriptor, _ rule: ValueRule?) {
    let coded =
      plan.coded(element, turn: count(of: element), scope: self) ?? chosen(element, descriptor)
      ?? smallest(element)
    let start = out.position
    var value = out.write(coded, descriptor, in: self)
    if let rule, case .number(let number) = value {
      value = .number(rule.evaluate(self, number, counters.last ?? 0))
    }
    note(element, value, start)
    if case .number(let number) = value { numbers[element, default: []].append(number) }
    if let bytes = value.bytes { texts[element] = bytes }
  }

  private mutating func chosen(_ element: Element, _ descriptor: Descriptor) -> UnitPlan.Coded? {
    guard var generator = random else { return nil }
    defer { random = generator }
    return RandomElements.value(of: element, descriptor, in: self, &generator)
  }

  private func smallest(_ element: Element) -> UnitPlan.Coded? {
    guard case .range(let range) = element.allowed, range.lowerBound > 0 else { return nil }
    return .number(range.lowerBound)
  }

  private mutating func note(_ element: Element, _ value: ElementValue, _ start: Int) {
    counts[element, default: 0] += 1
    let indices = element === Element.byteAlignment ? [] : counters
    written.append(
      WrittenElement(
        name: element.name + indices.map { "[\($0)]" }.joined(), value: value,
        range: BitRange(start: start, length: out.position - start)))
  }

  // MARK: contained units and the size

  private mutating func writeContained() {
    for plan in plan.contained {
      var inner = UnitWriter(plan, context)
      let unit = inner.write()
      let start = out.position
      out.raw(unit.bytes)
      written += unit.elements.map {
        WrittenElement(name: $0.name, value: $0.value, range: $0.range.shifted(by: start))
      }
      context.update(from: inner)
    }
  }

  private mutating func fixSize() {
    var size = out.bytes.count
    var isLong = value(of: .nnrUnitSizeFlag) == 1
    let flagIsForced = plan.values[.nnrUnitSizeFlag] != nil
    if !isLong, !flagIsForced, size > 0x7fff {
      isLong = true
      size += 2
      out.makeRoom(at: 2, 2)
      for place in written.indices where place > 1 {
        written[place].range = written[place].range.shifted(by: 16)
      }
      written[0].value = .number(1)
      written[1].range.length = 31
      out.overwrite(at: 0, 1, 1)
    }
    let limit = isLong ? 0x7fff_ffff : 0x7fff
    let told = (plan.forcedSize ?? size) & limit
    out.overwrite(at: 1, UInt64(told), isLong ? 31 : 15)
    written[1].value = .number(told)
  }
}

extension UnitContext {
  /// Takes over what a written unit sets for those behind it.
  mutating func update(from unit: some SyntaxScope) {
    if let number = unit.value(of: .generalProfileIdc) { profile = number }
    if let number = unit.value(of: .mpsTopologyIndexedReferenceFlag) {
      topologyIndexedReference = number == 1
    }
    if let number = unit.value(of: .mpsParentSignallingEnabledFlag) {
      parentSignallingEnabled = number == 1
    }
    if let number = unit.value(of: .mpsUnificationFlag) { unificationSignalled = number == 1 }
    if let number = unit.value(of: .mpsQuantizationMethodFlags) {
      quantizationSignalled = number & 3 != 0
    } else if let number = unit.value(of: .lpsQuantizationMethodFlags), number & 3 != 0 {
      quantizationSignalled = true
    }
  }
}
