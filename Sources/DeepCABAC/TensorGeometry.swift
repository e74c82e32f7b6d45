/// The two-dimensional view of a coded tensor in which it is scanned (format reference 4.4 and 4.9).
///
/// Invariants after `init`: `rows * width == count` (any may be 0), `blockHeight` and `blockWidth` are at least 1.
public struct TensorGeometry: Sendable, Hashable {
  /// Number of elements, the product of the dimensions.
  public let count: Int
  /// H, the first dimension.
  public let rows: Int
  /// W, the product of the other dimensions (1 for a vector).
  public let width: Int
  /// scan_order in force: 0 for vectors and where one side is 1.
  public let scanOrder: Int
  /// Rows of a block row (all rows in raster order).
  public let blockHeight: Int
  /// Columns of a block (the width in raster order).
  public let blockWidth: Int
  /// Whether the row and history flags are coded (`multi` of format reference 4.4).
  public let codesRowFlags: Bool
  /// Codebook size n for decoding bins: 0 without codebook limits.
  package let limitSize: Int
  /// Codebook zero offset z for decoding bins.
  package let limitZero: Int

  /// Number of block rows; 1 in raster order.
  public var blockRows: Int { (rows + blockHeight - 1) / blockHeight }

  /// Whether the range is set to 256 when the first block row starts (format reference 4.12).
  package let resetsFirstBlockRow: Bool

  /// Checks the parameters and derives the geometry.
  ///
  /// Throws `invalidParameters` if a value is outside its range or the number of elements does not fit.
  public init(_ parameters: CodedTensorParameters) throws(DecodingError) {
    guard (0...4).contains(parameters.scanOrder) else { throw .invalidParameters("scan_order") }
    guard (1...256).contains(parameters.unaryLength) else {
      throw .invalidParameters("cabac_unary_length")
    }
    if let codebook = parameters.codebook {
      guard (1...Int(Int32.max)).contains(codebook.size) else {
        throw .invalidParameters("codebook_size")
      }
      guard (0..<codebook.size).contains(codebook.zeroOffset) else {
        throw .invalidParameters("codebook_centre_offset")
      }
    }
    guard let first = parameters.dimensions.first else { throw .invalidParameters("dimensions") }
    width = try Self.product(parameters.dimensions.dropFirst())
    count = try Self.product(parameters.dimensions[...])
    rows = first
    let raster = parameters.dimensions.count <= 1 || rows <= 1 || width <= 1
    scanOrder = raster ? 0 : parameters.scanOrder
    let edge = scanOrder == 0 ? Int.max : 4 << scanOrder
    blockHeight = max(1, min(rows, edge))
    blockWidth = max(1, min(width, edge))
    let limited = parameters.dialect == .profile1
    limitSize = limited ? parameters.codebook?.size ?? 0 : 0
    limitZero = limited ? parameters.codebook?.zeroOffset ?? 0 : 0
    codesRowFlags =
      parameters.dialect == .profile1 && width > 1 && rows > 1 && limitSize != 1
    resetsFirstBlockRow =
      scanOrder > 0 && (parameters.dialect == .edition1 || (rows - 1) / blockHeight > 0)
  }

  /// Product of dimensions; throws if one is negative or the product is not small enough to address.
  private static func product(_ dimensions: ArraySlice<Int>) throws(DecodingError) -> Int {
    var product = 1
    for dimension in dimensions {
      guard dimension >= 0 else { throw .invalidParameters("tensor_dimensions") }
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      // Byte counts of Int32 arrays must fit as well.
      guard !overflow, next <= Int.max / 16 else { throw .invalidParameters("tensor_dimensions") }
      product = next
    }
    return product
  }
}
