import DeepCABAC

/// How a test tensor is to be coded, beyond its parameters.
public struct TensorEncoding: Sendable {
  /// Levels before the doubling of dependent quantization, in C order.
  public var levels: [Int]
  /// hist_dep_sig_prob_enabled_flag, where it is coded.
  public var historyFlag = false
  /// Rows to flag as skipped, or nil for row_skip_enabled_flag 0; their levels are not coded.
  public var skippedRows: Set<Int>?
  /// Parent integers: temporal contexts are used if present.
  public var base: [Int32]?
  /// History mask.
  public var history: [UInt8]?
  /// Eco set 0 to 8 by context number; missing contexts get 0.
  public var ecoSets: [Int: Int] = [:]

  /// An encoding of levels with all options off.
  public init(levels: [Int]) { self.levels = levels }
}

extension ArithmeticEncoder {
  /// qp_delta as `bits` bypass bins.
  public mutating func encodeQuantizationDelta(_ value: Int, bits: Int) {
    encodeBypass(value & ((1 << bits) - 1), count: bits)
  }

  /// Codes a tensor (format reference 4.4); returns the integers a decoder must find.
  public mutating func encode(
    _ parameters: CodedTensorParameters, _ encoding: TensorEncoding
  ) throws -> [Int32] {
    let geometry = try TensorGeometry(parameters)
    let layout = ContextLayout(unaryLength: parameters.unaryLength)
    contexts = [Context](repeating: Context(set: 0), count: layout.count)
    var history: [UInt8]?
    var skipped: Set<Int> = []
    if geometry.codesRowFlags {
      if parameters.parentNodePresent {
        encodeBypass(encoding.historyFlag ? 1 : 0, count: 1)
        if encoding.historyFlag { history = encoding.history }
      }
      encodeBypass(encoding.skippedRows == nil ? 0 : 1, count: 1)
      if let rows = encoding.skippedRows {
        skipped = rows
        for row in 0..<geometry.rows { encode(rows.contains(row), context: layout.rowSkip) }
      }
    }
    let groups = layout.shiftGroups(
      parameters: parameters, geometry: geometry, temporal: encoding.base != nil,
      history: history != nil)
    for context in groups.flatMap({ $0.start..<$0.codedEnd }) {
      let set = encoding.ecoSets[context] ?? 0
      encode(set > 0, context: layout.shift)
      if set > 0 { encodeBypass(set - 1, count: 3) }
      contexts[context] = Context(set: set)
    }
    let initial = contexts
    var integers = [Int32](repeating: 0, count: geometry.count)
    var state = 0
    var neighbour = 0
    if geometry.resetsFirstBlockRow { resetRange() }
    for top in stride(from: 0, to: geometry.rows, by: geometry.blockHeight) {
      if top > 0 {
        contexts = initial
        neighbour = 0
        resetRange()
        mark(state: state)
      }
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        for y in top..<min(top + geometry.blockHeight, geometry.rows) {
          if skipped.contains(y) {
            if parameters.dependentQuantization {
              for _ in 0..<geometry.width { state = Int(ProbabilityTables.trellis[2 * state]) }
            }
            continue
          }
          for x in left..<min(left + geometry.blockWidth, geometry.width) {
            let element = y * geometry.width + x
            let level = encoding.levels[element]
            encodeLevel(
              level, parameters: parameters, geometry: geometry, layout: layout, state: state,
              neighbour: neighbour, parent: Int(encoding.base?[element] ?? 0),
              inHistory: history.map { $0[element] != 0 } ?? false)
            neighbour = level
            var value = level
            if parameters.dependentQuantization {
              if level != 0 { value = 2 * level - level.signum() * (state & 1) }
              state = Int(ProbabilityTables.trellis[2 * state + (level & 1)])
            }
            integers[element] = Int32(truncatingIfNeeded: value)
          }
        }
      }
    }
    return integers
  }

  private mutating func encodeLevel(
    _ level: Int, parameters: CodedTensorParameters, geometry: TensorGeometry,
    layout: ContextLayout, state: Int, neighbour: Int, parent: Int, inHistory: Bool
  ) {
    let n = geometry.limitSize
    let z = geometry.limitZero
    if n == 1 { return }
    let side = [1, 0, 2][neighbour.signum() + 1]
    if inHistory {
      encode(level != 0, context: ContextLayout.sigHistory + state)
    } else if parent != 0 {
      encode(level != 0, context: ContextLayout.sigTemporal + 2 * state + (abs(parent) > 1 ? 1 : 0))
    } else {
      encode(level != 0, context: 3 * state + side)
    }
    guard level != 0 else { return }
    let magnitude = abs(level)
    if n == 0 || (z != 0 && z != n - 1) {
      encode(
        level < 0,
        context: parent == 0
          ? ContextLayout.sign + side : ContextLayout.signTemporal + (parent > 0 ? 1 : 0))
    }
    let limit = n == 0 ? Int.max : level < 0 ? z : n - 1 - z
    for j in 0..<parameters.unaryLength {
      if 1 + j >= limit { return }
      let more = magnitude > 1 + j
      encode(
        more,
        context: parent == 0
          ? ContextLayout.greater + 2 * j + (level < 0 ? 1 : 0)
          : layout.greaterTemporal + 2 * j + (abs(parent) >= j ? 0 : 1))
      if !more { return }
    }
    var rest = magnitude - 1 - parameters.unaryLength
    let room = limit - 1 - parameters.unaryLength
    if room <= 0 { return }
    // Exp-Golomb code of order 0; a prefix bin is left out where the limit already tells it.
    var order = 0
    var reached = 0
    while true {
      let more = rest >= 1 << order
      encode(more, context: layout.remainder + order)
      guard more else { break }
      rest -= 1 << order
      reached += 1 << order
      order += 1
      if room - reached < 1 << order || order > (parameters.dialect == .edition1 ? 31 : 30) {
        break
      }
    }
    encodeBypass(rest, count: order)
  }
}
