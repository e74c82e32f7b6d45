import Foundation

/// Paths that begin with what was typed.
enum PathCompletion {
  /// The most that are offered.
  private static let limit = 200

  /// The files and folders whose path begins with `text`, in order; folders end in a slash, hidden ones come if they are asked for.
  static func paths(_ text: String) -> [String] {
    let folder = text.lastIndex(of: "/").map { String(text[...$0]) } ?? ""
    let start = text.dropFirst(folder.count)
    let home = FileManager.default.homeDirectoryForCurrentUser.path
    let place = folder.hasPrefix("~/") ? home + folder.dropFirst() : folder
    let names = try? FileManager.default.contentsOfDirectory(atPath: place.isEmpty ? "." : place)
    return (names ?? [])
      .filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }
      .sorted().prefix(limit).map { name in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: place + name, isDirectory: &isFolder)
        // What is opened is opened by the system, which knows no `~`.
        return place + name + (isFolder.boolValue ? "/" : "")
      }
  }
}
