/// The tensors of a file that a model is compared with: safetensors, npz, or one npy.
public struct ReferenceTensors: Sendable {
  private enum Content: Sendable {
    case safetensors(SafetensorsArchive)
    case archive(NumpyArchive)
    case single(TensorData, name: String)
  }

  private let content: Content
  /// The names; an npy file has one, that of the file without its ending.
  public let names: [String]

  /// Reads `bytes`, whatever of the formats they are; throws `TensorFileError`.
  public init(_ bytes: [UInt8], path: String) throws(TensorFileError) {
    if bytes.starts(with: [0x93] + Array("NUMPY".utf8)) {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let name = file.hasSuffix(".npy") ? String(file.dropLast(4)) : file
      content = .single(try NumpyReader.tensor(bytes), name: name)
      names = [name]
    } else if bytes.starts(with: Array("PK".utf8)) {
      let archive = try NumpyArchive(bytes)
      content = .archive(archive)
      names = archive.names
    } else {
      let archive = try Self.safetensors(bytes)
      content = .safetensors(archive)
      names = archive.entries.map(\.name)
    }
  }

  /// The only one of the formats without a mark of its own: what is none of it is none of all three.
  private static func safetensors(_ bytes: [UInt8]) throws(TensorFileError) -> SafetensorsArchive {
    do throws(TensorFileError) {
      return try SafetensorsArchive(bytes)
    } catch {
      switch error {
      case .notThisFormat: throw .notThisFormat("safetensors, npz or npy")
      case .truncated where bytes.count <= 8: throw .notThisFormat("safetensors, npz or npy")
      default: throw error
      }
    }
  }

  /// Whether the file holds one tensor that has no name of its own.
  public var isSingle: Bool {
    if case .single = content { return true }
    return false
  }

  /// The tensor `name`; nil if there is none; throws `TensorFileError` if it is damaged.
  public func tensor(named name: String) throws(TensorFileError) -> TensorData? {
    switch content {
    case .safetensors(let archive): try archive.tensor(named: name)
    case .archive(let archive): try archive.tensor(named: name)
    case .single(let tensor, let own): own == name ? tensor : nil
    }
  }
}
