/// A cell position; `x` counts columns from the left, `y` rows from the top.
public struct Point: Hashable, Sendable {
  /// Column.
  public var x: Int
  /// Row.
  public var y: Int

  /// Makes a position from a column and a row.
  public init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }
}

/// A width and a height in cells, never negative.
public struct Size: Hashable, Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int

  /// Makes a size; negative extents become zero.
  public init(_ width: Int, _ height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Whether no cell fits.
  public var isEmpty: Bool { width == 0 || height == 0 }
}

/// A rectangle of cells, never of negative extent.
public struct Rect: Hashable, Sendable {
  /// Left column.
  public var x: Int
  /// Top row.
  public var y: Int
  /// Extent.
  public var size: Size

  /// Makes a rectangle; negative extents become zero.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    size = Size(width, height)
  }

  /// The rectangle of `size` at the origin.
  public init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// No cells at the origin.
  public static let zero = Rect(Size(0, 0))

  /// Columns.
  public var width: Int { size.width }
  /// Rows.
  public var height: Int { size.height }
  /// The first column to the right of the rectangle.
  public var maxX: Int { x + size.width }
  /// The first row below the rectangle.
  public var maxY: Int { y + size.height }
  /// Whether it holds no cell.
  public var isEmpty: Bool { size.isEmpty }

  /// Whether the cell lies inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// The common part; empty if there is none.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without `dx` columns on both sides and `dy` rows above and below.
  public func inset(_ dx: Int, _ dy: Int) -> Rect {
    Rect(
      x: x + min(dx, width / 2), y: y + min(dy, height / 2), width: width - 2 * dx,
      height: height - 2 * dy)
  }

  /// One row of the rectangle, counted from its top; empty when out of range.
  public func row(_ index: Int) -> Rect {
    let inside = index >= 0 && index < height
    return Rect(x: x, y: y + (inside ? index : 0), width: width, height: inside ? 1 : 0)
  }

  /// The rows from `first` on, at most `count` of them.
  public func rows(from first: Int, count: Int = .max) -> Rect {
    let skip = min(max(0, first), height)
    return Rect(x: x, y: y + skip, width: width, height: min(height - skip, max(0, count)))
  }

  /// The columns from `first` on, at most `count` of them.
  public func columns(from first: Int, count: Int = .max) -> Rect {
    let skip = min(max(0, first), width)
    return Rect(x: x + skip, y: y, width: min(width - skip, max(0, count)), height: height)
  }

  /// A rectangle of at most `size`, centred in this one.
  public func centered(_ size: Size) -> Rect {
    let w = min(width, size.width)
    let h = min(height, size.height)
    return Rect(x: x + (width - w) / 2, y: y + (height - h) / 2, width: w, height: h)
  }
}
