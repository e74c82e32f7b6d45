#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension MemorySource {
  /// The most bytes kept from a pipe unless told otherwise: 1 GiB.
  public static let pipeLimit = 1 << 30

  /// Reads an open descriptor (standard input, a pipe) to its end.
  ///
  /// Throws `SourceError.readFailed`, or `.tooLarge` beyond `limit` bytes.
  public init(descriptor: CInt, limit: Int = MemorySource.pipeLimit) throws(SourceError) {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = readBlock(descriptor, &block)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw .readFailed(offset: all.count, reason: systemReason())
      }
      guard all.count + got <= limit else { throw .tooLarge(limit: limit) }
      all.append(contentsOf: block[0..<got])
    }
    self.init(all)
  }
}

/// Opens what a command line names: `-` is standard input, a pipe is read to its end, a file by windows.
///
/// A pipe may give up to `pipeLimit` bytes.
public func openSource(_ path: String, pipeLimit: Int = MemorySource.pipeLimit) throws(SourceError)
  -> any ByteSource
{
  if path == "-" { return try MemorySource(descriptor: STDIN_FILENO, limit: pipeLimit) }
  guard isPipe(path) else { return try FileSource(path: path) }
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .cannotOpen(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  return try MemorySource(descriptor: descriptor, limit: pipeLimit)
}

/// Whether a path names a pipe, whose bytes are there once only.
public func isPipe(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
}

/// Reads what is there, up to the size of `block`.
///
/// The system's name for it is also that of a source's method.
private func readBlock(_ descriptor: CInt, _ block: inout [UInt8]) -> Int {
  read(descriptor, &block, block.count)
}
