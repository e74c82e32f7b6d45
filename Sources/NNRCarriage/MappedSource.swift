import NNRBits
import Ordering

/// A run of bytes that stand in a stream and in a file one behind the other.
public struct FileRun: Hashable, Sendable {
  /// The first byte in the stream.
  public var streamOffset: Int
  /// The same byte in the file.
  public var fileOffset: Int
  /// The number of bytes.
  public var length: Int

  /// A run.
  public init(streamOffset: Int, fileOffset: Int, length: Int) {
    self.streamOffset = streamOffset
    self.fileOffset = fileOffset
    self.length = length
  }
}

/// Bytes that lie in pieces of a file: a NAL unit without its emulation prevention bytes, or the extents of an item.
///
/// Nothing is copied but what is asked for.
public struct MappedSource: ByteSource {
  /// The runs, in the order of the stream, without gaps in it.
  public let runs: [FileRun]
  /// The file.
  public var file: (any ByteSource)? { whole }
  private let whole: any ByteSource
  /// The number of bytes.
  public let count: Int

  /// The bytes of `file` that lie in `pieces`, one behind the other.
  public init(_ file: any ByteSource, pieces: [Range<Int>]) {
    whole = file
    var total = 0
    runs = pieces.filter { !$0.isEmpty }.map { piece in
      defer { total += piece.count }
      return FileRun(streamOffset: total, fileOffset: piece.lowerBound, length: piece.count)
    }
    count = total
  }

  /// The bytes of `range`, cut at the end.
  public func read(_ range: Range<Int>) throws(SourceError) -> [UInt8] {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return [] }
    let first = run(at: range.lowerBound)
    let last = run(at: range.upperBound - 1)
    let from = runs[first].fileOffset + range.lowerBound - runs[first].streamOffset
    let to = runs[last].fileOffset + range.upperBound - runs[last].streamOffset
    if first == last { return try whole.read(from..<to) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    // Emulation prevention leaves gaps of a byte: one read spans them. Extents of items may lie anywhere.
    let spans = to >= from && to - from <= range.count + 2 * (last - first) + 64
    let window = spans ? try whole.read(from..<to) : []
    for run in runs[first...last] {
      let start = max(range.lowerBound, run.streamOffset)
      let end = min(range.upperBound, run.streamOffset + run.length)
      let place = run.fileOffset + start - run.streamOffset
      if spans, place >= from, place + end - start <= from + window.count {
        bytes += window[place - from..<place - from + end - start]
      } else {
        bytes += try whole.read(place..<place + end - start)
      }
    }
    return bytes
  }

  /// What happened to the file.
  public func change() -> SourceChange? { whole.change() }

  /// The place in the file of a byte of the stream; nil beyond its end.
  public func fileOffset(of byte: Int) -> Int? {
    guard byte >= 0, byte < count else { return nil }
    let run = runs[run(at: byte)]
    return run.fileOffset + byte - run.streamOffset
  }

  /// The byte of the stream at an offset in the file, or the next one where an emulation prevention byte stands there.
  public func byte(atFileOffset offset: Int) -> Int? {
    var next: FileRun?
    for run in runs {
      if (run.fileOffset..<run.fileOffset + run.length).contains(offset) {
        return run.streamOffset + offset - run.fileOffset
      }
      if run.fileOffset > offset, run.fileOffset < next?.fileOffset ?? .max { next = run }
    }
    return next?.streamOffset
  }

  /// The bytes of `range` as a source of its own.
  public func part(_ range: Range<Int>) -> MappedSource {
    let range = range.clamped(to: 0..<count)
    guard !range.isEmpty else { return MappedSource(whole, pieces: []) }
    let pieces = runs[run(at: range.lowerBound)...run(at: range.upperBound - 1)].map { run in
      let start = max(range.lowerBound, run.streamOffset)
      let end = min(range.upperBound, run.streamOffset + run.length)
      let place = run.fileOffset + start - run.streamOffset
      return place..<place + end - start
    }
    return MappedSource(whole, pieces: pieces)
  }

  /// The run that holds a byte of the stream.
  private func run(at byte: Int) -> Int {
    min(runs.prefixEnd { $0.streamOffset + $0.length <= byte }, runs.count - 1)
  }
}
