#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A file that appears under its name when it is complete, or not at all.
///
/// Data goes to a temporary file in the same folder, which takes the name at `commit()`. Where the system can, that file has
/// no name before, so that a program that is killed leaves nothing behind. A link is followed, so that the file
/// it names is replaced, not the link; a path that names a device or a pipe is written to directly, and `-` is standard output.
public final class AtomicFile {
  /// The path as it was given.
  public let path: String
  /// The bytes added so far.
  public private(set) var count = 0

  private static let bufferSize = 1 << 18
  private let target: String
  private var temporary: String?
  /// Whether the data has no name yet.
  private var isNameless = false
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Opens a file that is to replace `path`; throws `ExportError.system` if that is not possible.
  public init(path: String) throws(ExportError) {
    self.path = path
    if path == "-" {
      target = path
      temporary = nil
      descriptor = dup(STDOUT_FILENO)
      guard descriptor >= 0 else { throw ExportError.system(path, .write) }
      return
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    let type = status.st_mode & S_IFMT
    if exists && type == S_IFDIR { throw ExportError.system(path, .create, code: EISDIR) }
    if exists && type != S_IFREG {
      target = path
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw ExportError.system(path, .create) }
      return
    }
    target = exists ? Self.resolved(path) : path
    let mode: mode_t = exists ? status.st_mode & 0o777 : 0o666
    descriptor = Self.openNameless(beside: target, mode)
    isNameless = descriptor >= 0
    // Another run may have left a file of the same name.
    for _ in 0..<16 where descriptor < 0 {
      let name = Self.temporaryName(beside: target)
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { temporary = name } else if errno != EEXIST { break }
    }
    guard descriptor >= 0 else { throw ExportError.system(path, .create) }
    if exists { _ = fchmod(descriptor, mode) }
  }

  deinit {
    if descriptor >= 0 { discard() }
  }

  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }

  /// A file that goes with its descriptor; negative where the system or the file system knows none.
  private static func openNameless(beside path: String, _ mode: mode_t) -> Int32 {
    #if os(Linux)
      // O_TMPFILE, whose definition Swift does not import; the name is taken through /proc.
      let nameless: Int32 = O_DIRECTORY | 0o20_000_000
      guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
      let folder = folder(of: path)
      return open(folder.isEmpty ? "." : folder, O_WRONLY | O_CLOEXEC | nameless, mode)
    #else
      return -1
    #endif
  }

  /// Gives the data a name for the moment before it takes that of the target.
  private func takeName() -> Bool {
    #if os(Linux)
      for _ in 0..<16 {
        let name = Self.temporaryName(beside: target)
        if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 {
          temporary = name
          return true
        }
        if errno != EEXIST { return false }
      }
    #endif
    return false
  }

  private static func temporaryName(beside path: String) -> String {
    let folder = folder(of: path)
    // The name is short whatever the target's is: the file system's limit holds for it too.
    return folder + ".nnrscope-\(getpid())-" + String(UInt32.random(in: 0 ... .max), radix: 36)
      + ".part"
  }

  /// Adds bytes; throws `ExportError.system` if they cannot be written.
  public func write(_ bytes: some Collection<UInt8>) throws(ExportError) {
    buffer.append(contentsOf: bytes)
    count += bytes.count
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Adds elements, the least significant byte first.
  func write<Element: ExportElement>(
    elements: ArraySlice<Element>
  ) throws(ExportError) {
    var rest = elements
    // Portions keep the copy small whatever the size of the tensor.
    while !rest.isEmpty {
      let before = buffer.count
      Element.append(rest.prefix(Self.bufferSize / 8), to: &buffer)
      count += buffer.count - before
      rest = rest.dropFirst(Self.bufferSize / 8)
      if buffer.count >= Self.bufferSize { try flush() }
    }
  }

  private func flush() throws(ExportError) {
    var start = 0
    while start < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        #if canImport(Darwin)
          Darwin.write(
            descriptor, UnsafeRawBufferPointer(rebasing: bytes[start...]).baseAddress,
            bytes.count - start)
        #elseif canImport(Musl)
          Musl.write(
            descriptor, UnsafeRawBufferPointer(rebasing: bytes[start...]).baseAddress,
            bytes.count - start)
        #else
          Glibc.write(
            descriptor, UnsafeRawBufferPointer(rebasing: bytes[start...]).baseAddress,
            bytes.count - start)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw ExportError.system(path, .write)
      }
      start += written
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Completes the file and gives it its name; throws `ExportError.system` and leaves the old file if that fails.
  public func commit() throws(ExportError) {
    guard descriptor >= 0 else { return }
    do throws(ExportError) {
      try flush()
    } catch {
      discard()
      throw error
    }
    let closing = descriptor
    // Bytes must be on the disk before the name is: else a crash could leave an empty file.
    let isFile = isNameless || temporary != nil
    var failed = isFile && fsync(closing) != 0 && errno != EINVAL
    if isNameless, !failed { failed = !takeName() }
    let code = errno
    descriptor = -1
    if close(closing) != 0 || failed {
      if let temporary { unlink(temporary) }
      throw ExportError.system(path, .write, code: failed ? code : errno)
    }
    if let temporary, rename(temporary, target) != 0 {
      let code = errno
      unlink(temporary)
      throw ExportError.system(path, .rename, code: code)
    }
  }

  /// Gives the file up: nothing is left of it, and the old file stays.
  public func discard() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    if let temporary { unlink(temporary) }
  }
}
