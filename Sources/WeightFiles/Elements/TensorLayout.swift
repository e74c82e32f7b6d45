/// How the elements of a tensor lie in bytes.
struct TensorLayout: Sendable {
  let bytes: ElementBytes
  let element: ElementType
  /// The sides.
  let shape: [Int]
  /// The number of elements.
  let count: Int
  /// Where the first element begins, in bytes.
  let start: Int
  /// How far elements are apart along each side, in elements; nil in C order without gaps.
  let strides: [Int]?
  let isBigEndian: Bool

  /// A layout of elements in C order, or by `strides`; throws `TensorFileError` if an element would lie outside the bytes.
  init(
    _ bytes: ElementBytes, _ element: ElementType, shape: [Int], start: Int = 0,
    strides: [Int]? = nil, isBigEndian: Bool = false
  ) throws(TensorFileError) {
    guard let count = ElementCount.of(shape) else { throw .malformed("an impossible shape") }
    guard start >= 0, start <= bytes.count else { throw .truncated }
    self.bytes = bytes
    self.element = element
    self.shape = shape
    self.count = count
    self.start = start
    self.isBigEndian = isBigEndian
    self.strides = strides.flatMap { Self.isPlain($0, shape) ? nil : $0 }
    guard count > 0 else { return }
    let room = bytes.count - start
    guard let strides = self.strides else {
      guard let size = element.bytes(of: count), size <= room else { throw .truncated }
      return
    }
    guard strides.count == shape.count, !element.isPacked else {
      throw .malformed("strides that do not fit the shape")
    }
    var last = 0
    for (side, stride) in zip(shape, strides) {
      // Negative strides exist in memory, but no format writes them.
      let (way, overflow) = (side - 1).multipliedReportingOverflow(by: stride)
      let (end, endOverflow) = last.addingReportingOverflow(way)
      guard stride >= 0, !overflow, !endOverflow else {
        throw .malformed("strides that do not fit the shape")
      }
      last = end
    }
    guard last < room / element.size else { throw .truncated }
  }

  /// Whether strides are those of C order; sides of 1 do not count.
  private static func isPlain(_ strides: [Int], _ shape: [Int]) -> Bool {
    guard strides.count == shape.count else { return false }
    var wanted = 1
    for (side, stride) in zip(shape, strides).reversed() where side != 1 {
      guard stride == wanted else { return false }
      let (next, overflow) = wanted.multipliedReportingOverflow(by: side)
      guard !overflow else { return false }
      wanted = next
    }
    return true
  }

  /// The same elements with the sides in another order: where each of them stands now.
  func permuted(_ order: [Int]) throws(TensorFileError) -> TensorLayout {
    guard !element.isPacked else { throw .unsupported("packed elements in another order of sides") }
    var plain: [Int] = []
    // Where there are elements the products are possible; elsewhere nothing asks for them.
    var stride = 1
    for side in shape.reversed() {
      plain.append(stride)
      stride &*= max(side, 1)
    }
    let strides = self.strides ?? plain.reversed()
    return try TensorLayout(
      bytes, element, shape: order.map { shape[$0] }, start: start,
      strides: order.map { strides[$0] }, isBigEndian: isBigEndian)
  }

  /// The same elements with `more` sides behind, which lie close: the parts of complex numbers.
  static func strides(_ strides: [Int]?, splitInto parts: Int) throws(TensorFileError) -> [Int]? {
    guard let strides else { return nil }
    var result: [Int] = []
    for stride in strides {
      let (value, overflow) = stride.multipliedReportingOverflow(by: parts)
      guard !overflow else { throw .malformed("strides that do not fit the shape") }
      result.append(value)
    }
    return result + [1]
  }
}
