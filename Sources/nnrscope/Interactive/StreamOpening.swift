import NNRBits
import NNRModel

/// How files on the command line become streams.
enum StreamOpening {
  /// Opens a path; `-` is standard input.
  static func open(_ path: String) throws -> NNRStream {
    NNRStream(source: try source(path), name: path)
  }

  /// The bytes of a path; `-` is standard input.
  static func source(_ path: String) throws -> any ByteSource {
    try openSource(path)
  }
}
