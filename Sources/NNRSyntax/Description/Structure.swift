/// A syntax structure: a table of the standard, its rows in order.
public final class Structure: Sendable {
  /// The name in the syntax tables, without the parentheses.
  public let name: String
  /// The section of the format reference.
  public let section: String
  /// Whether the layout is only recollected from drafts.
  public let evidence: Element.Evidence
  /// What the bits of its elements are spent on; nil if the structure around it tells.
  public let headerClass: HeaderClass?
  /// Whether its layout is one of several, which are tried (`Reading`).
  let hasAlternatives: Bool
  /// The rows.
  public let items: [SyntaxItem]

  /// A structure with the rows that `body` lists.
  init(
    _ name: String, section: String, evidence: Element.Evidence = .reference,
    headerClass: HeaderClass? = nil, hasAlternatives: Bool = false,
    @SyntaxBuilder _ body: () -> [SyntaxItem]
  ) {
    self.name = name
    self.section = section
    self.evidence = evidence
    self.headerClass = headerClass
    self.hasAlternatives = hasAlternatives
    items = body()
  }
}

/// A row of a syntax table.
public indirect enum SyntaxItem: Sendable {
  /// An element, with its descriptor here and, where the value is not the coded number, how to work it out.
  case read(Element, Descriptor, ValueRule?)
  /// Another structure.
  case structure(Structure)
  /// Rows that are there if a condition holds, and rows for the other case.
  case when(Expression, [SyntaxItem], otherwise: [SyntaxItem])
  /// Rows that are there `count` times; the counter starts at `from` and goes by `step` (1 or −1).
  case loop(counter: String, count: Expression, from: Expression, step: Int, [SyntaxItem])
  /// An element made of parts, which are the rows; its value is worked out from them.
  case composite(Element, Variable, [SyntaxItem])
  /// A value worked out, shown where it stands.
  case derive(Variable)
  /// A condition that must hold, and the rule that is broken if it does not. Parsing stops there if `fatal`.
  case constraint(Rule, Expression, fatal: Bool)
}

/// How an element's value follows from the coded number.
public struct ValueRule: Sendable {
  /// The formula; `coded` is the number in the bitstream.
  public let text: String
  /// The value for a coded number; the last argument is the index of the element.
  package let evaluate: @Sendable (any SyntaxScope, Int, Int) -> Int
}

/// Collects the rows of a structure.
@resultBuilder
enum SyntaxBuilder {
  static func buildBlock(_ rows: [SyntaxItem]...) -> [SyntaxItem] { rows.flatMap { $0 } }
  static func buildExpression(_ row: SyntaxItem) -> [SyntaxItem] { [row] }
  static func buildExpression(_ element: Element) -> [SyntaxItem] {
    [.read(element, element.descriptor, nil)]
  }
  static func buildExpression(_ structure: Structure) -> [SyntaxItem] { [.structure(structure)] }
  static func buildExpression(_ rows: [SyntaxItem]) -> [SyntaxItem] { rows }
}

/// An element whose descriptor or value depends on the place.
func read(_ element: Element, as descriptor: Descriptor? = nil, value: ValueRule? = nil)
  -> SyntaxItem
{
  .read(element, descriptor ?? element.descriptor, value)
}

/// Rows under a condition.
func when(
  _ condition: Expression, @SyntaxBuilder _ rows: () -> [SyntaxItem],
  @SyntaxBuilder otherwise: () -> [SyntaxItem] = { [] }
) -> SyntaxItem {
  .when(condition, rows(), otherwise: otherwise())
}

/// Rows that are repeated.
func loop(
  _ counter: String, _ count: Expression, from: Expression = 0, step: Int = 1,
  @SyntaxBuilder _ rows: () -> [SyntaxItem]
) -> SyntaxItem {
  .loop(counter: counter, count: count, from: from, step: step, rows())
}

/// A condition that must hold, or the rule is broken.
func constraint(_ rule: Rule, _ condition: Expression, fatal: Bool = false) -> SyntaxItem {
  .constraint(rule, condition, fatal: fatal)
}
