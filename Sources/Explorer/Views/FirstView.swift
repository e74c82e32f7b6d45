import TerminalScreen

extension Pane {
  /// The first view: outline, syntax, bits, detail and decode, each of which is a pane.
  public static let explorer = Pane("explorer", "Explorer")

  /// The panes of the first view, in the order of Tab.
  static let parts: [Pane] = [.outline, .syntax, .bits, .decode, .detail]
}

/// The first view; all but its way out is that of its parts.
struct FirstView: View {
  let pane = Pane.explorer
  let isInBar = true
  let commands = [
    Command.opening(.explorer, ["1"], "outline, syntax, bits, detail and decode")
  ]

  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect) {}

  func filter(_ model: ExplorerModel) -> (any ViewFilter)? { UnitFilter() }

  func escape(_ model: inout ExplorerModel) -> [Effect]? {
    if model.isZoomed {
      model.isZoomed = false
      model.follow()
    } else if !model.document.filter.isEmpty {
      return model.beginFilter("")
    } else if model.search != nil {
      model.search = nil
    } else {
      return nil
    }
    return []
  }
}
