import Foundation

/// A file in a folder of its own, removed when it is no longer used.
public final class TemporaryFile: Sendable {
  private let folder: URL
  /// Where the file is.
  public let url: URL

  /// The path of the file.
  public var path: String { url.path }

  /// A new file that holds `bytes`.
  public init(_ bytes: [UInt8], named name: String = "stream.nnc") throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "nnr-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    url = folder.appending(path: name)
    try Data(bytes).write(to: url)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Changes the length in place; new bytes are zero.
  public func resize(to count: Int) throws {
    let handle = try FileHandle(forWritingTo: url)
    try handle.truncate(atOffset: UInt64(count))
    try handle.close()
  }

  /// Writes `bytes` in place from byte `offset` on.
  public func overwrite(at offset: Int, _ bytes: [UInt8]) throws {
    let handle = try FileHandle(forWritingTo: url)
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  /// Puts another file under the same name.
  public func replace(with bytes: [UInt8]) throws {
    let other = folder.appending(path: "other")
    try Data(bytes).write(to: other)
    guard rename(other.path, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// Removes the file.
  public func remove() throws { try FileManager.default.removeItem(at: url) }

  /// Sets the time of the last change to the day the clocks begin, so that the next change is seen however soon it comes.
  public func makeOld() throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: path)
  }
}
