#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Texts written to files.
enum TextFile {
  /// Writes a text to a path; `-` is standard output.
  ///
  /// - Returns: the system's reason if it cannot be written.
  static func write(_ path: String, _ text: String) -> String? {
    if path == "-" {
      Output.write(text)
      return nil
    }
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return String(cString: strerror(errno)) }
    defer { close(file) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { put(file, $0.baseAddress, $0.count) }
      if written < 0 {
        guard errno == EINTR else { return String(cString: strerror(errno)) }
      } else {
        bytes = bytes.dropFirst(written)
      }
    }
    return nil
  }
}

/// The system's `write`, which the one above hides.
private func put(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
