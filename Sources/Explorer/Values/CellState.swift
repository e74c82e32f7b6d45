/// The weight under the cursor and how weights are shown, in heat map and grid.
struct CellState: Sendable {
  /// Which tensor of the unit; nil for the largest.
  var member: Int?
  /// The row under the cursor.
  var row = 0
  /// The column under the cursor.
  var column = 0
  /// The weight, in C order, that the cursor goes to as soon as it is decoded.
  var target: Int?
  /// The first row shown of the grid.
  var top = 0
  /// The first column shown of the grid.
  var left = 0
  /// Whether the grid shows levels; weights if not.
  var showsLevels = false
  /// Whether the codebook is shown in place of the grid.
  var showsCodebook = false
  /// What the heat map shows.
  var mode = HeatMode.level
  /// Whether the heat map is scaled to the greatest level of the stream.
  var scalesToStream = false
  /// Whether the heat map's scale goes from the least to the greatest cell, not over all but the outermost of them.
  var scalesToEnds = false
  /// How often the heat map's cells were halved from those that fit.
  var zoom = 0

  /// Goes to the first weight of another unit, shown in the same way.
  mutating func leave() {
    let before = self
    self = CellState()
    showsLevels = before.showsLevels
    showsCodebook = before.showsCodebook
    mode = before.mode
    scalesToStream = before.scalesToStream
    scalesToEnds = before.scalesToEnds
  }
}
