/// Reads the `.npy` format of numpy.
public enum NumpyReader {
  /// The tensor of a whole `.npy` file: versions 1 to 3, booleans, integers and floats, either byte order, C or Fortran order;
  /// throws `TensorFileError`.
  public static func tensor(_ bytes: some Collection<UInt8>) throws(TensorFileError) -> TensorData {
    let bytes = Array(bytes)[...]
    let header = try NumpyHeader(parsing: bytes)
    var data = Array(bytes.dropFirst(header.dataOffset))
    if header.isBigEndian { swap(&data, size: header.element.size) }
    if header.isFortranOrder && header.shape.count > 1 {
      // Checked here too: the reordering relies on it.
      _ = try TensorData(shape: header.shape, element: header.element, bytes: data)
      data = reorder(data, shape: header.shape, size: header.element.size)
    }
    return try TensorData(shape: header.shape, element: header.element, bytes: data)
  }

  private static func swap(_ data: inout [UInt8], size: Int) {
    guard size > 1 else { return }
    var start = 0
    while start + size <= data.count {
      data[start..<start + size].reverse()
      start += size
    }
  }

  /// From Fortran order, where the first index runs fastest, to C order, where the last does.
  private static func reorder(_ data: [UInt8], shape: [Int], size: Int) -> [UInt8] {
    var strides: [Int] = []
    var stride = size
    for side in shape {
      strides.append(stride)
      stride *= max(side, 1)
    }
    var result: [UInt8] = []
    result.reserveCapacity(data.count)
    var place = [Int](repeating: 0, count: shape.count)
    var offset = 0
    while result.count < data.count {
      result.append(contentsOf: data[offset..<offset + size])
      var axis = shape.count - 1
      while axis >= 0 {
        place[axis] += 1
        offset += strides[axis]
        if place[axis] < shape[axis] { break }
        offset -= strides[axis] * shape[axis]
        place[axis] = 0
        axis -= 1
      }
    }
    return result
  }
}
