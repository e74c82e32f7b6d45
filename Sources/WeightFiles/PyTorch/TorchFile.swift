import NNRBits

/// What `torch.save` of PyTorch 1.6 and later and `torch.jit.save` write: a zip archive of a pickle and the storages it names.
enum TorchFile: WeightFormat {
  static let hasKeys = true
  static let name = "PyTorch"

  /// The most bytes of the pickle: it holds names and shapes, not weights.
  private static let pickleLimit = 1 << 28

  /// The folder of the pickle in an archive, with a slash; nil if there is none.
  static func root(of archive: ZipArchive) -> String? {
    archive.members.first { $0.name == "data.pkl" || $0.name.hasSuffix("/data.pkl") }
      .map { String($0.name.dropLast("data.pkl".count)) }
  }

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    try read(ZipArchive(file.source), key: key)
  }

  static func read(_ archive: ZipArchive, key: String?) throws(TensorFileError) -> WeightFile {
    guard let root = root(of: archive), let pickle = archive[root + "data.pkl"] else {
      throw .notThisFormat(name)
    }
    let content = try archive.content(of: pickle, limit: pickleLimit)
    var window = SourceWindow(MemorySource(content), 0..<content.count)
    let state = try StateDict(PickleReader.graph(&window), key: key)
    var isBigEndian = false
    if let order = archive[root + "byteorder"] {
      isBigEndian = try archive.content(of: order, limit: 64).starts(with: "big".utf8)
    }
    var storages: [String: Result<ElementBytes, TensorFileError>] = [:]
    var tensors = TorchTensors(isBigEndian: isBigEndian)
    for entry in state.entries {
      tensors.add(entry) { storage in
        if let known = storages[storage.key] { return known }
        let found = Self.bytes(archive, root + "data/" + storage.key)
        storages[storage.key] = found
        return found
      }
    }
    return tensors.file(state)
  }

  private static func bytes(_ archive: ZipArchive, _ name: String) -> Result<
    ElementBytes, TensorFileError
  > {
    guard let member = archive[name] else {
      return .failure(.malformed("the archive has no \(name)"))
    }
    do throws(TensorFileError) {
      return .success(try archive.bytes(of: member))
    } catch {
      return .failure(error)
    }
  }
}

/// The tensors of a state dict with their elements found.
struct TorchTensors {
  let isBigEndian: Bool
  private var tensors: [WeightTensor] = []
  /// The elements of a tensor, whatever it is called.
  private struct Place: Hashable {
    let storage: String
    let offset: Int
    let shape: [Int]
    let strides: [Int]
  }

  private var names: [Place: [String]] = [:]

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  /// Adds a tensor whose storage `bytes` finds.
  mutating func add(
    _ entry: StateDict.Entry,
    _ bytes: (TorchStorage) -> Result<ElementBytes, TensorFileError>
  ) {
    let tensor = entry.tensor
    let shape = tensor.parts == 2 ? tensor.shape + [2] : tensor.shape
    let layout: Result<TensorLayout, TensorFileError>
    do throws(TensorFileError) {
      layout = .success(try self.layout(tensor, shape, bytes))
    } catch {
      layout = .failure(error)
    }
    if let storage = tensor.storage, !tensor.shape.contains(0) {
      let place = Place(
        storage: storage.key, offset: storage.offset &+ tensor.offset, shape: tensor.shape,
        strides: tensor.strides)
      names[place, default: []].append(entry.name)
    }
    tensors.append(
      WeightTensor(
        entry.name, shape: shape, type: tensor.type, isComplex: tensor.parts == 2, layout))
  }

  private func layout(
    _ tensor: TorchTensor, _ shape: [Int],
    _ bytes: (TorchStorage) -> Result<ElementBytes, TensorFileError>
  ) throws(TensorFileError) -> TensorLayout {
    if let problem = tensor.problem { throw problem }
    guard let storage = tensor.storage, let element = tensor.element else {
      throw .unsupported("a tensor of an unknown form")
    }
    guard tensor.strides.count == tensor.shape.count, tensor.offset >= 0 else {
      throw .malformed("strides that do not fit the shape")
    }
    let found = try bytes(storage).get()
    let size = element.size * tensor.parts
    let (first, overflow) = tensor.offset.multipliedReportingOverflow(by: size)
    let (base, baseOverflow) = storage.offset.multipliedReportingOverflow(by: storage.size)
    let (start, startOverflow) = first.addingReportingOverflow(base)
    guard !overflow, !baseOverflow, !startOverflow else { throw .truncated }
    let strides =
      tensor.parts == 1
      ? tensor.strides : try TensorLayout.strides(tensor.strides, splitInto: tensor.parts)
    return try TensorLayout(
      found, element, shape: shape, start: start, strides: strides, isBigEndian: isBigEndian)
  }

  /// The file, with what a person should know about it.
  func file(_ state: StateDict) -> WeightFile {
    var remarks: [String] = []
    if !state.path.isEmpty {
      remarks.append("the tensors stand under the key \(state.path.joined(separator: "."))")
    }
    let shared = names.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
    for group in shared.prefix(8) {
      let list = group.prefix(8).joined(separator: ", ") + (group.count > 8 ? ", …" : "")
      remarks.append("one tensor has the names \(list)")
    }
    return WeightFile(
      format: TorchFile.name, tensors, remarks: remarks, isSingle: state.isSingle)
  }
}
