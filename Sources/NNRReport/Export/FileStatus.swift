#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// What the system says of a file: which one it is, by how many names, and what a file in its place should keep.
public struct FileStatus {
  private let status: stat
  /// Whether the path is a link to the file.
  public let isLink: Bool

  /// The file that a path leads to; nil if there is none.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.status = status
    var own = stat()
    isLink = lstat(path, &own) == 0 && own.st_mode & S_IFMT == S_IFLNK
  }

  /// How many names the file has.
  public var names: Int { Int(status.st_nlink) }

  /// Whether another path leads to the same file.
  public func isSame(as other: FileStatus) -> Bool {
    status.st_ino == other.status.st_ino && status.st_dev == other.status.st_dev
  }

  /// Gives the file at `path` the mode and the times of this one; false if the system refuses.
  public func apply(to path: String) -> Bool {
    #if canImport(Darwin)
      var times = [status.st_atimespec, status.st_mtimespec]
    #else
      var times = [status.st_atim, status.st_mtim]
    #endif
    return chmod(path, status.st_mode & 0o7777) == 0 && utimensat(AT_FDCWD, path, &times, 0) == 0
  }

  /// Makes a folder and those around it; throws `ExportError.system` if that is not possible.
  public static func make(folder: String) throws(ExportError) {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += part
      if !path.isEmpty, mkdir(path, 0o777) != 0, errno != EEXIST, errno != EISDIR {
        throw ExportError.system(folder, .create)
      }
      path += "/"
    }
  }
}
