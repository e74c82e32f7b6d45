import PlainText
import WeightFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Why a file could not be written.
public enum ExportError: Error, Hashable, Sendable {
  /// What was tried when the system refused.
  public enum Step: String, Hashable, Sendable {
    /// The new file could not be made.
    case create
    /// The data could not be written.
    case write
    /// The file could not take its name.
    case rename
  }

  /// The system refused; `code` is its error number, `reason` its text.
  case system(path: String, step: Step, code: Int32, reason: String)
  /// The shape has a negative side, or more elements than can be counted.
  case invalidShape([Int])
  /// The number of elements is not that of the shape.
  case wrongCount(expected: Int, got: Int)
  /// A tensor of this name is already there, or the name has a meaning of its own.
  case invalidName(String)
  /// The elements are of another type than was announced.
  case wrongType(expected: ElementType, got: ElementType)
  /// The format has no such elements.
  case unsupportedType(ElementType)
  /// The file would be larger than what is written of its format: 4 GiB.
  case tooLarge(String)

  /// The error of the last system call.
  static func system(_ path: String, _ step: Step, code: Int32 = errno) -> ExportError {
    .system(path: path, step: step, code: code, reason: String(cString: strerror(code)))
  }
}

extension ExportError: CustomStringConvertible {
  /// A sentence for a person, safe to print.
  public var description: String {
    switch self {
    case .system(let path, let step, _, let reason):
      "cannot \(step.rawValue) \(SafeText.line(path)): \(reason)"
    case .invalidShape(let shape): "the shape \(shape) is not possible"
    case .wrongCount(let expected, let got):
      "\(NumberFormat.grouped(expected)) elements were announced, \(NumberFormat.grouped(got)) came"
    case .invalidName(let name):
      "the name \(SafeText.line(name, limit: SafeText.usualLimit)) is taken or reserved"
    case .wrongType(let expected, let got): "\(expected.name) was announced, \(got.name) came"
    case .unsupportedType(let type): "the format has no \(type.name)"
    case .tooLarge(let ending):
      "a \(ending) of more than 4 GiB is not written here; safetensors has no such limit"
    }
  }
}
