import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen

/// One open stream and where in it the panes stand.
struct DocumentState: Sendable {
  /// The stream and its session.
  let source: OpenStream
  /// The place that all panes look at.
  var location = Location()
  /// The rows in bitstream order.
  var outline: Outline
  /// The rows in model order.
  var modelOutline = ModelOutline()
  /// Which of them is shown.
  var projection = Projection.bitstream
  /// Selection and scroll position of the outline.
  var outlineList = ListState()
  /// The rows of the syntax table.
  var syntax = SyntaxRows()
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
  /// Selection of the list of findings.
  var findingsList = ListState()
  /// The tensors table.
  var tensors = TensorList()
  /// The costs view.
  var costs = CostsState()
  /// The weight under the cursor.
  var cell = CellState()
  /// What is known of all tensors.
  var figures = StreamFigures()
  /// What is known of all units.
  var survey = Survey()
  /// What is known of the weights of the selected tensor.
  var tensorView: TensorView?
  /// The share of payloads that the rules were looked at for; nil if none are.
  var checked: Double?
  /// Whether rules that need payloads were asked for: they are looked at again when the file was replaced.
  var checksPayloads = false
  /// The filter in force; empty for none.
  var filter = ""
  /// The notes on its elements.
  var notes = NoteBook()
  /// Why the file should be opened again; nil if it has not changed.
  var change: String?

  /// The two orders of a stream.
  enum Projection: Sendable {
    case bitstream, model
  }

  /// A stream seen from its start.
  init(_ source: OpenStream) {
    self.source = source
    outline = Outline(total: source.stream.unitCount)
  }

  /// The stream.
  var stream: NNRStream { source.stream }

  /// What to open again; empty for nothing.
  var path: String { source.path }

  /// The last part of the path.
  var title: String {
    let name = stream.name.split(separator: "/").last.map(String.init) ?? stream.name
    return name == "-" ? "standard input" : name
  }

  /// The tree of the selected unit.
  var tree: SyntaxTree? { stream.tree(location.unit) }

  /// The entry of the selected unit.
  var entry: UnitIndex.Entry? {
    let entries = stream.index.entries
    return entries.indices.contains(location.unit) ? entries[location.unit] : nil
  }

  /// What is wrong with a unit, as far as it is known.
  func diagnostics(_ unit: Int, _ tree: SyntaxTree?) -> [Diagnostic] {
    survey.diagnostics(of: unit) ?? tree?.diagnostics ?? stream.indexDiagnostics(unit)
  }

  /// The rows of the outline that is shown.
  var outlineCount: Int {
    projection == .bitstream ? outline.count : modelOutline.rows.count
  }
}
