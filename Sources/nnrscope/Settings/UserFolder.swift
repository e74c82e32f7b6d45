#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program's folders in the user's home, by the XDG base directory specification.
enum UserFolder {
  /// `$VARIABLE/nnrscope`, or `~/HOME/nnrscope`; nil without a home.
  static func path(_ variable: String, home: String) -> String? {
    if let base = value(variable), base.hasPrefix("/") { return base + "/nnrscope" }
    return value("HOME").map { "\($0)/\(home)/nnrscope" }
  }

  /// An environment variable that is not empty.
  static func value(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether there is something at a path.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a folder and those it lies in, for the user alone.
  static func make(_ path: String, mode: mode_t = 0o700) {
    var made = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      made += "/" + part
      mkdir(made, mode)
    }
  }
}
