import NNRBits

/// The tensors of a file, told from its headers: no values are in memory.
public struct WeightFile: Sendable {
  /// What kind of file it is, such as `safetensors`.
  public let format: String
  /// The tensors in the order of the file.
  public private(set) var tensors: [WeightTensor]
  /// What a person should know about the reading, as sentences; not safe to print.
  public internal(set) var remarks: [String]
  /// What the file says about itself, in its order; not safe to print.
  public let metadata: [(key: String, text: String)]
  /// Whether it holds one tensor that has no name of its own.
  public let isSingle: Bool
  private let places: [String: Int]

  /// A file of `tensors`; of two that have one name the first counts, and that is said.
  init(
    format: String, _ tensors: [WeightTensor], remarks: [String] = [],
    metadata: [(key: String, text: String)] = [], isSingle: Bool = false
  ) {
    self.format = format
    self.metadata = metadata
    self.isSingle = isSingle
    var kept: [WeightTensor] = []
    var places: [String: Int] = [:]
    var remarks = remarks
    for tensor in tensors {
      if places[tensor.name] == nil {
        places[tensor.name] = kept.count
        kept.append(tensor)
      } else {
        remarks.append("\(tensor.name) is there twice; the first one counts")
      }
    }
    self.tensors = kept
    self.places = places
    self.remarks = remarks
  }

  /// The tensor `name`; nil if there is none.
  public subscript(name: String) -> WeightTensor? { places[name].map { tensors[$0] } }

  /// The tensor `name`, read whole; nil if there is none; throws `TensorFileError` if it cannot be read.
  public func tensor(named name: String) throws(TensorFileError) -> TensorData? {
    try self[name]?.data()
  }

  /// The names in the order of the file.
  public var names: [String] { tensors.map(\.name) }
}

/// A format of files of tensors.
protocol WeightFormat {
  /// What it is called.
  static var name: String { get }
  /// Whether its files may have several parts under keys.
  static var hasKeys: Bool { get }
  /// The tensors of a file whose content was recognised as of this format; throws `TensorFileError`.
  ///
  /// `key` names the part of the file that is meant where it has several.
  static func read(_ file: OpenedFile, key: String?) throws(TensorFileError) -> WeightFile
}

extension WeightFormat {
  /// Most formats hold one set of tensors.
  static var hasKeys: Bool { false }
}

/// A file to read tensors from.
struct OpenedFile: Sendable {
  let source: any ByteSource
  /// The path it was opened by; other files of the same model stand beside it.
  let path: String

  /// The name of the file without its folder.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder of the file, with a slash at its end; empty for that in which the program runs.
  var folder: String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }
}
