import NNRBits

/// Reads a unit by the description of its syntax.
struct SyntaxParser: SyntaxScope {
  /// How often a rule is reported for one unit; the rest is counted.
  static let noteLimit = 100
  /// How deep aggregates are followed.
  static let depthLimit = 3

  /// What ends the parsing of a unit before its end.
  enum Stop: Error {
    /// Bits could not be read.
    case bits(BitError)
    /// A constraint was broken, and its diagnostic is noted.
    case constraint
    /// More repetitions than bits.
    case count(Int, element: String)
    /// More nodes than the limit.
    case nodes
  }

  var context: UnitContext
  let reading: Reading
  var reader: BitReader
  private let source: any ByteSource
  private let bytes: Range<Int>
  private let depth: Int
  /// The bit of the outermost unit at which this one starts: places in messages count from there.
  private let origin: Int

  private(set) var nodes: [SyntaxNode] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var notes: [Rule: Int] = [:]
  private(set) var payloadStart = 0
  /// Whether something was read whose layout is one of several.
  private(set) var usedMaps = false
  private(set) var usedRecollected = false
  private(set) var failed = false
  /// The first bit behind what the syntax asks for; nil until its end was reached.
  private(set) var contentEnd: Int?
  /// Whether bits were wanted that are not there.
  private(set) var breaksOff = false

  private var latest = [Int32](repeating: -1, count: Element.slotCount)
  private var counts = [Int32](repeating: 0, count: Element.slotCount)
  private var counters: [Int] = []
  private var parent: Int?
  private var tentative = false

  init(
    source: any ByteSource, bytes: Range<Int>, context: UnitContext, reading: Reading,
    depth: Int = 0, origin: Int = 0
  ) {
    self.source = source
    self.bytes = bytes.clamped(to: 0..<source.count)
    self.context = context
    self.reading = reading
    self.depth = depth
    self.origin = origin
    reader = BitReader(source: source, range: bytes)
    payloadStart = reader.end
  }

  // MARK: the values that conditions see

  var position: Int { reader.position }

  func value(of element: Element) -> Int? {
    let place = latest[element.slot]
    return place < 0 ? nil : nodes[Int(place)].value.number
  }

  func count(of element: Element) -> Int { Int(counts[element.slot]) }

  func values(of element: Element) -> [Int] {
    guard counts[element.slot] > 0 else { return [] }
    return nodes.places(of: element).compactMap { nodes[$0].value.number }
  }

  func text(of element: Element) -> [UInt8]? {
    let place = latest[element.slot]
    return place < 0 ? nil : nodes[Int(place)].value.bytes
  }

  // MARK: the walk

  /// Parses the whole unit and makes sure that the leaves tile it.
  mutating func parseUnit() { parse(whole: .unit) }

  /// Parses all bits as `structure` and makes sure that the leaves tile them.
  mutating func parse(whole structure: Structure) {
    do {
      try parse(structure)
      contentEnd = reader.position
      if reader.remaining > 0 {
        note(
          .s10, BitRange(start: reader.position, length: reader.remaining),
          "the unit ends \(reader.remaining / 8) bytes before its size says")
      }
    } catch {
      explain(error)
      failed = true
    }
    if reader.remaining > 0 {
      failed = true
      parent = 0
      appendUnparsed()
      // The unit may have been closed already; it holds what is left over too.
      close(0)
    }
    for place in nodes.indices where nodes[place].end < 0 { close(place) }
    for (rule, count) in notes.sorted(by: { $0.key.id < $1.key.id }) where count > Self.noteLimit {
      guard let last = diagnostics.last(where: { $0.rule == rule }) else { continue }
      diagnostics.append(
        Diagnostic(
          rule, at: last.range, "\(count - Self.noteLimit) more like these in this unit",
          severity: last.severity))
    }
  }

  private mutating func explain(_ stop: Stop) {
    let rest = BitRange(start: reader.position, length: reader.remaining)
    switch stop {
    case .constraint: break
    case .bits(let error):
      switch error {
      case .endOfUnit, .unterminatedString: breaksOff = true
      case .prefixTooLong, .notAligned, .source: break
      }
      note(.s10, rest, "\(error.shifted(by: origin))")
    case .count(let count, let element):
      breaksOff = true
      note(.s10, rest, "\(count) × \(element) do not fit the \(reader.remaining) bits left")
    case .nodes:
      note(.l04, rest, "more than \(context.elementLimit) elements; raise --max-memory")
    }
  }

  private mutating func appendUnparsed() {
    let range = BitRange(start: reader.position, length: reader.remaining)
    reader.seek(to: reader.end)
    nodes.append(
      SyntaxNode(
        kind: .unparsed, indices: [], value: .none, range: range, parent: parent,
        end: nodes.count + 1, isTentative: false))
  }

  private mutating func parse(_ structure: Structure) throws(Stop) {
    if structure === Structure.unitPayload { payloadStart = reader.position }
    if structure.hasAlternatives { usedMaps = true }
    let before = tentative
    if structure.evidence == .recollected {
      tentative = true
      usedRecollected = true
    }
    let place = try open(.structure(structure))
    try parse(structure.items)
    close(place)
    tentative = before
  }

  private mutating func parse(_ items: [SyntaxItem]) throws(Stop) {
    for item in items {
      switch item {
      case .read(let element, let descriptor, let rule):
        if element === Element.aggregateData {
          try parseContainedUnits()
        } else {
          try read(element, descriptor, rule)
        }
      case .structure(let structure): try parse(structure)
      case .when(let condition, let rows, let otherwise):
        try parse(condition.holds(in: self) ? rows : otherwise)
      case .loop(_, let count, let from, let step, let rows):
        try loop(count.evaluate(in: self), from.evaluate(in: self), step, rows)
      case .composite(let element, let value, let rows):
        let place = try open(.element(element, element.descriptor))
        let outer = counters
        counters = []
        try parse(rows)
        counters = outer
        nodes[place].value = .number(value.evaluate(self))
        close(place)
      case .derive: break
      case .constraint(let rule, let condition, let fatal):
        guard !condition.holds(in: self) else { continue }
        noteBroken(rule, condition)
        if fatal { throw .constraint }
      }
    }
  }

  private mutating func loop(_ count: Int, _ from: Int, _ step: Int, _ rows: [SyntaxItem])
    throws(Stop)
  {
    guard count > 0 else { return }
    guard count <= reader.remaining else { throw .count(count, element: Self.firstName(in: rows)) }
    counters.append(from)
    for turn in 0..<count {
      counters[counters.count - 1] = from + turn * step
      try parse(rows)
    }
    counters.removeLast()
  }

  private static func firstName(in rows: [SyntaxItem]) -> String {
    switch rows.first {
    case .read(let element, _, _), .composite(let element, _, _): element.name
    case .structure(let structure): structure.name
    default: "rows"
    }
  }

  // MARK: nodes

  private mutating func open(_ kind: SyntaxNode.Kind) throws(Stop) -> Int {
    guard nodes.count < context.elementLimit else { throw .nodes }
    var indices: [Int] = []
    if case .element(let element, _) = kind {
      latest[element.slot] = Int32(nodes.count)
      counts[element.slot] += 1
      if element !== Element.byteAlignment { indices = counters }
    }
    if case .containedUnit = kind { indices = counters }
    nodes.append(
      SyntaxNode(
        kind: kind, indices: indices, value: .none,
        range: BitRange(start: reader.position, length: 0), parent: parent, end: -1,
        isTentative: tentative))
    parent = nodes.count - 1
    return nodes.count - 1
  }

  private mutating func close(_ place: Int) {
    nodes[place].range.length = reader.position - nodes[place].range.start
    nodes[place].end = nodes.count
    parent = nodes[place].parent
  }

  private mutating func read(_ element: Element, _ descriptor: Descriptor, _ rule: ValueRule?)
    throws(Stop)
  {
    let start = reader.position
    let value: ElementValue
    do {
      value = try readValue(descriptor, of: element)
    } catch {
      reader.seek(to: start)
      throw .bits(error)
    }
    let end = reader.position
    // The rule must see the values before this one.
    var final = value
    if let rule, case .number(let coded) = value {
      final = .number(rule.evaluate(self, coded, counters.last ?? 0))
    }
    reader.seek(to: start)
    let place = try open(.element(element, descriptor))
    reader.seek(to: end)
    nodes[place].value = final
    close(place)
    check(element, final, BitRange(start: start, length: end - start))
  }

  // MARK: what is wrong

  mutating func note(
    _ rule: Rule, _ range: BitRange, _ message: String, severity: Severity? = nil
  ) {
    let count = (notes[rule] ?? 0) + 1
    notes[rule] = count
    guard count <= Self.noteLimit else { return }
    diagnostics.append(Diagnostic(rule, at: range, message, severity: severity))
  }

  private mutating func noteBroken(_ rule: Rule, _ condition: Expression) {
    // A value that is not allowed by itself often breaks a condition too: one breach is reported once.
    guard !diagnostics.contains(where: { $0.rule == rule }) else { return }
    let place = condition.lastElement(in: self).flatMap { element -> Int? in
      let place = latest[element.slot]
      return place < 0 ? nil : Int(place)
    }
    let range =
      place.map { nodes[$0].range } ?? BitRange(start: reader.position, length: 0)
    let operands = condition.operands(in: self).map { "\($0.name) = \($0.value)" }
    note(
      rule, range,
      "\(rule.condition) (expected \(condition); \(operands.joined(separator: ", ")))")
  }

  // MARK: aggregates

  private mutating func parseContainedUnits() throws(Stop) {
    let start = bytes.lowerBound + reader.position / 8
    guard depth < Self.depthLimit else {
      note(
        .l03, BitRange(start: reader.position, length: reader.remaining),
        "units are nested more than \(Self.depthLimit) deep; no option raises that")
      return try read(.aggregateData, Element.aggregateData.descriptor, nil)
    }
    // With the recollected header the units start right here; without it they are looked for.
    let furthest = reading.triesRecollected ? 0 : min(64, reader.remaining / 8)
    for skip in 0...furthest {
      guard let chain = UnitWalk.chain(in: source, start + skip..<bytes.upperBound) else {
        continue
      }
      if skip > 0 {
        try read(
          .aggregateData, .bits(.constant(skip * 8)), nil)
      }
      counters.append(0)
      for (index, unit) in chain.enumerated() {
        counters[counters.count - 1] = index
        try parseContainedUnit(unit)
      }
      counters.removeLast()
      return
    }
    failed = true
    try read(.aggregateData, Element.aggregateData.descriptor, nil)
  }

  private mutating func parseContainedUnit(_ unit: Range<Int>) throws(Stop) {
    tentative = true
    let shift = (unit.lowerBound - bytes.lowerBound) * 8
    var inner = SyntaxParser(
      source: source, bytes: unit, context: context, reading: Reading(), depth: depth + 1,
      origin: origin + shift)
    inner.parseUnit()
    guard nodes.count + inner.nodes.count < context.elementLimit else { throw .nodes }
    let place = try open(.containedUnit)
    let first = nodes.count
    for node in inner.nodes {
      nodes.append(
        SyntaxNode(
          kind: node.kind, indices: node.indices, value: node.value,
          range: node.range.shifted(by: shift), parent: node.parent.map { $0 + first } ?? place,
          end: node.end + first, isTentative: true))
    }
    diagnostics += inner.diagnostics.map {
      Diagnostic($0.rule, at: $0.range.shifted(by: shift), $0.message, severity: $0.severity)
    }
    context.update(from: inner.nodes)
    reader.seek(to: shift + unit.count * 8)
    close(place)
  }
}

extension Expression {
  /// The element in it that was read last.
  func lastElement(in scope: some SyntaxScope) -> Element? {
    var last: Element?
    visitOperands { _, operand in
      if case .element(let element) = operand, scope.count(of: element) > 0 { last = element }
    }
    return last
  }
}
