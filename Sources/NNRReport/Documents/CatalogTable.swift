import NNRAnalysis
import NNRSyntax

/// The catalogue of syntax elements, documented from the code: one row for each place where one is read.
public enum CatalogTable {
  /// The columns.
  public static let fields: [Field<SyntaxCatalog.Entry>] = [
    Field("name", title: "element", "the name in the standard", priority: 0) { $0.element.name },
    Field("structure", "the structure that reads it", priority: 3) { $0.structure.name },
    Field("descriptor", title: "desc", "how it is written", priority: 1) { "\($0.descriptor)" },
    Field("allowed", "the values that are allowed", priority: 2) { $0.element.range },
    Field("inferred", "the value if it is absent", priority: 6) { $0.element.inferred },
    Field("condition", "when it is there", priority: 4) { $0.condition },
    Field("rule", "the rule that a forbidden value breaks", priority: 7) { $0.element.rule?.id },
    Field("source", "section of the format reference", priority: 5) { $0.element.section },
    Field("tentative", "whether it is recollected from drafts only", priority: 8) {
      $0.element.evidence == .recollected || $0.structure.evidence == .recollected
    },
    Field("meaning", kind: .message, "what the element means", priority: 0) { $0.element.meaning },
  ]

  /// All places, in the order of the syntax; only those of an element if one is named.
  public static func rows(element: String? = nil) -> [SyntaxCatalog.Entry] {
    SyntaxCatalog.standard.entries.filter { element == nil || $0.element.name == element }
  }
}
