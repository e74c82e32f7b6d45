import NNRAnalysis
import PlainText

/// A table of a report page.
enum ReportTable {
  /// Writes the columns `keys` of a table; `last` is the heading of a column more, whose cells `draw` fills.
  ///
  /// Rows are sorted by a click on a heading if `sortable`; `indent` sets the first column of a row in by so many steps.
  static func write(
    _ table: Table, columns keys: [String], last: String? = nil, sortable: Bool = true,
    indent: (Int) -> Int = { _ in 0 }, to page: inout Markup,
    draw: (Int, inout Markup) -> Void = { _, _ in }
  ) {
    let shown = table.selecting(keys)
    page.element("div", [("class", "scroll")]) { page in
      page.element("table") { page in
        page.element("thead") { page in
          page.element("tr") { page in
            for column in shown.columns { heading(column, sortable, to: &page) }
            if let last { page.element("th", [("scope", "col")], text: last) }
          }
        }
        page.element("tbody") { page in
          for (place, row) in shown.rows.enumerated() {
            page.newLine()
            page.element("tr") { page in
              for (number, (column, cell)) in zip(shown.columns, row).enumerated() {
                write(cell, column, indent: number == 0 ? indent(place) : 0, to: &page)
              }
              if last != nil { page.element("td", [("class", "bar")]) { draw(place, &$0) } }
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
    let isName = column.key == "name" || column.key == "class"
    if column.alignment == .right {
      attributes.append(("class", "n"))
    } else if column.key == "error" {
      attributes.append(("class", "message"))
    } else if isName {
      attributes.append(("class", "name"))
    }
    if indent > 0 { attributes.append(("style", "padding-left:\(10 + 18 * indent)px")) }
    switch cell {
    case .missing: break
    case .text(let text): attributes.append(("data-v", text))
    case .number(let number):
      if number.isFinite { attributes.append(("data-v", NumberFormat.shortest(number))) }
    case .integer(let number): attributes.append(("data-v", "\(number)"))
    case .flag(let flag): attributes.append(("data-v", flag ? "1" : "0"))
    }
    // Names are shown whole: `SafeText` makes them printable when they are written.
    if isName, case .text(let text) = cell {
      page.element("td", attributes, text: text)
    } else {
      page.element("td", attributes, text: plain(cell, column))
    }
  }

  private static func plain(_ cell: CellValue, _ column: Column) -> String {
    if case .text(let text) = cell { return text }
    return ValueText.human(cell, in: column)
  }
}
