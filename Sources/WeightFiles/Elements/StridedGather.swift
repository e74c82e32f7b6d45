/// Collects elements that do not lie in C order: views, transposed and Fortran order.
///
/// What is read at once spans the elements of a block, so a view into a large storage costs its own part only.
struct StridedGather {
  /// The most bytes that are kept at once.
  static let limit = 1 << 31

  private let layout: TensorLayout
  private let strides: [Int]
  private var place: [Int]
  /// Where the next element is, in elements from the first.
  private var offset = 0
  private var window: [UInt8] = []
  /// What of the storage the window holds, in elements from the first.
  private var held = 0..<0

  init(_ layout: TensorLayout) {
    self.layout = layout
    strides = layout.strides ?? []
    place = [Int](repeating: 0, count: layout.shape.count)
  }

  /// The bytes of the next `count` elements, which must be there, in the byte order of the file.
  mutating func next(_ count: Int) throws(TensorFileError) -> [UInt8] {
    let size = layout.element.size
    var result: [UInt8] = []
    result.reserveCapacity(min(count, 1 << 20) * size)
    for _ in 0..<count {
      if !held.contains(offset) { try fill(count) }
      let at = (offset - held.lowerBound) * size
      result.append(contentsOf: window[at..<at + size])
      step()
    }
    return result
  }

  private mutating func step() {
    var axis = place.count - 1
    while axis >= 0 {
      place[axis] += 1
      offset += strides[axis]
      if place[axis] < layout.shape[axis] { return }
      offset -= strides[axis] * layout.shape[axis]
      place[axis] = 0
      axis -= 1
    }
  }

  /// Reads what the next elements span: from here to the end of the outermost side that a block of `count` fills, or all of the
  /// tensor if a smaller part would be read over and over.
  private mutating func fill(_ count: Int) throws(TensorFileError) {
    let shape = layout.shape
    var inner = 0
    var innerCount = 1
    var axis = shape.count - 1
    while axis > 0, innerCount * shape[axis] <= max(count, 1) || innerCount == 1 {
      innerCount *= shape[axis]
      inner += (shape[axis] - 1) * strides[axis]
      axis -= 1
    }
    let rows = min(max(1, count / innerCount), shape[axis] - place[axis])
    inner += (rows - 1) * strides[axis]
    innerCount *= rows
    let whole = zip(shape, strides).reduce(0) { $0 + ($1.0 - 1) * $1.1 } + 1
    let isDense = inner + 1 <= 4 * innerCount + 1024
    // Where a block begins within a row of blocks, the row is read from its begin.
    let start =
      offset
      - zip(place, strides).suffix(max(0, shape.count - 1 - axis)).reduce(0) {
        $0 + $1.0 * $1.1
      }
    let range = isDense ? start..<min(whole, start + inner + 1) : 0..<whole
    let (bytes, overflow) = range.count.multipliedReportingOverflow(by: layout.element.size)
    guard !overflow, bytes <= Self.limit else { throw .tooLarge }
    let from = layout.start + range.lowerBound * layout.element.size
    window = try layout.bytes.read(from..<from + bytes)
    held = range
  }
}
