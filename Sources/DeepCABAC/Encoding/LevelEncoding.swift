/// The loops that code levels (format reference 4.4 and 4.8): the counterpart of `LevelLoop`.
///
/// Invariants: `levels`, `base` and `history` have one entry for each element of the geometry and `rowMask` is empty or has one
/// for each row (`EncodingChecks`), so that every index below is one of them.
struct EncodingJob {
  private let geometry: TensorGeometry
  private let dependent: Bool
  private let unaryLength: Int
  private let greaterTemporal: Int
  private let remainder: Int
  private let lastPrefix: Int
  /// 0, 1 for negative, 2 for positive: the level before.
  var neighbour = 0
  /// Trellis state of dependent quantization.
  var trellis = 0

  /// A job at the first level of a tensor.
  init(_ parameters: CodedTensorParameters, _ geometry: TensorGeometry, _ layout: ContextLayout) {
    self.geometry = geometry
    dependent = parameters.dependentQuantization
    unaryLength = parameters.unaryLength
    greaterTemporal = layout.greaterTemporal
    remainder = layout.remainder
    lastPrefix = parameters.dialect == .edition1 ? 31 : 30
  }

  /// Codes the levels of a block row.
  @inline(__always)
  mutating func encode<Level: CodedLevel>(
    blockRow: Int, _ levels: [Level], rowMask: [UInt8], base: [Int32]?, history: [UInt8]?,
    _ writer: inout CodewordWriter, _ arena: UnsafeMutablePointer<UInt64>
  ) {
    let isPlain = base == nil && history == nil && geometry.limitSize == 0
    let top = blockRow * geometry.blockHeight
    let rows = top..<min(top + geometry.blockHeight, geometry.rows)
    // Moved out and in again, so that the registers of the coder are of this loop alone.
    var coder = CodewordWriter()
    swap(&coder, &writer)
    levels.withUnsafeBufferPointer { levels in
      for left in stride(from: 0, to: geometry.width, by: geometry.blockWidth) {
        let right = min(left + geometry.blockWidth, geometry.width)
        for row in rows {
          if !rowMask.isEmpty, rowMask[row] != 0 {
            if dependent { trellis = TrellisPath.afterZeros(geometry.width, from: trellis) }
            continue
          }
          let elements = (row * geometry.width + left)..<(row * geometry.width + right)
          if isPlain {
            plain(levels, elements, &coder, arena)
          } else {
            full(levels, elements, base, history, &coder, arena)
          }
        }
      }
    }
    swap(&coder, &writer)
  }

  @inline(__always)
  private mutating func plain<Level: CodedLevel>(
    _ levels: UnsafeBufferPointer<Level>, _ elements: Range<Int>, _ writer: inout CodewordWriter,
    _ arena: UnsafeMutablePointer<UInt64>
  ) {
    var side = neighbour
    var state = trellis
    let unary = unaryLength
    for element in elements {
      let level = levels[element]
      guard level != 0 else {
        writer.encode(false, arena, 3 &* state &+ side)
        side = 0
        if dependent { state = TrellisPath.next(state, odd: 0) }
        continue
      }
      writer.encode(true, arena, 3 &* state &+ side)
      let negative = level < 0
      writer.encode(negative, arena, ContextLayout.sign &+ side)
      side = negative ? 1 : 2
      let magnitude = Int(truncatingIfNeeded: level.magnitude)
      var context = ContextLayout.greater &+ (negative ? 1 : 0)
      var reached = 1
      while reached < magnitude, reached < unary {
        writer.encode(true, arena, context)
        context &+= 2
        reached &+= 1
      }
      let more = magnitude > reached
      writer.encode(more, arena, context)
      if more {
        encodeRemainder(magnitude &- 1 &- unary, room: Int.max, &writer, arena)
      }
      if dependent { state = TrellisPath.next(state, odd: magnitude & 1) }
    }
    neighbour = side
    trellis = state
  }

  /// Levels with any of parent integers, history and codebook limits.
  @inline(__always)
  private mutating func full<Level: CodedLevel>(
    _ levels: UnsafeBufferPointer<Level>, _ elements: Range<Int>, _ base: [Int32]?,
    _ history: [UInt8]?, _ writer: inout CodewordWriter, _ arena: UnsafeMutablePointer<UInt64>
  ) {
    let size = geometry.limitSize
    let zero = geometry.limitZero
    for element in elements {
      let level = levels[element]
      let parent = base.map { Int($0[element]) } ?? 0
      let inHistory = history.map { $0[element] != 0 } ?? false
      let sig =
        inHistory
        ? ContextLayout.sigHistory + trellis
        : parent != 0
          ? ContextLayout.sigTemporal + 2 * trellis + (parent.magnitude > 1 ? 1 : 0)
          : 3 * trellis + neighbour
      writer.encode(level != 0, arena, sig)
      guard level != 0 else {
        neighbour = 0
        if dependent { trellis = TrellisPath.next(trellis, odd: 0) }
        continue
      }
      let negative = level < 0
      if size == 0 || (zero != 0 && zero != size - 1) {
        let sign =
          parent == 0
          ? ContextLayout.sign + neighbour : ContextLayout.signTemporal + (parent > 0 ? 1 : 0)
        writer.encode(negative, arena, sign)
      }
      neighbour = negative ? 1 : 2
      let magnitude = Int(truncatingIfNeeded: level.magnitude)
      let limit = size == 0 ? Int.max : negative ? zero : size - 1 - zero
      encodeMagnitude(magnitude, limit: limit, parent: parent, negative, &writer, arena)
      if dependent { trellis = TrellisPath.next(trellis, odd: magnitude & 1) }
    }
  }

  private func encodeMagnitude(
    _ magnitude: Int, limit: Int, parent: Int, _ negative: Bool, _ writer: inout CodewordWriter,
    _ arena: UnsafeMutablePointer<UInt64>
  ) {
    for j in 0..<unaryLength {
      if 1 + j >= limit { return }
      let more = magnitude > 1 + j
      writer.encode(
        more, arena,
        parent == 0
          ? ContextLayout.greater + 2 * j + (negative ? 1 : 0)
          : greaterTemporal + 2 * j + (parent.magnitude >= j ? 0 : 1))
      if !more { return }
    }
    let room = limit - 1 - unaryLength
    guard room > 0 else { return }
    encodeRemainder(
      magnitude - 1 - unaryLength, room: limit == .max ? .max : room, &writer, arena)
  }

  /// Codes what is left of a magnitude as an exp-Golomb code of order 0; a prefix bin is left out where `room`, the most there
  /// can be, already tells it.
  @inline(never)
  private func encodeRemainder(
    _ remainder: Int, room: Int, _ writer: inout CodewordWriter,
    _ arena: UnsafeMutablePointer<UInt64>
  ) {
    var rest = remainder
    var order = 0
    var reached = 0
    while true {
      let more = rest >= 1 << order
      writer.encode(more, arena, self.remainder + order)
      guard more else { break }
      rest -= 1 << order
      reached += 1 << order
      order += 1
      if room - reached < 1 << order || order > lastPrefix { break }
    }
    writer.encodeBypass(UInt64(truncatingIfNeeded: rest), count: order)
  }
}
