#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Messages for the person at the terminal.
enum StandardError {
  /// Writes a line.
  static func write(_ line: String) { _ = TextFile.write(line + "\n", to: 2) }
}

/// Texts written to files.
enum TextFile {
  /// Writes a text to a path; `-` is standard output.
  ///
  /// - Returns: the system's reason if it cannot be written.
  static func write(_ path: String, _ text: String) -> String? {
    if path == "-" { return write(text, to: 1) }
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { return String(cString: strerror(errno)) }
    defer { close(file) }
    return write(text, to: file)
  }

  /// Writes a text to an open descriptor.
  static func write(_ text: String, to descriptor: Int32) -> String? {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        guard errno == EINTR else { return String(cString: strerror(errno)) }
      } else {
        bytes = bytes.dropFirst(written)
      }
    }
    return nil
  }
}

/// The system's `write`, which those above hide.
private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
