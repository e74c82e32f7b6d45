import NNRSyntax
import TerminalScreen

extension DocumentState {
  /// What was chosen in a stream, apart from what was found: the place, orders, filters, columns, cursors.
  ///
  /// Reloading a file hands it on, a step of a lesson begins with a new one, and what is saved is taken out of it.
  struct Look: Sendable {
    /// The place that all panes look at.
    var location = Location()
    /// Which order the outline shows.
    var projection = Projection.bitstream
    /// The rows in bitstream order, with the opened ones.
    var outline: Outline
    /// The rows in model order, with the closed ones and their order.
    var modelOutline = ModelOutline()
    /// Selection and scroll position of the outline.
    var outlineList = ListState()
    /// The filter of the units; empty for none.
    var filter = ""
    /// Selection and scroll position of the syntax table.
    var syntaxList = ListState()
    /// The syntax tables of the unit.
    var standard = StandardTable()
    /// The first line shown of the detail pane.
    var detailTop = 0
    /// The first line shown of the decode pane.
    var decodeTop = 0
    /// The first column shown of the values in the decode pane.
    var decodeColumn = 0
    /// The least severity of the findings that are listed.
    var severity = Severity.info
    /// Selection of the list of findings.
    var findingsList = ListState()
    /// Whether rules that need payloads were asked for.
    var checksPayloads = false
    /// The tensors table.
    var tensors = TensorList()
    /// The costs view.
    var costs = CostsState()
    /// The weight under the cursor.
    var cell = CellState()
    /// The file of the original that the weights are compared with; nil for none.
    var referencePath: String?

    /// A stream of so many units, seen from its start.
    init(units: Int) { outline = Outline(total: units) }

    /// Forgets what was chosen in the unit that was selected before.
    mutating func enterUnit() {
      syntaxList = ListState()
      decodeTop = 0
      decodeColumn = 0
      cell.leave()
    }
  }

  /// The same look at another state of the file: units, elements and opened rows are those that are still there.
  func look(at source: OpenStream) -> Look {
    let stream = source.stream
    var new = look
    new.location = look.location.carried(from: self, to: stream)
    new.outline = Outline(total: stream.unitCount)
    for (unit, nodes) in look.outline.openNodes {
      let place = Location(unit: unit).carried(from: self, to: stream)
      guard let tree = stream.tree(place.unit) else { continue }
      new.outline.open(place.unit, tree)
      for node in nodes {
        let inner = Location(unit: unit, node: node).carried(from: self, to: stream)
        if inner.unit == place.unit, let node = inner.node {
          new.outline.set(inner.unit, node: node, open: true, tree)
        }
      }
    }
    new.modelOutline.forgetUnits()
    new.standard.unload()
    return new
  }
}
