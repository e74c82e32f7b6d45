import NNRReport

/// Texts written to files.
enum TextFile {
  /// Writes a text to a path, all of it or nothing; `-` is standard output.
  ///
  /// - Returns: the system's reason if it cannot be written.
  static func write(_ path: String, _ text: String) -> String? {
    if path == "-" {
      Output.write(text)
      return nil
    }
    do throws(ExportError) {
      let file = try AtomicFile(path: path)
      try file.write(text.utf8)
      try file.commit()
      return nil
    } catch {
      if case .system(_, _, _, let reason) = error { return reason }
      return "\(error)"
    }
  }
}
