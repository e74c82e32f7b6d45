import Foundation
import NNRBits
import NNRModel

/// Streams in which encoder and decoder of NNCodec part.
public enum WriterCase {
  /// The folder.
  public static let folder = Fixture.folder.appending(path: "writers")

  /// The names of the streams without ending, in order.
  public static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".nnc") }.sorted().map { String($0.dropLast(4)) }
  }()

  /// The path of a stream.
  public static func path(_ name: String) -> String { folder.appending(path: "\(name).nnc").path }

  /// The bytes of a stream.
  public static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  /// The chain of these streams.
  public static func session(_ names: [String]) throws -> Session {
    Session(
      try names.map { (source: MemorySource(try bytes($0)) as any ByteSource, name: $0) })
  }

  /// The integers of a `.npy` file of int32.
  public static func levels(_ name: String) throws -> [Int32] {
    let data = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).levels.npy")))
    let start = 10 + Int(data[8]) + Int(data[9]) << 8
    return stride(from: start, to: data.count - 3, by: 4).map { place in
      Int32(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[place + $1]) << UInt32(8 * $1) })
    }
  }
}
