import NNRAnalysis
import NNRReport
import TerminalScreen

extension TableColumn {
  /// A column on the screen: as wide as its heading and what it says of itself; names share what room is left.
  init(_ column: Column, width: Int? = nil) {
    let align: TerminalScreen.Alignment = column.alignment == .right ? .right : .left
    let priority = 20 - column.priority
    switch column.kind {
    case .name:
      self.init(column.title, width: width ?? 17, weight: 6, priority: priority, cut: .shared)
    case .message: self.init(column.title, width: width ?? 8, weight: 3, priority: priority)
    case .shape:
      self.init(column.title, width: width ?? 5, max: 20, priority: priority, cut: .never)
    case .text where width == nil:
      self.init(column.title, width: 8, weight: 2, priority: priority)
    default:
      self.init(
        column.title, align, width: max(column.title.count + 1, width ?? 8), priority: priority)
    }
  }
}

extension StyledText {
  /// A cell as people read it, in the style of what it is.
  init(_ value: CellValue, in column: Column) {
    let style: Style =
      switch column.kind {
      case _ where value == .missing: .dim
      case .name: .name
      case .message: .error
      case let kind where kind.isNumeric: .number
      default: .normal
      }
    self.init(ValueText.human(value, in: column), style)
  }
}
