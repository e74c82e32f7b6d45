import NNRBits
import NNRModel
import Ordering

/// The streams in folders that an encoder writes to: those that are whole.
///
/// A stream is whole when its last unit ends with the file and the file is as it was when it was looked at before: whoever
/// writes it has stopped. What is not whole is left until it is.
struct FollowedFiles {
  /// The most files that are taken from a folder.
  static let limit = 10_000

  private let named: [String]
  /// The sizes of files that ended with a unit when they were looked at last.
  private var sizes: [String: Int] = [:]

  /// What a command line names: folders, and files that are taken as they are.
  init(_ named: [String]) { self.named = named }

  /// The files that are whole, in natural order within each folder; with `settled` what ends with a unit counts at once.
  mutating func whole(settled: Bool = false) -> [String] {
    var found: [String] = []
    var now: [String: Int] = [:]
    for name in named {
      guard FileNames.isFolder(name) else {
        found.append(name)
        continue
      }
      let folder = name.hasSuffix("/") ? name : name + "/"
      let files = (FileNames.all(in: name) ?? [])
        .filter { $0.hasSuffix(".nnc") || $0.hasSuffix(".nnr") }
        .sorted { NaturalOrder.compare($0, $1) < 0 }.prefix(Self.limit)
      for file in files.map({ folder + $0 }) where FileNames.isFile(file) {
        guard let size = Self.wholeSize(file, known: sizes[file]) else { continue }
        now[file] = size
        if settled || sizes[file] == size { found.append(file) }
      }
    }
    sizes = now
    return found
  }

  /// The size of a file whose last unit ends with it; nil for any other.
  ///
  /// What was whole at `known` bytes is not read again.
  private static func wholeSize(_ path: String, known: Int?) -> Int? {
    guard let source = try? FileSource(path: path), source.count > 0 else { return nil }
    if source.count == known { return known }
    let stream = NNRStream(source: source, name: path)
    guard stream.readFault == nil, let last = stream.index.entries.last, last.type != nil,
      last.offset + last.size == source.count,
      stream.index.diagnostics.allSatisfy({ $0.range.start < last.offset * 8 })
    else { return nil }
    return source.count
  }
}
