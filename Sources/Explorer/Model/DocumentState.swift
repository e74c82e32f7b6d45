import NNRAnalysis
import NNRBits
import NNRModel
import NNRSyntax
import TerminalScreen

/// One open stream: what was chosen in it, and what was found out about it.
///
/// What was chosen is read as if it stood here: `document.filter` is `document.look.filter`.
@dynamicMemberLookup
struct DocumentState: Sendable {
  /// The stream and its session.
  let source: OpenStream
  /// What was chosen in it.
  var look: Look
  /// The rows of the syntax table.
  var syntax = SyntaxRows()
  /// What is known of all tensors.
  var figures = StreamFigures()
  /// What is known of all units.
  var survey = Survey()
  /// What is known of the weights of the selected tensor.
  var tensorView: TensorView?
  /// The cells of its heat map as far as they are worked out.
  var heatImage: HeatImage?
  /// The bits of each weight of the tensor that the heat map shows; nil if they were not looked for, empty where they cannot be told.
  var weightBits: [Float]?
  /// The window of the heat map that is being worked out.
  var heatWanted: HeatWindow?
  /// The share of payloads that the rules were looked at for; nil if none are.
  var checked: Double?
  /// The versions of NNCodec that fit it; nil until its rules were looked at.
  var writer: WriterFit?
  /// The notes on its elements.
  var notes = NoteBook()
  /// Why the file should be opened again; nil if it has not changed.
  var change: String?

  /// The two orders of a stream.
  enum Projection: String, Sendable {
    case bitstream, model
  }

  /// A stream seen from its start.
  init(_ source: OpenStream) {
    self.source = source
    look = Look(units: source.stream.unitCount)
  }

  /// Something that was chosen.
  subscript<Value>(dynamicMember path: WritableKeyPath<Look, Value>) -> Value {
    get { look[keyPath: path] }
    _modify { yield &look[keyPath: path] }
  }

  /// The stream.
  var stream: NNRStream { source.stream }

  /// The place of a byte of the stream in its file.
  func address(ofByte byte: Int) -> String {
    NumberText.address(stream.source.fileOffset(of: byte) ?? byte)
  }

  /// What to open again; empty for nothing.
  var path: String { source.path }

  /// The last part of the path.
  var title: String {
    let name = stream.name.split(separator: "/").last.map(String.init) ?? stream.name
    return name == "-" ? "standard input" : name
  }

  /// The tree of the selected unit.
  var tree: SyntaxTree? { stream.tree(look.location.unit) }

  /// The entry of the selected unit.
  var entry: UnitIndex.Entry? {
    let entries = stream.index.entries
    return entries.indices.contains(look.location.unit) ? entries[look.location.unit] : nil
  }

  /// What is wrong with a unit, as far as it is known.
  func diagnostics(_ unit: Int, _ tree: SyntaxTree?) -> [Diagnostic] {
    survey.diagnostics(of: unit) ?? tree?.diagnostics ?? stream.indexDiagnostics(unit)
  }

  /// The rows of the outline that is shown.
  var outlineCount: Int {
    look.projection == .bitstream ? look.outline.count : look.modelOutline.rows.count
  }

  /// Looks at the stream another way.
  mutating func take(_ look: Look) {
    self.look = look
    survey.show(from: look.severity)
  }
}
