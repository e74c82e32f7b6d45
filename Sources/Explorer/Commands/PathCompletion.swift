import NNRBits

/// Paths that begin with what was typed.
enum PathCompletion {
  /// The most that are offered.
  private static let limit = 200

  /// The files and folders whose path begins with `text`, in order; folders end in a slash, hidden ones come if they are asked for.
  static func paths(_ text: String) -> [String] {
    let folder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let start = text.dropFirst(folder.count)
    let place = folder.hasPrefix("~/") ? (FileNames.home ?? "~") + folder.dropFirst() : folder
    let names = FileNames.all(in: place.isEmpty ? "." : place)
    return (names ?? [])
      .filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
      // What is opened is opened by the system, which knows no `~`.
      .prefix(limit).map { place + $0 + (FileNames.isFolder(place + $0) ? "/" : "") }
  }
}
