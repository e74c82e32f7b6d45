import WeightFiles

/// Writes a tensor as the bytes of its elements, little-endian and in C order: alone, or as a `.npy` file of numpy.
public final class ElementWriter<Element: ExportElement> {
  private let file: AtomicFile
  private let expected: Int
  private var written = 0

  /// A writer of a tensor of `shape` (empty for a scalar) into a new file at `path`.
  public init(path: String, shape: [Int], asNumpy: Bool) throws(ExportError) {
    guard let count = ElementCount.of(shape) else { throw ExportError.invalidShape(shape) }
    expected = count
    var header: [UInt8] = []
    if asNumpy {
      guard let bytes = NumpyHeader.bytes(shape: shape, element: Element.elementType) else {
        throw ExportError.unsupportedType(Element.elementType)
      }
      header = bytes
    }
    file = try AtomicFile(path: path)
    try file.write(header)
  }

  /// Adds elements in C order.
  public func append(_ elements: ArraySlice<Element>) throws(ExportError) {
    written += elements.count
    try file.write(elements: elements)
  }

  /// Completes the file; throws `ExportError.wrongCount` if the elements do not fill the shape.
  public func finish() throws(ExportError) {
    guard written == expected else {
      throw ExportError.wrongCount(expected: expected, got: written)
    }
    try file.commit()
  }
}

/// Writes a tensor as CSV: one line for each run along the last dimension.
///
/// A matrix has a line for each row and a vector one line; earlier dimensions follow each other in C order. Lines end with a
/// line feed, numbers read back exactly.
public final class CSVTensorWriter<Element: ExportElement> {
  private let file: AtomicFile
  private let expected: Int
  private let width: Int
  private var written = 0

  /// A writer of a tensor of `shape` into a new file at `path`.
  public init(path: String, shape: [Int]) throws(ExportError) {
    guard let count = ElementCount.of(shape) else { throw ExportError.invalidShape(shape) }
    expected = count
    width = max(1, shape.last ?? 1)
    file = try AtomicFile(path: path)
  }

  /// Adds elements in C order.
  public func append(_ elements: ArraySlice<Element>) throws(ExportError) {
    var text: [UInt8] = []
    for element in elements {
      text.append(contentsOf: element.exportText.utf8)
      written += 1
      text.append(written % width == 0 ? 0x0A : UInt8(ascii: ","))
      if text.count > 1 << 16 {
        try file.write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    try file.write(text)
  }

  /// Completes the file; throws `ExportError.wrongCount` if the elements do not fill the shape.
  public func finish() throws(ExportError) {
    guard written == expected else {
      throw ExportError.wrongCount(expected: expected, got: written)
    }
    try file.commit()
  }
}
