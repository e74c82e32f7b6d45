import NNRAnalysis
import NNRSyntax

/// The catalogue of syntax elements, documented from the code: one row for each place where one is read.
public enum CatalogTable {
  /// The columns.
  public static let columns = [
    Column("name", title: "element", kind: .text, summary: "the name in the standard", priority: 0),
    Column("structure", kind: .text, summary: "the structure that reads it", priority: 3),
    Column("descriptor", title: "desc", kind: .text, summary: "how it is written", priority: 1),
    Column("allowed", kind: .text, summary: "the values that are allowed", priority: 2),
    Column("inferred", kind: .number, summary: "the value if it is absent", priority: 6),
    Column("condition", kind: .text, summary: "when it is there", priority: 4),
    Column("rule", kind: .text, summary: "the rule that a forbidden value breaks", priority: 7),
    Column("source", kind: .text, summary: "section of the format reference", priority: 5),
    Column(
      "tentative", kind: .flag, summary: "whether it is recollected from drafts only", priority: 8),
    Column("meaning", kind: .text, summary: "what the element means", priority: 0),
  ]

  /// All places, in the order of the syntax; only those of an element if one is named.
  public static func table(element: String? = nil) -> Table {
    var table = Table(columns: columns)
    for entry in SyntaxCatalog.standard.entries
    where element == nil || entry.element.name == element {
      table.append([
        "name": .text(entry.element.name), "structure": .text(entry.structure.name),
        "descriptor": .text("\(entry.descriptor)"), "allowed": .text(entry.element.range),
        "inferred": entry.element.inferred.map { .integer($0) } ?? .missing,
        "condition": .text(entry.condition),
        "rule": entry.element.rule.map { .text($0.id) } ?? .missing,
        "source": .text(entry.element.section),
        "tentative": .flag(
          entry.element.evidence == .recollected || entry.structure.evidence == .recollected),
        "meaning": .text(entry.element.meaning),
      ])
    }
    return table
  }
}
