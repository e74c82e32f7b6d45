import NNRBits

extension WeightFile {
  /// Reads the headers of the file at `path`, whatever of the formats its content is; throws `TensorFileError`.
  ///
  /// `PATH:KEY` means what stands under a key of the file, unless a file has that name.
  public static func open(_ path: String) throws(TensorFileError) -> WeightFile {
    do throws(TensorFileError) {
      return try read(OpenedFile(source: source(path), path: path), key: nil)
    } catch {
      guard case .source(.cannotOpen) = error, let colon = path.lastIndex(of: ":"),
        let source = try? source(String(path[..<colon]))
      else { throw error }
      let key = String(path[path.index(after: colon)...])
      return try read(OpenedFile(source: source, path: String(path[..<colon])), key: key)
    }
  }

  private static func source(_ path: String) throws(TensorFileError) -> any ByteSource {
    do throws(SourceError) {
      return try openSource(path)
    } catch {
      throw .source(error)
    }
  }

  /// Reads the headers of bytes, as of a file that is called `path`.
  public static func read(_ source: any ByteSource, path: String, key: String? = nil)
    throws(TensorFileError) -> WeightFile
  {
    try read(OpenedFile(source: source, path: path), key: key)
  }

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    let kind = try FileKind.of(file.source)
    guard let format = kind?.weights else { throw .foreign(kind) }
    if let key, !format.hasKeys {
      throw .choice("there is no key \(key): only files of PyTorch have parts under keys")
    }
    return try format.read(file, key: key)
  }
}

extension FileKind {
  /// Whether tensors are read from it to compare with.
  public var isWeights: Bool { weights != nil }

  /// The reader of the tensors in it; nil if they are not read.
  fileprivate var weights: (any WeightFormat.Type)? {
    switch self {
    case .torch: TorchFile.self
    case .torchLegacy: TorchLegacyFile.self
    case .npz: NumpyArchive.self
    case .npy: NumpyFile.self
    case .safetensors: SafetensorsFile.self
    case .shardIndex: ShardIndex.self
    case .onnx: OnnxFile.self
    default: nil
    }
  }
}
