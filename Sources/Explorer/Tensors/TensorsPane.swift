import NNRSyntax
import TerminalScreen

/// The tensors table.
extension ExplorerModel {
  private static let columns = [
    TableColumn("unit", .right, width: 6, priority: 3),
    TableColumn("name", width: 12, weight: 3, priority: 9),
    TableColumn("shape", width: 12, max: 24, weight: 1, priority: 6),
    TableColumn("type", width: 15, priority: 2),
    TableColumn("quantizer", width: 9, priority: 4),
    TableColumn("weights", .right, width: 11, priority: 5),
    TableColumn("payload", .right, width: 11, priority: 7),
    TableColumn("bit/w", .right, width: 7, priority: 8),
  ]

  /// Draws the table.
  func drawTensors(_ grid: inout Grid, _ rect: Rect) {
    let survey = document.survey
    let table = document.tensors
    let empty = survey.isComplete ? "no tensors in this stream" : "reading …"
    TableView(
      table.list, columns: Self.columns, count: table.order.count, sort: table.sort,
      placeholder: StyledText(empty, .dim)
    ) { row in
      let summary = survey.units[table.order[row]]
      return [
        StyledText("u\(summary.unit)", .dim),
        StyledText(ShownText.line(summary.names.joined(separator: ", ")), .name),
        StyledText(summary.dimensions?.map { "\($0)" }.joined(separator: "×") ?? "?"),
        StyledText(summary.payloadType?.name ?? ""), StyledText(Self.quantizer(summary)),
        StyledText(NumberText.grouped(summary.weights), .number),
        StyledText(NumberText.grouped(summary.payloadBytes), .number),
        StyledText(summary.bitsPerWeight.map { NumberText.fixed($0, 3) } ?? "-", .number),
      ]
    }.draw(on: &grid, in: rect)
    if table.order.isEmpty { grid.placeCursor(Point(0, 0), in: rect) }
  }

  private static func quantizer(_ summary: UnitSummary) -> String {
    if summary.usesCodebook { return "codebook" }
    if summary.usesDependentQuantization { return "dq" }
    return summary.payloadType == .rawFloat ? "none" : "uniform"
  }

  /// Puts the tensors in the order of the sorted column.
  mutating func sortTensors() {
    let units = document.survey.units
    var order = document.survey.tensors
    if let sort = document.tensors.sort {
      func precedes(_ a: UnitSummary, _ b: UnitSummary) -> Bool {
        switch sort.column {
        case 1: NaturalText.precedes(a.names.first ?? "", b.names.first ?? "")
        case 2: (a.dimensions?.count ?? 0) < (b.dimensions?.count ?? 0)
        case 3: (a.payloadType?.rawValue ?? 0) < (b.payloadType?.rawValue ?? 0)
        case 4: Self.quantizer(a) < Self.quantizer(b)
        case 5: a.weights < b.weights
        case 6: a.payloadBytes < b.payloadBytes
        case 7: (a.bitsPerWeight ?? 0) < (b.bitsPerWeight ?? 0)
        default: a.unit < b.unit
        }
      }
      order.sort {
        let (a, b) = (units[$0], units[$1])
        if precedes(a, b) { return !sort.descending }
        if precedes(b, a) { return sort.descending }
        return $0 < $1
      }
    }
    document.tensors.order = order
    document.tensors.list.settle(count: order.count, page: page(.tensors))
  }

  /// Sorts by the next column, or the other way round.
  mutating func sortTensors(next: Bool) {
    let old = document.tensors.sort ?? SortMark(column: 0, descending: false)
    document.tensors.sort =
      next
      ? SortMark(column: (old.column + 1) % Self.columns.count, descending: old.column >= 4)
      : SortMark(column: old.column, descending: !old.descending)
    sortTensors()
    tell("sorted by \(Self.columns[document.tensors.sort?.column ?? 0].title)")
  }
}
