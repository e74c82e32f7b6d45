#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What stands under a path, and in a folder, as the system says it.
///
/// Foundation would bring the tables of all languages with it.
public enum FileNames {
  /// Whether a path names a folder, links followed.
  public static func isFolder(_ path: String) -> Bool { mode(path) == S_IFDIR }

  /// Whether a path names a file that can be read again: no folder, pipe, socket or device.
  public static func isFile(_ path: String) -> Bool { mode(path) == S_IFREG }

  /// The names in a folder in the order of their bytes, without `.` and `..`; nil if it cannot be read.
  public static func all(in folder: String) -> [String]? {
    guard let listing = opendir(folder) else { return nil }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The user's own folder; nil if the system names none.
  public static var home: String? {
    if let home = getenv("HOME") { return String(cString: home) }
    guard let user = getpwuid(getuid()), let folder = user.pointee.pw_dir else { return nil }
    return String(cString: folder)
  }

  private static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }
}
