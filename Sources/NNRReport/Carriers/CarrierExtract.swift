import NNRBits
import NNRCarriage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes carried bitstreams as files of their own.
public enum CarrierExtract {
  /// Writes the bytes of `stream` to `path`, whole or not at all; `folder` is made if it is not there.
  ///
  /// Throws `SourceError` where the carrier cannot be read, `ExportError` where the file cannot be written.
  public static func write(_ stream: CarriedStream, to path: String, folder: String) throws {
    if mkdir(folder, 0o777) != 0, errno != EEXIST {
      throw ExportError.system(folder, .create)
    }
    let file = try AtomicFile(path: path)
    var place = 0
    while place < stream.source.count {
      let piece = try stream.source.read(place..<min(place + (1 << 20), stream.source.count))
      try file.write(piece)
      place += max(1, piece.count)
    }
    try file.commit()
  }
}
