import NNRModel
import TerminalScreen

/// What a pane shows, and what keys and mouse do in it: a conformance for each pane, all of them in `Views`.
///
/// A view holds nothing. What it shows and where its cursor stands is in the model, so that all views look at the same. Lists
/// get everything by default from their `lines`.
protocol View: Sendable {
  /// Its name.
  var pane: Pane { get }
  /// The commands that open it, and those that mean something in it only.
  var commands: [Command] { get }
  /// Whether it stands in the bar of views.
  var isInBar: Bool { get }
  /// Whether it stands there with what is open now.
  func isInBar(_ model: ExplorerModel) -> Bool
  /// What it shows of the stream.
  var subject: ViewSubject { get }
  /// What the bar says behind its name: how much is wrong, or there.
  func badge(_ model: ExplorerModel) -> StyledText
  /// The lines it consists of; nil for one that is no list.
  func lines(_ model: ExplorerModel) -> LineList?
  /// What a line stands for; nil for a line that stands for nothing in a stream.
  func selection(ofLine line: Int, _ model: ExplorerModel) -> Selection?
  /// The line that stands for what is selected, or for its unit; nil for none.
  func line(of selection: Selection, _ model: ExplorerModel) -> Int?
  /// Title and right-hand note.
  func caption(_ model: ExplorerModel) -> (title: StyledText, note: StyledText)
  /// The right-hand note alone, where the title is the pane's.
  func note(_ model: ExplorerModel) -> String
  /// Draws it.
  func draw(_ model: ExplorerModel, _ grid: inout Grid, _ rect: Rect)
  /// The rows that fit, for movements by pages.
  func page(_ model: ExplorerModel, _ rect: Rect) -> Int
  /// Moves the cursor.
  func move(_ motion: Motion, _ model: inout ExplorerModel)
  /// What the arrows to the right and to the left do: one step on or back.
  func move(sideways step: Int, _ model: inout ExplorerModel) -> [Effect]
  /// What Enter does.
  func enter(_ model: inout ExplorerModel) -> [Effect]
  /// What Enter would do, in a word or two; nil for nothing.
  func enterHint(_ model: ExplorerModel) -> String?
  /// Other keys that matter now.
  func hints(_ model: ExplorerModel) -> [KeyHint]
  /// Puts the cursor where the mouse points.
  func click(_ point: Point, _ rect: Rect, _ model: inout ExplorerModel)
  /// Scrolls as the wheel says.
  func scroll(_ rows: Int, _ model: inout ExplorerModel)
  /// Begins the work that it lacks: when it is opened, and whenever the selection or a file is another.
  func follow(_ model: inout ExplorerModel) -> [Effect]
  /// What Esc does before it leads away: stops work, shows all again; nil for nothing.
  func escape(_ model: inout ExplorerModel) -> [Effect]?
  /// How it is filtered; nil where it is not.
  func filter(_ model: ExplorerModel) -> (any ViewFilter)?
  /// Whether it is a table with a cursor among its columns.
  var hasColumns: Bool { get }
  /// The columns of its table; nil where there are none now.
  func columns(_ model: ExplorerModel) -> ColumnList?
  /// Shows columns by their keys.
  func show(_ columns: [String], _ model: inout ExplorerModel)
  /// Sorts by a column: numbers from the largest, text from the first; by one it is sorted by already, in the order of the stream.
  func sort(by column: String, _ model: inout ExplorerModel)
  /// Whether its lines have orders to choose from.
  var isSorted: Bool { get }
  /// The names of the orders.
  var orders: [String] { get }
  /// Takes an order, one of `orders`.
  func sort(_ order: NamedOrder, _ model: inout ExplorerModel)
  /// Takes the next order, or turns the present one round.
  func sort(next: Bool, _ model: inout ExplorerModel)
  /// What the keys with brackets find in its lines rather than in the stream.
  var strides: Set<Stride> { get }
  /// Goes to the next or the previous one of them; a sentence if there is none.
  func go(_ stride: Stride, forward: Bool, _ model: inout ExplorerModel) -> String?
  /// Where the bits of what is under the cursor begin; nil if there is no such place.
  func bits(_ model: ExplorerModel) -> Location?
  /// The tensor under the cursor.
  func tensor(_ model: ExplorerModel) -> CodedTensor?
  /// Takes up what another view selected, as far as it depends on more than its lines.
  func take(_ selection: Selection, _ model: inout ExplorerModel)
}

/// What a view shows of a stream.
enum ViewSubject: Sendable {
  /// Syntax: elements and their bits.
  case syntax
  /// The weights of a tensor.
  case weights
  /// The bins of a tensor.
  case bins
}

/// What the keys with brackets go to.
enum Stride: Sendable {
  case unit, tensor, element, problem
}

/// How the lines of a view are filtered while one types.
protocol ViewFilter: Sendable {
  /// The command that does the same, as recordings write it.
  var command: String { get }
  /// The text in force.
  func text(_ model: ExplorerModel) -> String
  /// The text to begin with where one types another.
  func prompt(_ model: ExplorerModel) -> String
  /// Puts a text in force as far as it makes sense; an empty one shows all.
  func set(_ text: String, _ model: inout ExplorerModel) -> [Effect]
  /// The text was typed to its end.
  func accept(_ text: String, _ model: inout ExplorerModel)
  /// Whether the text makes sense and fits something, and a note beside it.
  func verdict(_ text: String, _ model: ExplorerModel) -> (PromptLine.Validity, StyledText)
  /// Where a text makes no sense, in its UTF-8 bytes; nil where it does.
  func mistake(_ model: ExplorerModel) -> Range<Int>?
  /// Whole texts that a text can be completed to.
  func completions(_ text: String) -> [String]
}

extension ViewFilter {
  var command: String { "filter" }
  func prompt(_ model: ExplorerModel) -> String { text(model) }
  func mistake(_ model: ExplorerModel) -> Range<Int>? { nil }
  func completions(_ text: String) -> [String] { [] }
}
