import NNRBits

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

extension OpenedFile {
  /// A file that this one names as a part of it: below its folder, and nowhere else, by links either.
  func sibling(_ name: String) throws(TensorFileError) -> OpenedFile {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isInside =
      !name.utf8.contains(0) && !name.utf8.contains(UInt8(ascii: "\\"))
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    guard isInside else { throw .choice("\(name) does not lie below the folder of \(self.name)") }
    let path = folder + name
    let source: any ByteSource
    do throws(SourceError) {
      // Neither a pipe nor standard input: such a file is a part of a set.
      source = try FileSource(path: path)
    } catch {
      throw .source(error)
    }
    guard let real = Self.resolved(path), let home = Self.resolved(folder.isEmpty ? "." : folder),
      real.hasPrefix(home == "/" ? home : home + "/")
    else { throw .choice("\(name) leads out of the folder of \(self.name)") }
    return OpenedFile(source: source, path: path)
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
