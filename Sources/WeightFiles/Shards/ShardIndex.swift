import NNRBits

/// An index of a model in several files, such as `model.safetensors.index.json`: which tensor is in which file beside it.
enum ShardIndex: WeightFormat {
  static let hasKeys = true
  static let name = "index of shards"

  /// The most bytes of an index.
  private static let limit = 1 << 26

  /// Whether a file that begins with `head` may be one: an object of JSON.
  static func recognises(_ head: [UInt8]) -> Bool {
    head.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 } == UInt8(ascii: "{")
  }

  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile {
    guard file.source.count <= limit else { throw .tooLarge }
    let text = try file.source.bytes(0..<file.source.count)
    guard let index = try? JSONReader.value(text[...]), case .object(let map)? = index["weight_map"]
    else { throw .notThisFormat(name) }
    var shards: [String: Result<WeightFile, TensorFileError>] = [:]
    var order: [String] = []
    var tensors: [WeightTensor] = []
    for member in map {
      guard case .text(let shard) = member.value else {
        throw .malformed("the index names no file for \(member.name)")
      }
      if shards[shard] == nil {
        order.append(shard)
        shards[shard] = open(shard, beside: file, key: key)
      }
      tensors.append(tensor(member.name, in: shard, shards[shard]))
    }
    let files = order.compactMap { try? shards[$0]?.get() }
    // Tensors that share their elements with others are in no index.
    tensors += files.flatMap(\.tensors).filter { $0.twin != nil }
    let format = files.first?.format ?? "tensors"
    return WeightFile(
      format: "\(format) in \(order.count) file\(order.count == 1 ? "" : "s")", tensors,
      remarks: files.flatMap(\.remarks))
  }

  private static func open(_ shard: String, beside file: OpenedFile, key: String?) -> Result<
    WeightFile, TensorFileError
  > {
    do throws(TensorFileError) {
      let part = try file.sibling(shard)
      // An index within an index could go on for ever.
      guard try FileKind.of(part.source) != .shardIndex else {
        throw .malformed("\(shard) is an index itself")
      }
      return .success(try WeightFile.read(part, key: key))
    } catch {
      return .failure(error)
    }
  }

  /// A tensor of a shard; what a shard does not have, or a shard that is not there, costs its tensors alone.
  private static func tensor(
    _ name: String, in shard: String, _ file: Result<WeightFile, TensorFileError>?
  ) -> WeightTensor {
    switch file {
    case .success(let file):
      if let tensor = file[name] { return tensor }
      return WeightTensor(
        name, shape: [], type: "unknown", .failure(.malformed("\(shard) does not have it")))
    case .failure(let error):
      return WeightTensor(name, shape: [], type: "unknown", .failure(error))
    case nil:
      return WeightTensor(name, shape: [], type: "unknown", .failure(.truncated))
    }
  }
}

extension WeightFile {
  /// The tensors of several files as of one; a remark says which names two of them have.
  public static func joined(_ files: [WeightFile]) -> WeightFile {
    guard files.count != 1, let first = files.first else {
      return files.first ?? WeightFile(format: "tensors", [])
    }
    return WeightFile(
      format: "\(first.format) in \(files.count) files", files.flatMap(\.tensors),
      remarks: files.flatMap(\.remarks), metadata: files.flatMap(\.metadata))
  }
}
