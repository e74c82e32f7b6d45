import NNRAnalysis
import PlainText

/// A table of a report page.
enum ReportTable {
  /// The most rows that are shown without being asked for.
  static let open = 500
  /// The rows of a table that are printed.
  static let printed = 40

  /// Writes the first rows of a list, and those beyond `open` folded up; what is not printed is told on paper.
  static func folded<Row>(
    _ rows: [Row], to page: inout Markup, table: (ArraySlice<Row>, inout Markup) -> Void
  ) {
    page.element("div", [("class", "scroll")]) { table(rows.prefix(open), &$0) }
    if rows.count > open {
      page.element("details") { page in
        page.element("summary", text: "\(NumberFormat.grouped(rows.count - open)) more rows")
        page.element("div", [("class", "scroll")]) { table(rows.dropFirst(open), &$0) }
      }
    }
    if rows.count > printed {
      page.element(
        "p", [("class", "paper")],
        text: "On paper: the first \(printed) of \(NumberFormat.grouped(rows.count)) rows.")
    }
  }

  /// Writes rows; `last` is the heading of a column more, whose cells `draw` fills.
  ///
  /// Rows are sorted by a click on a heading if `sortable`; `indent` sets the first column of a row in by so many steps.
  static func write<Row>(
    _ fields: [Field<Row>], _ rows: [Row], last: String? = nil, sortable: Bool = true,
    indent: (Row) -> Int = { _ in 0 }, to page: inout Markup,
    draw: (Row, inout Markup) -> Void = { _, _ in }
  ) {
    folded(rows, to: &page) { rows, page in
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            for field in fields { heading(field.column, sortable, to: &page) }
            if let last { page.element("th", [("scope", "col")], text: last) }
          }
        }
        page.element("tbody") { page in
          for row in rows {
            page.newLine()
            page.element("tr") { page in
              for (number, field) in fields.enumerated() {
                write(
                  field.value(row), field.column, indent: number == 0 ? indent(row) : 0, to: &page)
              }
              if last != nil { page.element("td", [("class", "bar")]) { draw(row, &$0) } }
            }
          }
        }
      }
    }
  }

  private static func heading(_ column: Column, _ sortable: Bool, to page: inout Markup) {
    var attributes: [Markup.Attribute] = [("scope", "col")]
    if column.alignment == .right { attributes.append(("class", "n")) }
    if !column.summary.isEmpty { attributes.append(("title", column.summary)) }
    if sortable { attributes.append(("data-sort", column.kind.isNumeric ? "n" : "t")) }
    page.element("th", attributes, text: column.title)
  }

  private static func write(
    _ cell: CellValue, _ column: Column, indent: Int, to page: inout Markup
  ) {
    var attributes: [Markup.Attribute] = []
    switch column.kind {
    case .name: attributes.append(("class", "name"))
    case .message: attributes.append(("class", "message"))
    default: if column.alignment == .right { attributes.append(("class", "n")) }
    }
    if indent > 0 { attributes.append(("style", "padding-left:\(10 + 18 * indent)px")) }
    switch cell {
    case .missing: break
    case .text(let text): attributes.append(("data-v", text))
    case .number(let number):
      if number.isFinite { attributes.append(("data-v", NumberFormat.shortest(number))) }
    case .integer(let number): attributes.append(("data-v", "\(number)"))
    case .shape, .curve: break
    case .flag(let flag): attributes.append(("data-v", flag ? "1" : "0"))
    }
    // Text is shown whole: `SafeText` makes it printable when it is written.
    if case .text(let text) = cell {
      page.element("td", attributes, text: text)
    } else {
      page.element("td", attributes, text: ValueText.human(cell, in: column))
    }
  }
}
