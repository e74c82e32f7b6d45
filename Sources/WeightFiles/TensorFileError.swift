import NNRBits
import PlainText

/// Why a file of tensors, or a tensor of it, could not be read.
public enum TensorFileError: Error, Hashable, Sendable {
  /// The bytes are no file of that format.
  case notThisFormat(String)
  /// The file is of a kind whose tensors are not read; nil if the kind is not known.
  case foreign(FileKind?)
  /// The file ends too early.
  case truncated
  /// The file contradicts itself; how.
  case malformed(String)
  /// The file uses something that is not read here.
  case unsupported(String)
  /// The file asks for more memory than is allowed.
  case tooLarge
  /// The choice of what to read makes no sense; why.
  case choice(String)
  /// The bytes could not be had.
  case source(SourceError)
}

extension TensorFileError: CustomStringConvertible {
  /// A sentence for a person, safe to print.
  public var description: String {
    switch self {
    case .notThisFormat(let format): "not a file of the format \(SafeText.line(format, limit: 200))"
    case .foreign(let kind):
      (kind?.name ?? "an unknown file") + ", none of PyTorch, safetensors, ONNX, npz and npy"
        + (kind?.conversion.map { "; " + $0 } ?? "")
    case .truncated: "the file ends too early"
    case .malformed(let how): "the file is damaged: " + SafeText.line(how, limit: 200)
    case .unsupported(let what): "not supported: " + SafeText.line(what, limit: 400)
    case .tooLarge: "the file asks for more memory than is allowed"
    case .choice(let why): SafeText.line(why, limit: 400)
    case .source(let error): SafeText.line("\(error)", limit: 400)
    }
  }
}
