import NNRBits

/// The `.npy` format of numpy: one array without a name; versions 1 to 3, either byte order, C or Fortran order.
enum NumpyFile: WeightFormat {
  static let name = "npy"

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    let bytes = ElementBytes(file.source, 0..<file.source.count)
    let name = file.name.hasSuffix(".npy") ? String(file.name.dropLast(4)) : file.name
    let tensor = try tensor(name, bytes)
    if let problem = tensor.problem { throw problem }
    return WeightFile(format: Self.name, [tensor], isSingle: true)
  }

  /// The array that `bytes` hold, header included; what cannot be read costs itself alone, a broken header throws.
  static func tensor(_ name: String, _ bytes: ElementBytes) throws(TensorFileError) -> WeightTensor
  {
    let run = try bytes.run(from: 0)
    // The header tells its length in the first bytes.
    let start = try run.next(min(12, bytes.count))
    let length = try NumpyHeader.length(start)
    guard length <= bytes.count else { throw .truncated }
    let rest = try run.next(max(0, length - start.count))
    let header = try NumpyHeader(parsing: (start + rest)[...])
    let (shape, strides): ([Int], [Int]?)
    if let kind = header.kind {
      (shape, strides) = header.shapeAndStrides(of: kind)
      let layout: Result<TensorLayout, TensorFileError>
      do throws(TensorFileError) {
        layout = .success(
          try TensorLayout(
            bytes, kind.element, shape: shape, start: header.dataOffset, strides: strides,
            isBigEndian: header.isBigEndian))
      } catch {
        layout = .failure(error)
      }
      if case .success(let found) = layout,
        found.element.bytes(of: found.count) != bytes.count - found.start
      {
        return WeightTensor(
          name, shape: shape, type: header.type,
          .failure(.malformed("more data than the shape holds")))
      }
      return WeightTensor(
        name, shape: shape, type: header.type, isComplex: kind.parts == 2, layout)
    }
    return WeightTensor(
      name, shape: header.shape, type: header.type, .failure(.unsupported(header.reason)))
  }
}
