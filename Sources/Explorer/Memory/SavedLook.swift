import NNRAnalysis
import NNRSyntax

/// How a file was looked at: view, panes, orders, filters, columns.
///
/// What is as it is at the start has no entry.
struct SavedLook: Sendable, Hashable {
  /// What can be kept, by the word that stands for it in the file.
  enum Key: String, CaseIterable, Sendable {
    case view, pane, strip, zoom, projection, outline, filter, standard
    case columns, sort, condition = "where", costs, bars, severity, heat, values
  }

  /// The values as words.
  var values: [Key: String] = [:]

  /// The lines, in a fixed order.
  var lines: [String] {
    Key.allCases.compactMap { key in values[key].map { "look \(key.rawValue) \($0)" } }
  }

  /// Takes a line up; one that is not understood is left out.
  mutating func read(_ line: some StringProtocol) {
    let parts = line.split(separator: " ", maxSplits: 2)
    guard parts.count == 3, parts[0] == "look", let key = Key(rawValue: String(parts[1])) else {
      return
    }
    values[key] = String(parts[2].prefix(2000))
  }

  /// Words behind a key; none if there is no entry.
  func words(_ key: Key) -> [String] {
    values[key].map { $0.split(separator: " ").map(String.init) } ?? []
  }
}

extension ExplorerModel {
  /// How an open file is looked at.
  func look(_ number: Int) -> SavedLook {
    let document = documents[number]
    var look = SavedLook()
    func keep(_ key: SavedLook.Key, _ value: String, unless usual: String = "") {
      if value != usual, !value.contains(where: \.isNewline) { look.values[key] = value }
    }
    // Two files side by side need the other one.
    keep(.view, shows(.diff) ? "" : view.name, unless: Pane.explorer.name)
    keep(.pane, pane.name, unless: Pane.outline.name)
    keep(.strip, strip.name, unless: Pane.bits.name)
    keep(.zoom, isZoomed ? "on" : "")
    keep(.projection, document.projection == .model ? "model" : "")
    let outline = document.modelOutline
    keep(
      .outline, outline.order.rawValue.words(reversed: outline.reversed),
      unless: ModelOutline.Order.stream.rawValue)
    keep(.filter, document.filter)
    keep(.standard, document.standard.isShown ? "on" : "")
    let table = document.tensors
    keep(
      .columns, table.columns.joined(separator: ","),
      unless: TensorColumns.usual.joined(separator: ","))
    keep(.sort, table.sort.map { ($0.descending ? "-" : "") + $0.key } ?? "")
    keep(.condition, table.filter?.source ?? "")
    let costs = document.costs
    keep(
      .costs, costs.order.rawValue.words(reversed: costs.isReversed),
      unless: CostsState.Order.bits.rawValue)
    let bars = [
      costs.mode == .units ? "file" : "", costs.isLogarithmic ? "logarithmic" : "",
      costs.isCumulative ? "cumulative" : "",
    ]
    keep(.bars, bars.filter { !$0.isEmpty }.joined(separator: " "))
    keep(.severity, document.survey.least.rawValue, unless: Severity.info.rawValue)
    keep(.heat, document.cell.mode.rawValue, unless: HeatMode.level.rawValue)
    keep(.values, document.cell.showsLevels ? "levels" : "")
    return look
  }

  /// Looks at an open file as it was looked at; words that mean nothing change nothing.
  mutating func take(_ look: SavedLook, of number: Int) {
    if number == current { takeLayout(look) }
    if look.words(.projection) == ["model"] { documents[number].projection = .model }
    if let (name, isReversed) = look.values[.outline]?.order,
      let order = ModelOutline.Order(rawValue: name)
    {
      documents[number].modelOutline.set(order, reversed: isReversed)
    }
    documents[number].filter = look.values[.filter] ?? ""
    documents[number].standard.isShown = look.words(.standard) == ["on"]
    if let text = look.values[.columns],
      let chosen = try? TensorColumns.keys(listed: text)
    {
      documents[number].tensors.columns = chosen
    }
    if let text = look.values[.sort] {
      documents[number].tensors.sort = try? SortOrder(parsing: text, columns: TensorColumns.all)
    }
    documents[number].tensors.setCondition(look.values[.condition] ?? "")
    if let (name, isReversed) = look.values[.costs]?.order,
      let order = CostsState.Order(rawValue: name)
    {
      documents[number].costs.order = order
      documents[number].costs.isReversed = isReversed
    }
    let bars = look.words(.bars)
    documents[number].costs.mode = bars.contains("file") ? .units : .tree
    documents[number].costs.isLogarithmic = bars.contains("logarithmic")
    documents[number].costs.isCumulative = bars.contains("cumulative")
    if let least = look.values[.severity].flatMap({ Severity(rawValue: $0) }) {
      documents[number].survey.show(from: least)
    }
    if let mode = look.values[.heat].flatMap({ HeatMode(rawValue: $0) }) {
      documents[number].cell.mode = mode
    }
    documents[number].cell.showsLevels = look.words(.values) == ["levels"]
  }

  private mutating func takeLayout(_ look: SavedLook) {
    if let pane = look.values[.pane].flatMap({ views.pane(named: $0) }), Pane.parts.contains(pane) {
      self.pane = pane
    }
    strip = look.words(.strip) == [Pane.decode.name] ? .decode : .bits
    isZoomed = look.words(.zoom) == ["on"]
    guard
      let wanted = look.values[.view].flatMap({ name in
        views.pane(named: registry.command(named: name)?.name ?? name)
      }),
      !Pane.parts.contains(wanted), wanted != .diff, wanted != .lesson
    else { return }
    view = wanted
  }

  /// The work that a view and a filter need that were there from the start.
  mutating func startLook() -> [Effect] {
    var effects: [Effect] = []
    if !document.filter.isEmpty { effects += beginFilter(document.filter) }
    return effects + startFigures()
  }
}

extension String {
  /// An order with the word for turning it round.
  fileprivate func words(reversed: Bool) -> String { reversed ? self + " reversed" : self }

  /// An order as it was written, and whether it is turned round.
  fileprivate var order: (name: String, isReversed: Bool) {
    let mark = " reversed"
    return hasSuffix(mark) ? (String(dropLast(mark.count)), true) : (self, false)
  }
}
