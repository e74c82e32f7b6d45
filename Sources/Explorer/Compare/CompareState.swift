import NNRAnalysis
import NNRReport
import TerminalScreen

/// The open files as runs side by side, and where among them the cursor stands.
struct CompareState: Sendable {
  /// What the rows are.
  enum Rows: Sendable, Hashable {
    case tensors, classes
    /// Groups of tensors; what someone typed.
    case groups(String)

    /// In a word.
    var title: String {
      switch self {
      case .tensors: "tensors"
      case .classes: "classes"
      case .groups(let text): text
      }
    }
  }

  /// What the columns of the runs show.
  enum Figure: String, Sendable, CaseIterable {
    case bits, change, bitsPerWeight = "bit/weight", qp = "QP", zeros, snr = "SNR dB", rmse = "RMSE"

    /// Whether it needs an original.
    var needsOriginal: Bool { self == .snr || self == .rmse }
  }

  /// What the rows are sorted by.
  enum Order: String, Sendable, CaseIterable {
    case file, spread, change, name
  }

  /// Selection and scroll position; row 0 is the whole files.
  var list = ListState()
  /// The run under the cursor.
  var column = 0
  /// What the rows are.
  var rows = Rows.tensors
  /// What the columns of the runs show.
  var figure = Figure.bits
  /// What the rows are sorted by, the greatest first but for names.
  var order = Order.file
  /// Whether the order is turned round.
  var isReversed = false
  /// Only rows whose names hold this text, or fit this pattern; empty for all.
  var filter = ""
  /// Whether the points are drawn in place of the table.
  var isPlotted = false
  /// The file of the original; nil for none.
  var reference: String?
  /// Why the original could not be read; nil if it could.
  var problem: String?

  /// The files that were decoded for it, by their names; empty until that was begun.
  private(set) var files: [String] = []
  /// The runs as far as they are decoded, by their numbers.
  private var found: [Int: RunFigures] = [:]
  /// The numbers of the documents of the runs of `comparison`.
  private(set) var documents: [Int] = []
  /// The runs side by side; nil until the first one is decoded.
  private(set) var comparison: RunComparison?
  /// The rows that are shown, the whole files first.
  private(set) var lines: [CompareRow] = []

  /// The share of the runs that is decoded.
  var fraction: Double { files.isEmpty ? 0 : Double(found.count) / Double(files.count) }

  /// Begins anew with some files.
  mutating func begin(_ files: [String]) {
    self.files = files
    found = [:]
    comparison = nil
    documents = []
    lines = []
    problem = nil
  }

  /// Forgets what was decoded.
  mutating func forget() { begin([]) }

  /// Takes over runs that were decoded since.
  mutating func add(_ runs: [Int: RunFigures]) {
    found.merge(runs) { $1 }
    documents = found.keys.sorted()
    comparison = RunComparison(
      documents.compactMap { found[$0] }, isAgainst: reference != nil && problem == nil)
    arrange()
  }

  /// Makes the rows anew: their kind, filter and order.
  mutating func arrange() {
    guard let comparison else { return lines = [] }
    var shown =
      switch rows {
      case .tensors: comparison.tensors
      case .classes: comparison.classes
      case .groups(let text): comparison.grouped(Self.groups(text) ?? NameGroups())
      }
    if !filter.isEmpty {
      let pattern = Glob(Glob.isPattern(filter) ? filter : "*\(filter)*")
      shown = shown.filter { pattern.matches($0.name) }
    }
    let keys = shown.map { row -> CellValue in
      switch order {
      case .file: .integer(0)
      case .spread: row.spread.map { .number($0) } ?? .missing
      case .change: (row.greatestChange?.bits).map { .number($0) } ?? .missing
      case .name: .text(row.name)
      }
    }
    let isDown = (order == .spread || order == .change) != isReversed
    let places = SortOrder(key: "", descending: isDown).places(of: keys)
    lines =
      [comparison.total]
      + (order == .file && isReversed ? places.reversed() : places)
      .map { shown[$0] }
  }

  /// The groups that text such as `role`, `depth:2` or `norm=*.bn?.*` means; nil if it means none.
  static func groups(_ text: String) -> NameGroups? {
    if text == "role" { return NameGroups(rule: .role) }
    if text == "depth" { return NameGroups(rule: .depth(1)) }
    if text.hasPrefix("depth:"), let depth = Int(text.dropFirst(6)), (1...24).contains(depth) {
      return NameGroups(rule: .depth(depth))
    }
    let patterns = text.split(separator: " ").map { part -> (group: String, pattern: Glob)? in
      let halves = part.split(separator: "=", maxSplits: 1)
      return halves.count == 2 ? (String(halves[0]), Glob(String(halves[1]))) : nil
    }
    guard !patterns.isEmpty, patterns.allSatisfy({ $0 != nil }) else { return nil }
    return NameGroups(patterns: patterns.compactMap(\.self))
  }

  /// The row under the cursor; nil without one.
  var selected: CompareRow? {
    lines.indices.contains(list.selection) ? lines[list.selection] : nil
  }

  /// The place in `comparison` of the run under the cursor; nil while it is not decoded.
  var run: Int? { documents.firstIndex(of: column) }
}
