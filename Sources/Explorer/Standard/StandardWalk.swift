import NNRSyntax

/// Walks the description of the syntax along the tree of a unit, so that every row of the tables says what became of it.
///
/// It is a scope of its own that grows as it walks: conditions see the values that stood before them, at no cost for
/// looking back.
struct StandardWalk: SyntaxScope {
  /// The turns of a loop that are listed from its start; of the others only the last is.
  private static let listedTurns = 48

  let context: UnitContext
  let reading: Reading
  private(set) var rows: [StandardRow] = []

  private let tree: SyntaxTree
  private var cursor = 0
  private var places: [Element: [Int]] = [:]
  /// Whether the tree ended before the description did.
  private var isBroken = false
  private var isMuted = false

  /// The rows of a unit.
  static func rows(_ tree: SyntaxTree, context: UnitContext) -> [StandardRow] {
    var walk = StandardWalk(tree, context, from: 0)
    walk.visit(.unit, depth: 0, isTaken: true, end: tree.nodes.count)
    walk.visitRest(end: tree.nodes.count, depth: 1)
    return walk.rows
  }

  private init(_ tree: SyntaxTree, _ context: UnitContext, from cursor: Int) {
    self.tree = tree
    self.cursor = cursor
    reading = tree.reading
    var context = context
    if context.outOfBand == nil { context.outOfBand = tree.outOfBand }
    self.context = context
  }

  // MARK: the values that conditions see

  var position: Int { cursor < tree.nodes.count ? tree.nodes[cursor].range.start : tree.bitCount }

  func value(of element: Element) -> Int? {
    places[element]?.last.flatMap { tree.nodes[$0].value.number }
  }

  func count(of element: Element) -> Int { places[element]?.count ?? 0 }

  func values(of element: Element) -> [Int] {
    places[element]?.compactMap { tree.nodes[$0].value.number } ?? []
  }

  func text(of element: Element) -> [UInt8]? {
    places[element]?.last.flatMap { tree.nodes[$0].value.bytes }
  }

  // MARK: the walk

  private mutating func add(_ row: StandardRow) {
    if !isMuted { rows.append(row) }
  }

  private func state(_ isTaken: Bool) -> StandardRow.State {
    !isTaken ? .skipped : isBroken ? .unreached : .taken
  }

  private mutating func visit(_ structure: Structure, depth: Int, isTaken: Bool, end: Int) {
    var row = StandardRow(
      kind: .structure, state: state(isTaken), depth: depth, text: "\(structure.name)( )")
    row.isTentative = structure.evidence == .recollected
    guard isTaken, !isBroken, cursor < end, case .structure(let found) = tree.nodes[cursor].kind,
      found === structure
    else {
      if isTaken { isBroken = true }
      row.state = state(isTaken)
      return add(row)
    }
    row.node = cursor
    row.isTentative = tree.nodes[cursor].isTentative
    add(row)
    let inner = tree.nodes[cursor].end
    cursor += 1
    visit(structure.items, depth: depth + 1, isTaken: true, end: inner)
    visitRest(end: inner, depth: depth + 1)
  }

  private mutating func visit(_ items: [SyntaxItem], depth: Int, isTaken: Bool, end: Int) {
    for item in items {
      switch item {
      case .read(let element, let descriptor, _):
        read(element, descriptor, [], depth: depth, isTaken: isTaken, end: end)
      case .composite(let element, _, let parts):
        read(element, element.descriptor, parts, depth: depth, isTaken: isTaken, end: end)
      case .structure(let structure):
        visit(structure, depth: depth, isTaken: isTaken, end: end)
      case .when(let condition, let branch, let otherwise):
        let holds = isTaken && !isBroken && condition.holds(in: self)
        add(
          StandardRow(
            kind: .condition(holds: holds), state: state(isTaken), depth: depth,
            text: "if( \(condition) )", operands: isTaken && !isBroken ? operands(condition) : [:],
            meanings: Self.meanings(condition)))
        // What a branch reads must not change what its condition was.
        visit(branch, depth: depth + 1, isTaken: isTaken && (holds || isBroken), end: end)
        guard !otherwise.isEmpty else { continue }
        add(StandardRow(kind: .otherwise, state: state(isTaken), depth: depth, text: "else"))
        visit(otherwise, depth: depth + 1, isTaken: isTaken && !holds, end: end)
      case .loop(let counter, let count, let from, let step, let body):
        loop(counter, count, from, step, body, depth: depth, isTaken: isTaken, end: end)
      case .derive(let variable):
        let known = isTaken && !isBroken
        add(
          StandardRow(
            kind: .derived, state: state(isTaken), depth: depth,
            text: "\(variable.name) = \(variable.meaning)",
            note: known ? "\(Expression.variable(variable).evaluate(in: self))" : ""))
      case .constraint(let rule, let condition, _):
        let known = isTaken && !isBroken
        add(
          StandardRow(
            kind: .constraint(holds: !known || condition.holds(in: self)), state: state(isTaken),
            depth: depth, text: "\(rule.id): \(condition)",
            operands: known ? operands(condition) : [:], meanings: Self.meanings(condition)))
      }
    }
  }

  private func operands(_ condition: Expression) -> [String: Int] {
    Dictionary(condition.operands(in: self).map { ($0.name, $0.value) }) { first, _ in first }
  }

  /// What the operands are that are no elements.
  private static func meanings(_ condition: Expression) -> [String: String] {
    Dictionary(Glossary.variables(in: condition).map { ($0.name, $0.meaning) }) { first, _ in
      first
    }
  }

  private mutating func read(
    _ element: Element, _ descriptor: Descriptor, _ parts: [SyntaxItem], depth: Int, isTaken: Bool,
    end: Int
  ) {
    var row = StandardRow(
      kind: .element, state: state(isTaken), depth: depth, text: element.name,
      descriptor: "\(descriptor)", isTentative: element.evidence == .recollected)
    guard isTaken, !isBroken, cursor < end else {
      if isTaken { isBroken = true }
      row.state = state(isTaken)
      if !isTaken, let inferred = element.inferred { row.note = "inferred \(inferred)" }
      add(row)
      return visit(parts, depth: depth + 1, isTaken: false, end: end)
    }
    let node = tree.nodes[cursor]
    if element === Element.aggregateData, node.element !== element {
      return visitRest(end: end, depth: depth)
    }
    guard node.element === element else {
      isBroken = true
      row.state = .unreached
      return add(row)
    }
    places[element, default: []].append(cursor)
    row.node = cursor
    row.text = node.name
    row.descriptor = node.descriptor.map { "\($0)" } ?? ""
    row.isTentative = node.isTentative
    add(row)
    cursor = parts.isEmpty ? node.end : cursor + 1
    guard !parts.isEmpty else { return }
    visit(parts, depth: depth + 1, isTaken: true, end: node.end)
    cursor = node.end
  }

  private mutating func loop(
    _ counter: String, _ count: Expression, _ from: Expression, _ step: Int, _ body: [SyntaxItem],
    depth: Int, isTaken: Bool, end: Int
  ) {
    let known = isTaken && !isBroken
    let turns = known ? count.evaluate(in: self) : nil
    var row = StandardRow(
      kind: .loop(turns: turns), state: state(isTaken), depth: depth,
      text: "for( \(counter) = \(from), \(step < 0 ? "downwards" : "upwards"), \(count) times )")
    if let turns {
      row.operands = operands(count).merging(operands(from)) { first, _ in first }
      row.meanings = Self.meanings(count)
      row.note = "\(turns) turn\(turns == 1 ? "" : "s")"
    }
    add(row)
    guard let turns, turns > 0 else {
      return visit(body, depth: depth + 1, isTaken: isTaken && isBroken, end: end)
    }
    let wasMuted = isMuted
    var hidden: (turns: Int, node: Int)?
    let start = known ? from.evaluate(in: self) : 0
    // The names of elements hold the counter; more rows than one need it in front.
    let showsCounter = body.count > 1 || turns > 1 && !Self.isElement(body)
    for turn in 0..<turns where !isBroken {
      guard cursor < end else { break }
      isMuted = wasMuted || turn >= Self.listedTurns && turn + 1 < turns
      if isMuted, !wasMuted, hidden == nil { hidden = (turns - Self.listedTurns - 1, cursor) }
      if !isMuted, let gap = hidden {
        add(
          StandardRow(
            kind: .gap, state: .taken, depth: depth + 1, text: "… \(gap.turns) more turns",
            node: gap.node))
      }
      if showsCounter {
        let count = start.saturatingAdd(turn.saturatingMultiply(step))
        add(
          StandardRow(
            kind: .turn, state: .taken, depth: depth + 1, text: "\(counter) = \(count)",
            node: cursor))
      }
      visit(body, depth: depth + (showsCounter ? 2 : 1), isTaken: true, end: end)
    }
    isMuted = wasMuted
  }

  private static func isElement(_ body: [SyntaxItem]) -> Bool {
    if case .read? = body.first { return body.count == 1 }
    return false
  }

  /// Rows for what stands in the tree beyond the description: units in an aggregate, and bits without syntax.
  private mutating func visitRest(end: Int, depth: Int) {
    while cursor < end {
      let node = tree.nodes[cursor]
      var row = StandardRow(
        kind: .unparsed, state: .taken, depth: depth, text: node.name, node: cursor,
        isTentative: node.isTentative)
      if case .containedUnit = node.kind {
        row.kind = .structure
        add(row)
        var inner = StandardWalk(tree, context, from: cursor + 1)
        inner.visit(.unit, depth: depth + 1, isTaken: true, end: node.end)
        inner.visitRest(end: node.end, depth: depth + 1)
        if !isMuted { rows += inner.rows }
      } else {
        add(row)
      }
      cursor = node.end
    }
  }
}
