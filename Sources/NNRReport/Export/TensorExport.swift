import NNRModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Writes tensors of a session to files.
public enum TensorExport {
  /// Writes one tensor to a file of its own; throws `ExportError`.
  public static func write(_ tensor: ExportTensor, as format: ExportFormat, to path: String)
    throws(ExportError)
  {
    switch tensor.values {
    case .float32(let values): try write(values[...], tensor, format, path)
    case .float64(let values): try write(values[...], tensor, format, path)
    case .int32(let values): try write(values[...], tensor, format, path)
    }
  }

  private static func write<Element: ExportElement>(
    _ values: ArraySlice<Element>, _ tensor: ExportTensor, _ format: ExportFormat, _ path: String
  ) throws(ExportError) {
    switch format {
    case .npy:
      let writer = try ElementWriter<Element>(path: path, shape: tensor.shape, asNumpy: true)
      try writer.append(values)
      try writer.finish()
    case .csv:
      let writer = try CSVTensorWriter<Element>(path: path, shape: tensor.shape)
      try writer.append(values)
      try writer.finish()
    case .raw:
      let writer = try ElementWriter<Element>(path: path, shape: tensor.shape, asNumpy: false)
      try writer.append(values)
      try writer.finish()
    case .npz:
      let writer = try NumpyArchiveWriter(path: path)
      try writer.append(tensor.name, shape: tensor.shape, values)
      try writer.finish()
    case .safetensors:
      var names = ExportNames(reserved: ["__metadata__"])
      let entry = SafetensorsEntry(
        name: names.unique(tensor.name), shape: tensor.shape, element: Element.elementType)
      let writer = try SafetensorsWriter(
        path: path, entries: [entry], metadata: metadata([(tensor.name, tensor.notes)]))
      try writer.append(values)
      try writer.finish()
    }
  }

  /// Writes the one tensor that `request` names to the file `path`, or to standard output for `-`.
  ///
  /// Where the stream codes it twice the last one counts. Nothing is written if it cannot be decoded: the outcome says why.
  public static func one(
    _ session: Session, _ request: ExportRequest, as format: ExportFormat, to path: String
  ) throws(ExportError) -> ExportOutcome {
    var outcome = ExportOutcome()
    var found: ExportTensor?
    outcome.failures = request.visit(session) { tensor in
      found = tensor
      return true
    }
    guard let found else { return outcome }
    guard request.content != .levels || found.hasLevels else {
      outcome.withoutLevels = [found.name]
      return outcome
    }
    try write(found, as: format, to: path)
    outcome.add(found, target: path)
    return outcome
  }

  /// Writes all tensors into the folder `path`, which is made if need be: a file for each, and `tensors.json`, which says
  /// which is which.
  public static func folder(
    _ session: Session, _ request: ExportRequest, as format: ExportFormat, to path: String
  ) throws(ExportError) -> ExportOutcome {
    try makeFolder(path)
    let folder = path.hasSuffix("/") ? path : path + "/"
    var outcome = ExportOutcome()
    var names = ExportNames()
    var index = JSONWriter(indented: true)
    var failed: ExportError?
    index.object { index in
      index.key("tensors")
      index.array { index in
        outcome.failures = request.visit(session) { tensor in
          guard request.content != .levels || tensor.hasLevels else {
            outcome.withoutLevels.append(tensor.name)
            return true
          }
          let file = names.file(tensor.name, ending: format.ending)
          do throws(ExportError) {
            try write(tensor, as: format, to: folder + file)
          } catch {
            failed = error
            return false
          }
          outcome.add(tensor, target: file)
          describe(tensor, file: file, to: &index)
          return true
        }
      }
    }
    if let failed { throw failed }
    let file = try AtomicFile(path: folder + "tensors.json")
    try file.write(index.takeBytes() + [0x0A])
    try file.commit()
    return outcome
  }

  private static func describe(
    _ tensor: ExportTensor, file: String, to json: inout JSONWriter
  ) {
    json.object { json in
      json.member("file", file)
      json.member("name", tensor.name)
      json.member("shape", tensor.shape)
      json.member("dtype", tensor.values.element.name)
      for (key, text) in tensor.notes { json.member(key, text) }
    }
  }

  /// The notes of tensors as the flat metadata that safetensors has: `NAME.qp`.
  static func metadata(_ tensors: [(name: String, notes: [(key: String, text: String)])])
    -> [String: String]
  {
    var metadata: [String: String] = [:]
    for (name, notes) in tensors {
      for (key, text) in notes { metadata["\(name).\(key)"] = text }
    }
    return metadata
  }

  private static func makeFolder(_ path: String) throws(ExportError) {
    guard mkdir(path, 0o777) != 0 else { return }
    let code = errno
    var status = stat()
    guard code == EEXIST, stat(path, &status) == 0 else {
      throw ExportError.system(path, .create, code: code)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ExportError.system(path, .create, code: ENOTDIR)
    }
  }
}

extension ExportTensor {
  /// Whether its integers are levels: raw floats have none.
  var hasLevels: Bool {
    !notes.contains { $0.key == "quantizer" && $0.text == CodedTensor.Quantizer.raw.rawValue }
  }
}

extension ExportOutcome {
  /// Notes a tensor that was written.
  mutating func add(_ tensor: ExportTensor, target: String) {
    written.append(
      Written(
        name: tensor.name, target: target, shape: tensor.shape, element: tensor.values.element))
  }
}
