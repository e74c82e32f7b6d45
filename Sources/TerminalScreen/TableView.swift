/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  /// Heading.
  public var title: String
  /// Where cells sit.
  public var align: Alignment
  /// Columns it cannot do without.
  public var minimum: Int
  /// Most columns it uses.
  public var maximum: Int
  /// Share of the columns left over.
  public var weight: Int
  /// Columns of low priority are dropped first when the table is narrow.
  public var priority: Int
  /// What is left out of cells that are too long.
  public var cut: Cut

  /// What is left out of cells that are too long.
  public enum Cut: Hashable, Sendable {
    /// Nothing: the column takes the room of the longest cell on the page, as half a number is another one.
    case never
    /// What the other names on the page have too.
    case shared
    /// The end.
    case end
  }

  /// Makes a column of a fixed width, or of a flexible one if `weight` is above zero; what stands at the right is numbers
  /// and not cut unless said otherwise.
  public init(
    _ title: String, _ align: Alignment = .left, width: Int, max maximum: Int? = nil,
    weight: Int = 0, priority: Int = 0, cut: Cut? = nil
  ) {
    self.cut = cut ?? (align == .right ? .never : .end)
    self.title = title
    self.align = align
    self.minimum = max(1, width)
    self.maximum = maximum ?? (weight > 0 ? .max : max(1, width))
    self.weight = weight
    self.priority = priority
  }
}

/// The column a table is sorted by.
public struct SortMark: Hashable, Sendable {
  /// Index of the column.
  public var column: Int
  /// Whether large values come first.
  public var descending: Bool

  /// Makes a mark.
  public init(column: Int, descending: Bool) {
    self.column = column
    self.descending = descending
  }
}

/// A scrolling table with a heading; only the visible rows are asked for.
public struct TableView: Widget {
  /// Selection and scroll position.
  public var state: ListState
  /// Columns from left to right.
  public var columns: [TableColumn]
  /// Rows of the whole table.
  public var count: Int
  /// Sorted column, marked in the heading.
  public var sort: SortMark?
  /// The column under the cursor, shown whatever its priority; nil for none.
  public var current: Int?
  /// How the selection looks.
  public var focus: Focus
  /// Whether a heading is drawn.
  public var header: Bool
  /// Shown when there are no rows.
  public var placeholder: StyledText
  /// The cells of a row, one per column; must not use the grid being drawn.
  public var row: (Int) -> [StyledText]

  /// Makes a table.
  public init(
    _ state: ListState, columns: [TableColumn], count: Int, sort: SortMark? = nil,
    current: Int? = nil, focus: Focus = .active, header: Bool = true, placeholder: StyledText = "",
    row: @escaping (Int) -> [StyledText]
  ) {
    self.state = state
    self.columns = columns
    self.count = count
    self.sort = sort
    self.current = current
    self.focus = focus
    self.header = header
    self.placeholder = placeholder
    self.row = row
  }

  /// Rows shown in a region of some height, for page movements.
  public func page(_ rect: Rect) -> Int { max(0, rect.height - (header ? 1 : 0)) }

  /// Draws heading and visible rows.
  public func draw(on grid: inout Grid, in rect: Rect) {
    grid.clear(rect)
    let body = rect.rows(from: header ? 1 : 0)
    let showsBar = count > body.height && rect.width > 1
    let state = state.settled(count: count, page: body.height)
    let shown = rows(body)
    var cells = shown.map(row)
    let fitted = fitted(to: cells, grid.glyphs)
    let places = fitted.placement(width: rect.width - (showsBar ? 2 : 0))
    let shared = cut(&cells, places, grid.glyphs)
    if header { drawHeader(on: &grid, in: rect.row(0), places, shared) }
    guard count > 0 else { return grid.write(fitting: placeholder, in: body.row(0)) }
    for (line, index) in shown.enumerated() {
      let whole = body.row(line)
      for place in places where place.column < cells[line].count {
        grid.write(
          fitting: cells[line][place.column], align: columns[place.column].align,
          in: whole.columns(from: place.x, count: place.width))
      }
      if index == state.selection {
        grid.select(whole.columns(from: 0, count: rect.width - (showsBar ? 1 : 0)), focus)
      }
    }
    if showsBar { grid.scrollBar(body, top: state.top, count: count) }
  }

  /// The rows on the page.
  private func rows(_ body: Rect) -> Range<Int> {
    let top = state.settled(count: count, page: body.height).top
    return top..<max(top, min(count, top + body.height))
  }

  /// The table with columns as wide as their cells need: numbers whole, names no wider than the longest.
  private func fitted(to cells: [[StyledText]], _ glyphs: GlyphSet) -> TableView {
    var copy = self
    for (place, column) in columns.enumerated() where column.cut != .end {
      let widths = cells.map { $0.indices.contains(place) ? $0[place].width(glyphs) : 0 }
      guard let longest = widths.max(), longest > 0 else { continue }
      if column.cut == .never {
        copy.columns[place].minimum = max(column.minimum, longest)
        copy.columns[place].maximum = max(column.maximum, longest)
      } else {
        copy.columns[place].maximum = min(
          column.maximum, max(column.minimum, longest, column.title.count))
      }
    }
    return copy
  }

  /// Cuts the names that are too long; gives what those of a column share and do not show.
  private func cut(_ cells: inout [[StyledText]], _ places: [Placement], _ glyphs: GlyphSet)
    -> [Int: String]
  {
    var shared: [Int: String] = [:]
    for place in places where columns[place.column].cut == .shared {
      let lines = cells.indices.filter { cells[$0].indices.contains(place.column) }
      let found = StyledText.cut(
        lines.map { cells[$0][place.column] }, to: lines.map { _ in place.width }, glyphs)
      for (line, text) in zip(lines, found.lines) { cells[line][place.column] = text }
      shared[place.column] = found.shared
    }
    return shared
  }

  private func drawHeader(
    on grid: inout Grid, in line: Rect, _ places: [Placement], _ shared: [Int: String]
  ) {
    for place in places {
      var title = columns[place.column].title
      if let sort, sort.column == place.column {
        title += sort.descending ? grid.glyphs.descending : grid.glyphs.ascending
      }
      var text = StyledText(title, .heading)
      if let shared = shared[place.column], !shared.isEmpty { text.append("  \(shared)", .dim) }
      grid.write(
        fitting: text, align: columns[place.column].align,
        in: line.columns(from: place.x, count: place.width))
      if place.column == current {
        grid.restyle(line.columns(from: place.x, count: place.width)) {
          $0.attributes.formUnion(.reverse)
        }
      }
    }
  }
}

extension TableView {
  /// Where a column is drawn, relative to the table.
  public struct Placement: Hashable, Sendable {
    /// Index of the column.
    public var column: Int
    /// First cell.
    public var x: Int
    /// Cells.
    public var width: Int
  }

  /// The columns that fit in `width` cells, with one blank between them.
  public func placement(width: Int) -> [Placement] {
    var shown = Array(columns.indices)
    while shown.count > 1, needed(shown) > width {
      // The rightmost of the least important columns goes first.
      let least = shown.map { columns[$0].priority }.min() ?? 0
      guard let victim = shown.lastIndex(where: { columns[$0].priority == least }) else { break }
      shown.remove(at: victim)
    }
    if let current, columns.indices.contains(current), !shown.contains(current) {
      shown = window(around: current, width: width)
    }
    let extents = shown.map {
      Extent(
        minimum: columns[$0].minimum, maximum: columns[$0].maximum, weight: columns[$0].weight)
    }
    var x = 0
    return zip(shown, Layout.sizes(width, extents, spacing: 1)).compactMap { column, size in
      defer { x += size + 1 }
      return size > 0 ? Placement(column: column, x: x, width: size) : nil
    }
  }

  /// The cells that columns need, with one blank between them.
  private func needed(_ shown: [Int]) -> Int {
    shown.reduce(0) { $0 + columns[$1].minimum } + max(0, shown.count - 1)
  }

  /// A column, as many of those before it as fit, then of those behind it; names stay at the left edge.
  private func window(around current: Int, width: Int) -> [Int] {
    let names = columns.indices.filter { columns[$0].cut == .shared && $0 != current }
    var shown = needed(names + [current]) <= width ? names + [current] : [current]
    for run in [Array(columns[..<current].indices.reversed()), Array(current..<columns.count)] {
      for next in run where !shown.contains(next) {
        guard needed(shown + [next]) <= width else { break }
        shown.append(next)
      }
    }
    return shown.sorted()
  }

  /// The row at a screen position, for the mouse.
  public func index(at point: Point, in rect: Rect) -> Int? {
    let body = rect.rows(from: header ? 1 : 0)
    guard body.contains(point) else { return nil }
    let index = state.settled(count: count, page: body.height).top + point.y - body.y
    return index < count ? index : nil
  }

  /// The column whose heading is at a screen position, for the mouse.
  public func heading(at point: Point, in rect: Rect) -> Int? {
    guard header, rect.row(0).contains(point) else { return nil }
    let width = rect.width - (count > page(rect) && rect.width > 1 ? 2 : 0)
    let x = point.x - rect.x
    let cells = rows(rect.rows(from: 1)).map(row)
    return fitted(to: cells, .block).placement(width: width).first {
      x >= $0.x && x < $0.x + $0.width
    }?.column
  }
}
